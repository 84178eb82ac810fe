using System.Diagnostics;
using XmppHost.Benchmarks.Load.Measuring;
using XmppHost.Benchmarks.Load.Net;

namespace XmppHost.Benchmarks.Load.Http;

/// <summary>Takes exchanges through a few connections, each of which starts the next one when its last is done.</summary>
internal sealed class HttpTraffic(EventLoop loop, WebTarget target, int connections)
{
    // A server that refuses one file refuses them all, and each may be large.
    private const int MaxFailures = 20;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    private readonly Stack<HttpConnection> _idle = [];
    private IEnumerator<HttpExchange> _next = Enumerable.Empty<HttpExchange>().GetEnumerator();
    private int _underWay;
    private int _good;
    private int _failures;

    public LatencyHistogram Latency { get; } = new();

    /// <summary>The first few.</summary>
    public List<string> Problems { get; } = [];

    /// <summary>Runs all exchanges to their ends; returns how many were right.</summary>
    public int Run(IEnumerable<HttpExchange> exchanges)
    {
        _good = _failures = 0;
        _next = exchanges.GetEnumerator();
        Latency.Clear();
        while (_underWay < connections && TryStart(null))
        {
            // TryStart counts
        }

        if (!loop.RunUntil(() => _underWay == 0, Limit)) Problems.Add($"{_underWay} requests had no answer after {Limit.TotalMinutes:0} minutes");
        return _good;
    }

    private bool TryStart(HttpConnection? connection)
    {
        if (_failures > MaxFailures || !_next.MoveNext())
        {
            if (connection is { IsClosed: false }) _idle.Push(connection);
            return false;
        }

        _underWay++;
        connection = connection is { IsClosed: false } ? connection : IdleOrNew();
        connection.StartedAt = Stopwatch.GetTimestamp();
        connection.Start(_next.Current);
        return true;
    }

    private HttpConnection IdleOrNew()
    {
        while (_idle.TryPop(out var idle))
            if (!idle.IsClosed)
                return idle;
        var connection = new HttpConnection(loop, EventLoop.Dial(target.EndPoint), target.Tls, OnDone);
        connection.Open();
        return connection;
    }

    private void OnDone(HttpConnection connection, HttpExchange exchange, string? problem)
    {
        _underWay--;
        Latency.Record(Stopwatch.GetTimestamp() - connection.StartedAt);
        if (problem is null)
        {
            _good++;
        }
        else
        {
            _failures++;
            if (Problems.Count < 5) Problems.Add(problem);
        }

        TryStart(connection);
    }
}
