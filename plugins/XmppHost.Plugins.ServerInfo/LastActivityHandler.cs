using XmppHost.Handlers;
using XmppHost.Hosting;
using XmppHost.Stanzas;

namespace XmppHost.Plugins.ServerInfo;

/// <summary>XEP-0012: an account's last activity for those who may see its presence (section 4), and the server's uptime (section 5).</summary>
[Xep(12, "2.0")]
internal sealed class LastActivityHandler(LastActivity activity, TimeProvider clock, IRosterView? rosters = null) : IIqHandler
{
    public IqKey Key => new(ServerInfoXml.Last, "query", IqType.Get);

    public IqTarget Target => IqTarget.Host | IqTarget.OwnAccount | IqTarget.OtherAccount;

    public async ValueTask<IqReply> HandleAsync(IqRequest request, CancellationToken ct)
    {
        if (request.Target.IsDomain) return LastActivity.Query((long)(clock.GetUtcNow() - activity.Started).TotalSeconds);
        if (!await IsAllowedAsync(request, ct).ConfigureAwait(false)) return StanzaError.Forbidden();
        return await activity.OfAsync(request.Target, ct).ConfigureAwait(false) is var (seconds, status)
            ? LastActivity.Query(seconds, status)
            : StanzaError.ItemNotFound();
    }

    private async ValueTask<bool> IsAllowedAsync(IqRequest request, CancellationToken ct) =>
        request.IsOwnAccount
        || (rosters is not null && (await rosters.SubscriptionAsync(request.Target, request.From.Bare, ct).ConfigureAwait(false)).HasFlag(RosterSubscription.From));
}
