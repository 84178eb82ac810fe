using XmppHost.Plugins;

namespace XmppHost.Core.Streams;

/// <summary>A token bucket in bytes. It never refuses: it says how long to wait before the next read.</summary>
internal struct RateLimit(ByteSize rate, ByteSize burst, TimeProvider clock)
{
    private readonly double _perSecond = rate.IsUnlimited ? 0 : rate.Bytes;
    private readonly double _burst = burst.Bytes;
    private double _level = burst.Bytes;
    private long _stamp = clock.GetTimestamp();

    internal TimeSpan Take(long bytes)
    {
        if (_perSecond == 0) return TimeSpan.Zero;
        var now = clock.GetTimestamp();
        _level = Math.Min(_burst, _level + (clock.GetElapsedTime(_stamp, now).TotalSeconds * _perSecond)) - bytes;
        _stamp = now;
        return _level >= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(-_level / _perSecond);
    }
}
