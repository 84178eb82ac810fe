using System.Diagnostics.Metrics;

namespace XmppHost.Plugins.ClamAv;

internal sealed class ScanMetrics(Meter meter)
{
    private readonly Counter<long> _scans = meter.CreateCounter<long>("clamav.scans", "{file}", "Files that clamd was asked about, and those too large to ask, by result.");
    private readonly Counter<long> _bytes = meter.CreateCounter<long>("clamav.scanned", "By", "Size of the files that clamd has answered for.");
    private readonly Histogram<double> _time = meter.CreateHistogram<double>("clamav.scan.duration", "s", "Time from the first byte to clamd's answer, or to the end of waiting for it.");

    internal void Scanned(ScanOutcome outcome, long size, TimeSpan duration)
    {
        Counted(outcome);
        _time.Record(duration.TotalSeconds);
        if (outcome is ScanOutcome.Clean or ScanOutcome.Infected) _bytes.Add(size);
    }

    internal void Counted(ScanOutcome outcome) => _scans.Add(1, new KeyValuePair<string, object?>("result", outcome switch
    {
        ScanOutcome.Clean => "clean",
        ScanOutcome.Infected => "infected",
        ScanOutcome.TooLarge => "tooLarge",
        _ => "unavailable",
    }));
}
