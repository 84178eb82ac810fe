using XmppHost.Addressing;
using XmppHost.Hosting;
using XmppHost.Plugins.Roster.Presence;

namespace XmppHost.Plugins.Roster;

/// <summary>What other plugins see of the rosters.</summary>
internal sealed class RosterView(Rosters rosters, PresenceMemories memories) : IRosterView
{
    public async ValueTask<RosterSubscription> SubscriptionAsync(Jid account, Jid contact, CancellationToken ct = default) =>
        (await rosters.GetAsync(account, ct).ConfigureAwait(false)).Find(contact)?.State.Subscription ?? RosterSubscription.None;

    public async ValueTask<IReadOnlyList<RosterContact>> ContactsAsync(Jid account, CancellationToken ct = default)
    {
        var roster = await rosters.GetAsync(account, ct).ConfigureAwait(false);
        return [.. roster.Listed.Select(e => new RosterContact(e.Jid, e.Name, e.State.Subscription, e.Groups))];
    }

    public bool HasDirectedPresence(ISession session, Jid to) => memories.Find(session)?.HasDirected(to) == true;
}
