using XmppHost.Addressing;
using XmppHost.Handlers;
using XmppHost.Hosting;
using XmppHost.Stanzas;

namespace XmppHost.Plugins.Roster.Presence;

/// <summary>
/// Whoever answers presence with an error is sent no more of it in this presence session, until something comes from there (RFC 6121 section 4.4.2); a directed
/// presence that failed needs no leave (section 4.6.3).
/// </summary>
internal sealed class PresenceErrorFilter(PresenceMemories memories, ISessionDirectory sessions) : IStanzaFilter
{
    public StanzaStage Stage => StanzaStage.Delivering;

    public int Order => FilterOrder.Block + 60;

    public ValueTask<StanzaVerdict> FilterAsync(StanzaContext context, CancellationToken ct)
    {
        if (context.Stanza is { Kind: StanzaKind.Presence, From: { } from, To: { } to })
        {
            if (context.Stanza.PresenceType == PresenceType.Error) Failed(from, to);
            else if (context.Stanza.PresenceType == PresenceType.Available) Came(from.Bare, to);
        }

        return ValueTask.FromResult(StanzaVerdict.Continue);
    }

    private void Failed(Jid from, Jid to)
    {
        if (sessions.Find(to) is not { } session) return;
        var memory = memories.Of(session);
        memory.RemoveDirected(from);
        memory.MarkUnreachable(from.Bare);
    }

    private void Came(Jid contact, Jid to)
    {
        foreach (var session in sessions.Of(to)) memories.Find(session)?.MarkReachable(contact);
    }
}
