using XmppHost.Addressing;
using XmppHost.Handlers;
using XmppHost.Plugins.Roster.Subscriptions;
using XmppHost.Stanzas;

namespace XmppHost.Plugins.Roster;

/// <summary>Adds, changes and removes contacts: RFC 6121 sections 2.3 to 2.5.</summary>
internal sealed class SetRosterHandler(Rosters rosters, SubscriptionEffects effects, RosterOptions options) : IIqHandler
{
    public IqKey Key { get; } = new(Ns.Roster, "query", IqType.Set);

    public IqTarget Target => IqTarget.OwnAccount;

    public async ValueTask<IqReply> HandleAsync(IqRequest request, CancellationToken ct)
    {
        var (set, error) = RosterSet.Read(request, options);
        if (set is null) return error!;
        var account = request.From.Bare;
        return set.Remove ? await RemoveAsync(account, set.Contact, ct).ConfigureAwait(false) : await SaveAsync(account, set, ct).ConfigureAwait(false);
    }

    private async ValueTask<IqReply> SaveAsync(Jid account, RosterSet set, CancellationToken ct)
    {
        var error = await rosters.EditAsync<StanzaError?>(account, set.Contact, (roster, entry) =>
        {
            if (entry.IsBlank && roster.Entries.Count >= options.MaxContacts)
                return new(entry, StanzaError.ResourceConstraint($"a roster has at most {options.MaxContacts} contacts"));
            return new(entry with { Name = set.Name, Groups = set.Groups, Listed = true }, null, Announce: true);
        }, ct).ConfigureAwait(false);
        return error is null ? IqReply.Result() : error;
    }

    private async ValueTask<IqReply> RemoveAsync(Jid account, Jid contact, CancellationToken ct)
    {
        var removed = await rosters.EditAsync<RosterEntry?>(account, contact, (_, entry) =>
            entry.Listed ? new(new RosterEntry(contact), entry, Announce: true) : new(entry, null), ct).ConfigureAwait(false);
        if (removed is null) return StanzaError.ItemNotFound();
        return IqReply.Result().Then(() => effects.CancelAsync(account, removed, CancellationToken.None));
    }
}
