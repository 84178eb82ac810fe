using System.Diagnostics.Metrics;

namespace XmppHost.Server.Metrics;

/// <summary>The upper bounds of histograms: those that the instrument advises, else by its unit.</summary>
internal static class Buckets
{
    private static readonly double[] Seconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
    private static readonly double[] Bytes = [.. new long[] { 1L << 10, 16L << 10, 256L << 10, 1L << 20, 4L << 20, 16L << 20, 64L << 20, 256L << 20, 1L << 30, 5L << 30 }.Select(b => (double)b)];
    private static readonly double[] Numbers = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000];

    internal static double[] Of(Instrument instrument) => Advised(instrument) is { Length: > 0 } advised ? advised : instrument.Unit switch
    {
        "s" => Seconds,
        "ms" => [.. Seconds.Select(s => s * 1000)],
        "By" => Bytes,
        _ => Numbers,
    };

    private static double[]? Advised(Instrument instrument) => instrument switch
    {
        Histogram<double> histogram => histogram.Advice?.HistogramBucketBoundaries?.ToArray(),
        Histogram<long> histogram => histogram.Advice?.HistogramBucketBoundaries?.Select(b => (double)b).ToArray(),
        Histogram<int> histogram => histogram.Advice?.HistogramBucketBoundaries?.Select(b => (double)b).ToArray(),
        _ => null,
    };
}
