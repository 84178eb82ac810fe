using System.Diagnostics;
using XmppHost.Benchmarks.Load.Measuring;

namespace XmppHost.Benchmarks.Tests;

internal sealed class LatencyHistogramTests
{
    [TestCase(50)]
    [TestCase(99)]
    public void Percentiles_are_right_within_two_percent(int percent)
    {
        var histogram = new LatencyHistogram();
        for (var microseconds = 1; microseconds <= 10_000; microseconds++) histogram.Record(microseconds * Stopwatch.Frequency / 1_000_000);
        Assert.That(histogram.Percentile(percent), Is.EqualTo(percent * 100).Within(2).Percent);
    }

    [Test]
    public void Nothing_recorded_is_zero() => Assert.That(new LatencyHistogram().Percentile(99), Is.Zero);
}
