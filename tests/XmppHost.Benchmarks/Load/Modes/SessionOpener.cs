using XmppHost.Benchmarks.Load.Net;
using XmppHost.Benchmarks.Load.Protocol;

namespace XmppHost.Benchmarks.Load.Modes;

/// <summary>Logs in the first N accounts, a few at a time, and gives each session to <paramref name="onOpen"/>.</summary>
internal sealed class SessionOpener(EventLoop loop, LoadOptions options, LoadTarget target, Action<Connection, string, int> onOpen)
{
    private readonly Action<Connection, string, int> _onOpen = onOpen;
    private readonly List<string> _failures = [];
    private int _started;
    private int _open;
    private int _wanted;

    /// <summary>Returns what went wrong, nothing where all are open.</summary>
    public IReadOnlyList<string> Open(int count)
    {
        _wanted = count;
        var concurrent = Math.Min(options.Concurrency, count);
        for (var i = 0; i < concurrent; i++) StartNext();
        var limit = TimeSpan.FromSeconds(30 + (count * 0.02));
        if (!loop.RunUntil(() => _open == count || _failures.Count > 0, limit))
            _failures.Add($"{_open} of {count} sessions were open after {limit.TotalSeconds:0} s");
        return _failures;
    }

    private void StartNext()
    {
        if (_started == _wanted) return;
        var index = _started++;
        new LoginFlow(target, options.AccountOf(index), withPresence: true, new Slot(this, index)).Start(loop);
    }

    private sealed class Slot(SessionOpener opener, int index) : ILoginOwner
    {
        public void OnLoggedIn(Connection connection, string jid)
        {
            opener._open++;
            opener.StartNext();
            opener._onOpen(connection, jid, index);
        }

        public void OnLoginFailed(string reason) => opener._failures.Add(reason);
    }
}
