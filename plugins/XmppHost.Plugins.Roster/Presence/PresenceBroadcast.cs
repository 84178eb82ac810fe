using XmppHost.Addressing;
using XmppHost.Hosting;
using XmppHost.Stanzas;

namespace XmppHost.Plugins.Roster.Presence;

/// <summary>Tells those who may know that a resource is there, changed, or gone, and asks after those whom it may know.</summary>
internal sealed class PresenceBroadcast(
    Rosters rosters, PresenceMemories memories, ISessionDirectory sessions, IStanzaRouter router, IVHost host, IBlockList? blocks = null)
{
    /// <summary>To every contact that is subscribed to the account, and to the account's own available resources (RFC 6121 sections 4.2.2, 4.4.2 and 4.5.2).</summary>
    internal async ValueTask SendAsync(ISession session, Stanza presence, CancellationToken ct)
    {
        var roster = await rosters.GetAsync(session.Jid, ct).ConfigureAwait(false);
        var blocked = await BlockedAsync(session, ct).ConfigureAwait(false);
        var memory = memories.Find(session);
        SendToOwn(session, presence);
        foreach (var entry in roster.Entries.Values)
        {
            if (!entry.State.IsFrom || IsAway(entry.Jid) || memory?.IsUnreachable(entry.Jid) == true || blocked?.Invoke(entry.Jid) == true) continue;
            await router.RouteAsync(presence.WithAddresses(session.Jid, entry.Jid), ct).ConfigureAwait(false);
        }
    }

    /// <summary>Where the resource sent directed presence and no broadcast goes, it takes leave too (RFC 6121 section 4.6.3).</summary>
    internal async ValueTask LeaveDirectedAsync(ISession session, Stanza unavailable, CancellationToken ct)
    {
        if (memories.Find(session)?.TakeDirected() is not { Count: > 0 } directed) return;
        var roster = await rosters.GetAsync(session.Jid, ct).ConfigureAwait(false);
        foreach (var to in directed)
        {
            if (to.IsBare && roster.Find(to)?.State.IsFrom == true) continue;
            await router.RouteAsync(unavailable.WithAddresses(session.Jid, to), ct).ConfigureAwait(false);
        }
    }

    /// <summary>Asks after the contacts that the account is subscribed to, and shows the resource its siblings (RFC 6121 sections 4.2.2 and 4.3.1).</summary>
    internal async ValueTask ProbeAsync(ISession session, CancellationToken ct)
    {
        foreach (var sibling in sessions.Of(session.Jid))
            if (sibling != session && sibling.Presence is { } presence)
                session.Send(presence.WithAddresses(sibling.Jid, session.Jid));

        var roster = await rosters.GetAsync(session.Jid, ct).ConfigureAwait(false);
        var blocked = await BlockedAsync(session, ct).ConfigureAwait(false);
        foreach (var entry in roster.Entries.Values)
        {
            if (!entry.State.IsTo || IsAway(entry.Jid) || blocked?.Invoke(entry.Jid) == true) continue;
            await router.RouteAsync(Stanza.Presence(session.Jid, entry.Jid, "probe"), ct).ConfigureAwait(false);
        }
    }

    // Includes the resource itself; one serialization for all.
    private void SendToOwn(ISession session, Stanza presence)
    {
        var own = presence.WithAddresses(session.Jid, session.Jid.Bare);
        session.Send(own);
        foreach (var sibling in sessions.Of(session.Jid))
            if (sibling != session && sibling.Presence is not null)
                sibling.Send(own);
    }

    // A local contact without a resource has nobody to tell, and its answer to a probe may be left out (RFC 6121 section 4.3.2).
    private bool IsAway(Jid contact) => contact.Domain == host.Name && contact.Local is not null && !sessions.Of(contact).Any(s => s.Presence is not null);

    private ValueTask<Predicate<Jid>?> BlockedAsync(ISession session, CancellationToken ct) =>
        blocks?.BlockedByAsync(session.Jid.Bare, ct) ?? ValueTask.FromResult<Predicate<Jid>?>(null);
}
