using System.Runtime.CompilerServices;
using XmppHost.Hosting;

namespace XmppHost.Plugins.Roster.Presence;

/// <summary>The <see cref="PresenceMemory"/> of each session that has one; most have none.</summary>
internal sealed class PresenceMemories
{
    private readonly ConditionalWeakTable<ISession, PresenceMemory> _memories = [];

    internal PresenceMemory Of(ISession session) => _memories.GetValue(session, static s => new PresenceMemory(s));

    /// <summary>Null where there is nothing to remember.</summary>
    internal PresenceMemory? Find(ISession session) =>
        _memories.TryGetValue(session, out var memory) ? memory : PresenceMemory.IsNotedIn(session) ? Of(session) : null;

    internal void Forget(ISession session) => _memories.Remove(session);
}
