using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using XmppHost.Addressing;
using XmppHost.Plugins;
using XmppHost.Storage;
using XmppHost.Storage.Sql;

namespace XmppHost.Benchmarks.Storage;

/// <summary>Messages into the log at a steady rate, one row each; CPU is that of this process, the load's own share included.</summary>
internal sealed class StorageLoad(StorageLoadOptions options)
{
    private const int SampleEvery = 50;

    private readonly Jid[] _accounts = [.. Enumerable.Range(0, options.Accounts).Select(i => Jid.Parse($"user{i}@bench.example"))];
    private readonly byte[] _stanza = new byte[options.StanzaBytes];
    private readonly List<Task<double>> _latencies = [];
    private readonly Queue<(long Due, long Id)> _removals = [];
    private readonly long[] _senders = new long[16];

    internal async Task<string> RunAsync(CancellationToken ct)
    {
        var storage = new StorageOptions(
            options.ConnectionString is null ? StorageProvider.Sqlite : StorageProvider.PostgreSql,
            options.ConnectionString is null ? null : new Secret(options.ConnectionString),
            options.Window is { } window ? TimeSpan.FromMilliseconds(window) : null);
        var opening = Stopwatch.GetTimestamp();
        await using var opened = SqlStorage.Create(storage, options.Data, TimeProvider.System, NullLoggerFactory.Instance);
        await opened.OpenAsync(ct);
        var open = Stopwatch.GetElapsedTime(opening);
        await PreloadAsync(opened.Log, ct);
        for (var i = 0; i < _senders.Length; i++) await opened.Log.SaveStream(new StreamRecord(_senders[i] = opened.Log.NextId(), _accounts[0].WithResource("r")!, "", 0, TimeSpan.Zero, ""));

        await DriveAsync(opened.Log, 1, ct);
        _latencies.Clear();
        var (cpu, start) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
        var messages = await DriveAsync(opened.Log, options.Seconds, ct);
        var (used, took) = (Environment.CpuUsage.TotalTime - cpu, Stopwatch.GetElapsedTime(start));

        var latencies = await Task.WhenAll(_latencies);
        Array.Sort(latencies);
        return $"{messages / took.TotalSeconds:N0} messages/s, CPU {used.TotalMicroseconds / messages:N1} µs each, on disk after p50 {latencies[latencies.Length / 2]:N2} ms p99 {latencies[latencies.Length * 99 / 100]:N2} ms, opened in {open.TotalMilliseconds:N0} ms";
    }

    private async Task PreloadAsync(IMessageLog log, CancellationToken ct)
    {
        var last = Task.CompletedTask;
        for (var i = 0; i < options.Preload; i++)
        {
            last = log.Append([Row(log, i)]);
            if (i % 1000 == 0) await log.WaitForRoomAsync(ct);
        }

        await last;
    }

    private async Task<long> DriveAsync(IMessageLog log, double seconds, CancellationToken ct)
    {
        var start = Stopwatch.GetTimestamp();
        long sent = 0;
        var last = Task.CompletedTask;
        while (Stopwatch.GetElapsedTime(start).TotalSeconds is var elapsed && elapsed < seconds)
        {
            for (; sent < elapsed * options.Rate; sent++) last = Send(log, sent);
            RemoveDue(log);
            await log.WaitForRoomAsync(ct);
            Thread.Sleep(Math.Max(1, 1000 / options.Rate));
        }

        await last;
        return sent;
    }

    private Task Send(IMessageLog log, long number)
    {
        var row = Row(log, number);
        var sender = (int)(number % _senders.Length);
        var sampled = number % SampleEvery == 0 ? Stopwatch.GetTimestamp() : 0;
        var written = options.Counts ? log.Append([row], _senders[sender], (uint)number) : log.Append([row]);
        if (sampled != 0) _latencies.Add(LatencyAsync(written, sampled));
        if (options.RemoveAfter == 0) return log.Remove(row.Id);
        if (options.RemoveAfter is { } delay) _removals.Enqueue((Environment.TickCount64 + delay, row.Id));
        return written;
    }

    private void RemoveDue(IMessageLog log)
    {
        while (_removals.TryPeek(out var next) && next.Due <= Environment.TickCount64) _ = log.Remove(_removals.Dequeue().Id);
    }

    private LogRow Row(IMessageLog log, long number) => new(log.NextId(), _accounts[number * 7919 % _accounts.Length], DateTimeOffset.UnixEpoch, _stanza.ToArray());

    private static async Task<double> LatencyAsync(Task written, long since)
    {
        await written;
        return Stopwatch.GetElapsedTime(since).TotalMilliseconds;
    }
}
