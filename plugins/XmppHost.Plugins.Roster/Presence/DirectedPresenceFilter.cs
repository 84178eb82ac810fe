using XmppHost.Handlers;
using XmppHost.Stanzas;

namespace XmppHost.Plugins.Roster.Presence;

/// <summary>Remembers whom a session showed itself to beside its contacts: RFC 6121 section 4.6.</summary>
internal sealed class DirectedPresenceFilter(PresenceMemories memories, RosterOptions options) : IStanzaFilter
{
    public StanzaStage Stage => StanzaStage.Sending;

    public int Order => FilterOrder.Block + 60;

    public ValueTask<StanzaVerdict> FilterAsync(StanzaContext context, CancellationToken ct) => ValueTask.FromResult(Filter(context));

    private StanzaVerdict Filter(StanzaContext context)
    {
        if (context.Stanza is not { Kind: StanzaKind.Presence, To: { } to } || context.Sender is not { } session) return StanzaVerdict.Continue;
        if (context.Stanza.PresenceType == PresenceType.Unavailable) memories.Find(session)?.RemoveDirected(to);
        if (context.Stanza.PresenceType != PresenceType.Available || memories.Of(session).TryAddDirected(to, options.MaxDirected)) return StanzaVerdict.Continue;
        return context.Reject(StanzaError.ResourceConstraint($"a session sends directed presence to at most {options.MaxDirected} addresses"));
    }
}
