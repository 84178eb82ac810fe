namespace XmppHost.Core.Tests.Support;

/// <summary>A clock that stands until it is advanced; timers that fall due fire then, on the caller's thread.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>When the next timer fires.</summary>
    internal DateTimeOffset NextDue => Next(DateTimeOffset.MaxValue)!.Due!.Value;

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => _now.Ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        lock (_timers) _timers.Add(timer);
        return timer;
    }

    internal void Advance(TimeSpan by)
    {
        var end = _now + by;
        while (Next(end) is { } timer)
        {
            _now = timer.Due!.Value;
            timer.Fire();
        }

        _now = end;
    }

    private ManualTimer? Next(DateTimeOffset end)
    {
        lock (_timers) return _timers.Where(t => t.Due <= end).MinBy(t => t.Due);
    }

    private sealed class ManualTimer(ManualTime time, Action callback) : ITimer
    {
        private TimeSpan _period;

        internal DateTimeOffset? Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Due = dueTime == Timeout.InfiniteTimeSpan ? null : time._now + dueTime;
            _period = period;
            return true;
        }

        public void Dispose()
        {
            lock (time._timers) time._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        internal void Fire()
        {
            Due = _period > TimeSpan.Zero ? Due + _period : null;
            callback();
        }
    }
}
