using System.Collections.Concurrent;
using System.Globalization;
using Tag = System.Collections.Generic.KeyValuePair<string, object?>;

namespace XmppHost.Server.Metrics;

/// <summary>Takes the measurements of one instrument to the series of their labels. Finding a series that is there allocates nothing.</summary>
/// <param name="family">Where the series are.</param>
/// <param name="fixedLabels">The meter's own, the virtual host among them.</param>
internal sealed class MetricRecorder(MetricFamily family, IReadOnlyList<Tag> fixedLabels)
{
    /// <summary>What one instrument may have. Measurements with more sets of labels are counted together: whoever can choose a label must not fill the memory.</summary>
    internal const int MaxSeries = 500;

    /// <summary>The label of what is counted together.</summary>
    internal const string OverflowLabel = "overflow";

    private const int MaxValueLength = 200;

    private readonly ConcurrentDictionary<Tag[], Series> _series = new(new TagComparer());
    private Series? _plain;
    private Series? _overflow;
    private int _count;

    internal MetricFamily Family => family;

    internal void Record(long value, ReadOnlySpan<Tag> tags) => Find(tags).Record(value);

    internal void Record(double value, ReadOnlySpan<Tag> tags) => Find(tags).Record(value);

    /// <summary>Forgets every series: what an observable instrument does not tell any more is not there any more.</summary>
    internal void Clear()
    {
        _series.Clear();
        (_plain, _overflow, _count) = (null, null, 0);
    }

    private Series Find(ReadOnlySpan<Tag> tags)
    {
        if (tags.IsEmpty) return _plain ??= family.Of(Labels([]));
        return _series.GetAlternateLookup<ReadOnlySpan<Tag>>().TryGetValue(tags, out var series) ? series : Add(tags);
    }

    private Series Add(ReadOnlySpan<Tag> tags)
    {
        if (_count >= MaxSeries || IsTooLong(tags)) return _overflow ??= family.Of(Labels([new Tag(OverflowLabel, "true")]));
        Tag[] kept = tags.ToArray();
        var series = family.Of(Labels(kept));
        if (_series.TryAdd(kept, series)) Interlocked.Increment(ref _count);
        return series;
    }

    private static bool IsTooLong(ReadOnlySpan<Tag> tags)
    {
        foreach (var (_, value) in tags)
            if (value is string { Length: > MaxValueLength })
                return true;
        return false;
    }

    private string Labels(Tag[] tags)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in fixedLabels.Concat(tags))
            if (value is not null) labels[MetricShape.LabelName(key)] = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        return string.Join(',', labels.Select(l => $"{l.Key}=\"{MetricText.Escape(l.Value)}\""));
    }
}
