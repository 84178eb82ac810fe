using System.Globalization;

namespace XmppHost.Server.Metrics;

/// <summary>How often measurements fell below each bound, and their sum.</summary>
internal sealed class HistogramSeries(string labels, double[] bounds) : Series(labels)
{
    // One for each bound and one for what is above them all.
    private readonly long[] _counts = new long[bounds.Length + 1];
    private double _sum;

    internal override void Record(long value) => Record((double)value);

    internal override void Record(double value)
    {
        var index = Array.BinarySearch(bounds, value);
        Interlocked.Increment(ref _counts[index < 0 ? ~index : index]);
        Atomic.Add(ref _sum, value);
    }

    internal override void Write(MetricText text, MetricShape shape)
    {
        var comma = Labels.Length == 0 ? "" : ",";
        var count = 0L;
        for (var i = 0; i < _counts.Length; i++)
        {
            count += Interlocked.Read(ref _counts[i]);
            text.Name(shape.Name, "_bucket", $"{Labels}{comma}le=\"{(i < bounds.Length ? Bound(bounds[i]) : "+Inf")}\"");
            text.Value(count);
        }

        text.Name(shape.Name, "_count", Labels);
        text.Value(count);
        text.Name(shape.Name, "_sum", Labels);
        text.Value(Volatile.Read(ref _sum));
    }

    // OpenMetrics 1.0, "Considerations: Canonical Numbers": a bound is written as a float.
    private static string Bound(double bound)
    {
        var text = bound.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().IndexOfAny('.', 'E') < 0 ? text + ".0" : text;
    }
}
