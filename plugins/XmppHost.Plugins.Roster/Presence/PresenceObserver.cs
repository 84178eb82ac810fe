using XmppHost.Hosting;
using XmppHost.Stanzas;

namespace XmppHost.Plugins.Roster.Presence;

/// <summary>A session becomes available, changes its presence, or leaves: RFC 6121 sections 4.2, 4.4 and 4.5.</summary>
internal sealed class PresenceObserver(Rosters rosters, PresenceBroadcast broadcast, PresenceMemories memories, LastPresence last) : ISessionObserver
{
    public async ValueTask PresenceAsync(ISession session, Stanza presence, Stanza? previous)
    {
        var ct = CancellationToken.None;
        if (presence.PresenceType == PresenceType.Unavailable)
        {
            if (previous is not null) await broadcast.SendAsync(session, presence, ct).ConfigureAwait(false);
            await broadcast.LeaveDirectedAsync(session, presence, ct).ConfigureAwait(false);
            last.Keep(session, presence);
            return;
        }

        if (previous is null) memories.Find(session)?.ForgetUnreachable();
        await broadcast.SendAsync(session, presence, ct).ConfigureAwait(false);
        if (previous is not null) return;
        await broadcast.ProbeAsync(session, ct).ConfigureAwait(false);
        await AskAgainAsync(session, ct).ConfigureAwait(false);
    }

    // A session that was never available may still have sent directed presence.
    public async ValueTask EndedAsync(ISession session)
    {
        await broadcast.LeaveDirectedAsync(session, Stanza.Presence(session.Jid, null, "unavailable"), CancellationToken.None).ConfigureAwait(false);
        memories.Forget(session);
    }

    // RFC 6121 section 3.1.3: a request is delivered to every new resource until it is answered.
    private async ValueTask AskAgainAsync(ISession session, CancellationToken ct)
    {
        var roster = await rosters.GetAsync(session.Jid, ct).ConfigureAwait(false);
        foreach (var entry in roster.Entries.Values)
            if (entry.Request is { } request && Stanza.TryCreate(request) is { } stanza)
                session.Send(stanza);
    }
}
