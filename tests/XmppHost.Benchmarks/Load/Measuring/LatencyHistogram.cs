using System.Diagnostics;
using System.Numerics;

namespace XmppHost.Benchmarks.Load.Measuring;

/// <summary>Counts latencies in buckets of 1/64 relative width, so that a percentile is right to 1.6 % whatever the count.</summary>
internal sealed class LatencyHistogram
{
    private const int SubBits = 6;
    private const int SubCount = 1 << SubBits;

    private readonly long[] _buckets = new long[(64 - SubBits) * SubCount];

    public long Count { get; private set; }

    public long MaxTicks { get; private set; }

    public void Record(long ticks)
    {
        ticks = Math.Max(ticks, 0);
        _buckets[Index(ticks)]++;
        Count++;
        MaxTicks = Math.Max(MaxTicks, ticks);
    }

    public void Clear()
    {
        Array.Clear(_buckets);
        Count = MaxTicks = 0;
    }

    /// <summary>In microseconds; 0 where nothing was recorded.</summary>
    public double Percentile(double percent)
    {
        var wanted = (long)Math.Ceiling(Count * percent / 100);
        long seen = 0;
        for (var i = 0; i < _buckets.Length; i++)
        {
            seen += _buckets[i];
            if (seen >= wanted && seen > 0) return Microseconds(Middle(i));
        }

        return 0;
    }

    public static double Microseconds(double ticks) => ticks * 1e6 / Stopwatch.Frequency;

    private static int Index(long ticks)
    {
        if (ticks < SubCount) return (int)ticks;
        var shift = BitOperations.Log2((ulong)ticks) - SubBits;
        return ((shift + 1) << SubBits) + (int)((ticks >> shift) - SubCount);
    }

    private static double Middle(int index)
    {
        var block = index >> SubBits;
        if (block == 0) return index;
        var low = ((long)(index & (SubCount - 1)) + SubCount) << (block - 1);
        return low + ((1L << (block - 1)) / 2.0);
    }
}
