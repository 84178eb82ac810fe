using System.Diagnostics.Metrics;

namespace XmppHost.Storage.Sql.Writing;

/// <summary>What the group commit costs and how it fares.</summary>
internal sealed class StorageMetrics
{
    private readonly Histogram<double> _commits;
    private readonly Counter<long> _writes;
    private readonly Counter<long> _failures;

    /// <param name="meter">Of the process's storage.</param>
    /// <param name="queued">Bytes that wait to be written.</param>
    internal StorageMetrics(Meter meter, Func<long> queued)
    {
        _commits = meter.CreateHistogram<double>("storage.commit.duration", "s", "Time of one transaction, which all writes share that came meanwhile.");
        _writes = meter.CreateCounter<long>("storage.writes", "{write}", "Writes that are on disk.");
        _failures = meter.CreateCounter<long>("storage.write.failures", "{write}", "Writes that failed.");
        meter.CreateObservableGauge("storage.queue", queued, "By", "What waits in memory to be written.");
    }

    internal void Committed(int writes, TimeSpan duration)
    {
        _commits.Record(duration.TotalSeconds);
        _writes.Add(writes);
    }

    internal void Failed(int writes) => _failures.Add(writes);
}
