namespace XmppHost.Server.Metrics;

/// <summary>A counter's sum or a gauge's value. Whole numbers are kept as such: bytes served pass what a double counts exactly.</summary>
/// <param name="labels">As they are written.</param>
/// <param name="replaces">A measurement takes the place of the one before, instead of being added.</param>
internal sealed class NumberSeries(string labels, bool replaces) : Series(labels)
{
    private long _whole;
    private double _rest;

    internal override void Record(long value)
    {
        if (replaces) (_, _) = (Interlocked.Exchange(ref _rest, 0), Interlocked.Exchange(ref _whole, value));
        else Interlocked.Add(ref _whole, value);
    }

    internal override void Record(double value)
    {
        if (replaces) (_, _) = (Interlocked.Exchange(ref _whole, 0), Interlocked.Exchange(ref _rest, value));
        else Atomic.Add(ref _rest, value);
    }

    internal override void Write(MetricText text, MetricShape shape)
    {
        text.Name(shape.Name, shape.Type == MetricType.Counter ? "_total" : "", Labels);
        if (Volatile.Read(ref _rest) is var rest and not 0) text.Value(rest + Interlocked.Read(ref _whole));
        else text.Value(Interlocked.Read(ref _whole));
    }
}
