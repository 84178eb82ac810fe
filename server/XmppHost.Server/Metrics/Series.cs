namespace XmppHost.Server.Metrics;

/// <summary>The measurements of one set of labels. Recorded from any thread without a lock.</summary>
/// <param name="labels">As they are written: <c>host="example.org",kind="iq"</c>.</param>
internal abstract class Series(string labels)
{
    internal string Labels => labels;

    internal abstract void Record(long value);

    internal abstract void Record(double value);

    internal abstract void Write(MetricText text, MetricShape shape);
}
