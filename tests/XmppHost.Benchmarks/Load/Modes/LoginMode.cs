using System.Diagnostics;
using XmppHost.Benchmarks.Load.Measuring;
using XmppHost.Benchmarks.Load.Net;
using XmppHost.Benchmarks.Load.Protocol;

namespace XmppHost.Benchmarks.Load.Modes;

/// <summary>Full logins, over and over: connect, TLS where wanted, SCRAM-SHA-1, bind, close. Users take turns.</summary>
internal sealed class LoginMode
{
    private readonly EventLoop _loop;
    private readonly LoadOptions _options;
    private readonly LoadTarget _target;
    private readonly TrafficRun _run;
    private readonly List<string> _problems = [];
    private int _next;
    private long _started;
    private long _completed;
    private long _closing;

    private LoginMode(EventLoop loop, LoadOptions options, LoadTarget target)
    {
        _loop = loop;
        _options = options;
        _target = target;
        _run = new TrafficRun(loop, options with { Window = 1 });
    }

    public static LoadReport Run(LoadOptions options, CancellationToken stop)
    {
        using var target = new LoadTarget(options.Server, options.Host, options.Tls);
        using var loop = new EventLoop(stop);
        return new LoginMode(loop, options, target).Execute();
    }

    private LoadReport Execute()
    {
        var failures = DeriveKeys();
        if (failures.Count > 0) return new LoadReport("login") { Problems = failures };
        var slots = Enumerable.Range(0, Math.Min(_options.Concurrency, _options.Users)).Select(_ => new Slot(this)).ToArray();
        var report = _run.Execute("login", slots);
        _loop.RunUntil(() => _closing == 0, TimeSpan.FromSeconds(5));
        return report with { Sent = _started, Received = _completed, Lost = _started - _completed, Problems = [.. report.Problems, .. _problems.Take(5)] };
    }

    // One login each beforehand: the client's key derivation is no part of the server's cost and would slow the client down.
    private IReadOnlyList<string> DeriveKeys()
    {
        List<Connection> sessions = [];
        var failures = new SessionOpener(_loop, _options, _target, (connection, _, _) => sessions.Add(connection)).Open(_options.Users);
        SessionCloser.CloseAll(_loop, sessions);
        return failures;
    }

    private sealed class Slot(LoginMode mode) : ITrafficSource, ILoginOwner
    {
        private long _startedAt;
        private bool _isBusy;

        public bool CanStart => !_isBusy && mode._problems.Count < 100;

        public void Start()
        {
            _isBusy = true;
            mode._started++;
            mode._run.Started();
            _startedAt = Stopwatch.GetTimestamp();
            var account = mode._options.AccountOf(mode._next++ % mode._options.Users);
            new LoginFlow(mode._target, account, withPresence: false, this).Start(mode._loop);
        }

        public void OnLoggedIn(Connection connection, string jid)
        {
            mode._completed++;
            mode._closing++;
            mode._run.Answered(_startedAt);
            connection.Sink = new Closing(mode);
            connection.Send("</stream:stream>"u8);
            Free();
        }

        public void OnLoginFailed(string reason)
        {
            mode._problems.Add(reason);
            Free();
        }

        private void Free()
        {
            _isBusy = false;
            mode._run.Finished(this);
        }
    }

    // Beside the next login, since a server may take its time over the close: ejabberd takes 0.1 s.
    private sealed class Closing(LoginMode mode) : IElementSink
    {
        public void OnElement(Connection connection, ElementKind kind, ReadOnlySpan<byte> xml)
        {
            if (kind == ElementKind.StreamClose) connection.Close();
        }

        public void OnClosed(Connection connection, string? reason) => mode._closing--;
    }
}
