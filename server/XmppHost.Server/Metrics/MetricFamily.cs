using System.Collections.Concurrent;

namespace XmppHost.Server.Metrics;

/// <summary>All series of one name: those of every virtual host's instrument of that name.</summary>
internal sealed class MetricFamily(MetricShape shape)
{
    private readonly ConcurrentDictionary<string, Series> _series = new();

    internal MetricShape Shape => shape;

    internal Series Of(string labels) => _series.GetOrAdd(labels, l => shape.Bounds is { } bounds ? new HistogramSeries(l, bounds) : new NumberSeries(l, shape.Replaces));

    internal void Clear() => _series.Clear();

    internal void Write(MetricText text)
    {
        if (_series.IsEmpty) return;
        text.Head(shape);
        foreach (var (_, series) in _series.OrderBy(s => s.Key, StringComparer.Ordinal)) series.Write(text, shape);
    }
}
