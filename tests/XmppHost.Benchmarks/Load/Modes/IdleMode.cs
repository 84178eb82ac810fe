using XmppHost.Benchmarks.Load.Measuring;
using XmppHost.Benchmarks.Load.Net;
using XmppHost.Benchmarks.Load.Protocol;

namespace XmppHost.Benchmarks.Load.Modes;

/// <summary>Sessions that are bound, available and silent; what they cost is the server's proportional set size before and after.</summary>
internal static class IdleMode
{
    private const int WarmUpSessions = 50;

    public static LoadReport Run(LoadOptions options, CancellationToken stop)
    {
        if (options.Pid == 0) return new LoadReport("idle") { Problems = ["idle needs --pid"] };
        using var target = new LoadTarget(options.Server, options.Host, options.Tls);
        using var loop = new EventLoop(stop);
        var gauge = new ProcessGauge(options.Pid);
        WarmUp(loop, options, target);
        loop.RunFor(TimeSpan.FromSeconds(options.Warmup));
        var before = gauge.PssKilobytes();

        List<Sitter> sitters = [];
        var failures = new SessionOpener(loop, options, target, (connection, _, _) => sitters.Add(new Sitter(connection))).Open(options.Users);
        loop.RunFor(TimeSpan.FromSeconds(options.Seconds));
        var after = gauge.PssKilobytes();
        var lost = sitters.Count(s => s.IsClosed);
        SessionCloser.CloseAll(loop, sitters.Select(s => s.Connection));
        return new LoadReport("idle")
        {
            Operations = sitters.Count,
            Seconds = options.Seconds,
            Sessions = sitters.Count - lost,
            PssKilobytesBefore = before,
            PssKilobytesAfter = after,
            PssKilobytesPerSession = (after - before) / (double)Math.Max(sitters.Count, 1),
            Problems = lost > 0 ? [.. failures, $"{lost} idle sessions were closed by the server"] : failures,
        };
    }

    // The code and tables that the first sessions bring in belong to the process, not to a session.
    private static void WarmUp(EventLoop loop, LoadOptions options, LoadTarget target)
    {
        List<Connection> sessions = [];
        new SessionOpener(loop, options, target, (connection, _, _) => sessions.Add(connection)).Open(Math.Min(WarmUpSessions, options.Users));
        SessionCloser.CloseAll(loop, sessions);
    }

    private sealed class Sitter : IElementSink
    {
        public Sitter(Connection connection)
        {
            Connection = connection;
            connection.Sink = this;
        }

        public Connection Connection { get; }

        public bool IsClosed { get; private set; }

        public void OnElement(Connection connection, ElementKind kind, ReadOnlySpan<byte> xml)
        {
        }

        public void OnClosed(Connection connection, string? reason) => IsClosed = true;
    }
}
