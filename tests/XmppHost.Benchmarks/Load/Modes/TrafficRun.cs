using System.Diagnostics;
using XmppHost.Benchmarks.Load.Measuring;
using XmppHost.Benchmarks.Load.Net;

namespace XmppHost.Benchmarks.Load.Modes;

/// <summary>
/// Drives sources through warm-up, measured time and drain. Without a rate every source keeps its window full; with one, operations start at even
/// intervals, turn by turn, and are late rather than left out.
/// </summary>
internal sealed class TrafficRun(EventLoop loop, LoadOptions options) : IPacer
{
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(5);

    private readonly LatencyHistogram _latency = new();
    private readonly long _interval = options.Rate > 0 ? (long)(Stopwatch.Frequency / options.Rate) : 0;
    private IReadOnlyList<ITrafficSource> _sources = [];
    private int _turn;
    private bool _isSending;
    private bool _isMeasuring;
    private long _underWay;

    public long NextDue { get; private set; } = long.MaxValue;

    /// <summary>Called by a source that started an operation.</summary>
    public void Started() => _underWay++;

    /// <summary>Called by a source whose operation, begun at <paramref name="startedAt"/>, has its answer.</summary>
    public void Answered(long startedAt)
    {
        if (_isMeasuring) _latency.Record(Stopwatch.GetTimestamp() - startedAt);
    }

    /// <summary>Called by a source that is free for the next operation.</summary>
    public void Finished(ITrafficSource source)
    {
        _underWay--;
        if (_isSending && _interval == 0 && source.CanStart) source.Start();
    }

    /// <summary>Runs everything; the report has the figures of the measured time, without the mode's own checks.</summary>
    public LoadReport Execute(string mode, IReadOnlyList<ITrafficSource> sources)
    {
        _sources = sources;
        _isSending = true;
        if (_interval > 0) NextDue = Stopwatch.GetTimestamp();
        else foreach (var source in sources) Fill(source);
        loop.RunFor(TimeSpan.FromSeconds(options.Warmup), this);

        var report = Measure(mode);

        _isSending = false;
        NextDue = long.MaxValue;
        var drained = loop.RunUntil(() => _underWay <= 0, DrainLimit);
        loop.RunFor(TimeSpan.FromMilliseconds(200));   // whatever comes twice comes now
        return drained ? report : report with { Problems = [$"{_underWay} operations had no answer after {DrainLimit.TotalSeconds:0} s"] };
    }

    public void Tick(long now)
    {
        while (now >= NextDue && _isSending)
        {
            NextDue += _interval;
            StartNext();
        }
    }

    private LoadReport Measure(string mode)
    {
        var server = options.Pid > 0 ? new ProcessGauge(options.Pid) : null;
        var serverBefore = server?.CpuMicroseconds();
        var clientBefore = OwnCpu();
        var clock = Stopwatch.StartNew();
        _isMeasuring = true;
        loop.RunFor(TimeSpan.FromSeconds(options.Seconds), this);
        _isMeasuring = false;
        var seconds = clock.Elapsed.TotalSeconds;
        var clientCpu = OwnCpu() - clientBefore;
        var serverCpu = server?.CpuMicroseconds() - serverBefore;
        var count = Math.Max(_latency.Count, 1);
        return new LoadReport(mode)
        {
            Operations = _latency.Count,
            Seconds = seconds,
            OperationsPerSecond = _latency.Count / seconds,
            ServerCpuMicroseconds = serverCpu / count,
            ClientCpuMicroseconds = clientCpu / count,
            P50Microseconds = _latency.Percentile(50),
            P99Microseconds = _latency.Percentile(99),
            MaxMicroseconds = LatencyHistogram.Microseconds(_latency.MaxTicks),
            Problems = _latency.Count == 0 ? ["nothing was completed within the measured time"] : [],
        };
    }

    private void Fill(ITrafficSource source)
    {
        for (var i = 0; i < options.Window && source.CanStart; i++) source.Start();
    }

    private void StartNext()
    {
        for (var tried = 0; tried < _sources.Count; tried++)
        {
            var source = _sources[_turn];
            _turn = (_turn + 1) % _sources.Count;
            if (!source.CanStart) continue;
            source.Start();
            return;
        }
    }

    private static double OwnCpu() => Environment.CpuUsage.TotalTime.TotalMicroseconds;
}
