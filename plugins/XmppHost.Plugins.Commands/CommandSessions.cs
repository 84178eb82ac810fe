using XmppHost.Hosting;

namespace XmppHost.Plugins.Commands;

/// <summary>The runs that wait for their requesters: bounded for each account and in all, and forgotten when nobody goes on with them.</summary>
internal sealed class CommandSessions(CommandsOptions options, TimeProvider clock) : ISessionObserver
{
    private readonly Lock _lock = new();

    // In the order of their last steps, so that the first ones are the first to end.
    private readonly LinkedList<CommandSession> _order = [];
    private readonly Dictionary<string, LinkedListNode<CommandSession>> _sessions = [];

    internal SessionIds Ids { get; } = new();

    internal int Count
    {
        get
        {
            lock (_lock) return _sessions.Count;
        }
    }

    internal CommandSession? Find(string id)
    {
        lock (_lock)
        {
            EndOverdue();
            return _sessions.GetValueOrDefault(id)?.Value;
        }
    }

    /// <summary>Keeps a session for its next step, which ends the oldest of an account that has too many. False when the host has too many.</summary>
    internal bool TryKeep(CommandSession session)
    {
        lock (_lock)
        {
            EndOverdue();
            if (session.HasEnded) return true;
            session.Ends = clock.GetUtcNow() + options.SessionTimeout;
            if (_sessions.TryGetValue(session.Id, out var kept))
            {
                _order.Remove(kept);
                _order.AddLast(kept);
                return true;
            }

            var account = session.Requester.Bare;
            if (_order.Where(s => s.Requester.Bare == account).ToArray() is var own && own.Length >= options.MaxSessionsPerAccount) Remove(own[0].Id);
            if (_sessions.Count >= options.MaxSessions) return false;
            _sessions.Add(session.Id, _order.AddLast(session));
            return true;
        }
    }

    internal void End(CommandSession session)
    {
        lock (_lock) Remove(session.Id);
    }

    public ValueTask EndedAsync(ISession session)
    {
        lock (_lock)
        {
            foreach (var own in _order.Where(s => s.Requester == session.Jid).ToArray()) Remove(own.Id);
        }

        return ValueTask.CompletedTask;
    }

    private void EndOverdue()
    {
        var now = clock.GetUtcNow();
        while (_order.First is { } first && first.Value.Ends <= now) Remove(first.Value.Id);
    }

    private void Remove(string id)
    {
        if (!_sessions.Remove(id, out var node)) return;
        node.Value.End();
        _order.Remove(node);
    }
}
