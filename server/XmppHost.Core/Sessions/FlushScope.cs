namespace XmppHost.Core.Sessions;

/// <summary>
/// While a reader loop works through what one read brought, writers that got something to send are only noted, and flushed together when the loop is done: one flush sends many
/// stanzas. Bound to the thread, since it lives only between two awaits; on any other thread a writer schedules itself.
/// </summary>
internal static class FlushScope
{
    [ThreadStatic]
    private static List<Outbox>? _noted;

    [ThreadStatic]
    private static bool _open;

    internal static void Enter() => _open = true;

    /// <summary>True when the writer will be flushed at the end of the scope.</summary>
    internal static bool TryNote(Outbox writer)
    {
        if (!_open) return false;
        (_noted ??= []).Add(writer);
        return true;
    }

    internal static void Exit()
    {
        _open = false;
        if (_noted is not { Count: > 0 } noted) return;
        for (var i = 0; i < noted.Count; i++) noted[i].Execute();
        noted.Clear();
    }
}
