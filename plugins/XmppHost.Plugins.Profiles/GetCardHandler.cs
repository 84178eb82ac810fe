using XmppHost.Addressing;
using XmppHost.Handlers;
using XmppHost.Hosting;
using XmppHost.Stanzas;

namespace XmppHost.Plugins.Profiles;

/// <summary>XEP-0054 sections 3.1 and 3.3.</summary>
internal sealed class GetCardHandler(Cards cards, IVHost host, ProfilesOptions options, IRosterView? roster = null) : IIqHandler
{
    public IqKey Key { get; } = new(CardXml.Namespace, "vCard", IqType.Get);

    public IqTarget Target => IqTarget.Host | IqTarget.OwnAccount | IqTarget.OtherAccount;

    public async ValueTask<IqReply> HandleAsync(IqRequest request, CancellationToken ct)
    {
        var target = request.Target;
        if (target == host.Jid) return options.HostCard.Count > 0 ? CardXml.Card(options.HostCard) : StanzaError.ServiceUnavailable();

        // The same error whether there is no card, no such account, or none of the asker's business: accounts cannot be guessed.
        if (!request.IsOwnAccount && !await MaySeeAsync(request.From, target, ct).ConfigureAwait(false)) return StanzaError.ServiceUnavailable();
        var card = await cards.FindAsync(target, ct).ConfigureAwait(false);
        if (card is not null) return card;
        return request.IsOwnAccount ? StanzaError.ItemNotFound() : StanzaError.ServiceUnavailable();
    }

    private async ValueTask<bool> MaySeeAsync(Jid asker, Jid account, CancellationToken ct) => options.VisibleTo switch
    {
        CardVisibility.Host => asker.Domain == host.Name,
        CardVisibility.Contacts => roster is not null && (await roster.SubscriptionAsync(account, asker.Bare, ct).ConfigureAwait(false)).HasFlag(RosterSubscription.From),
        _ => true,
    };
}
