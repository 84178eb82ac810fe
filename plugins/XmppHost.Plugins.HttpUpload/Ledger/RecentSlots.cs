namespace XmppHost.Plugins.HttpUpload.Ledger;

/// <summary>What somebody was given lately: slots one by one for a minute, bytes by the minute for a day, so that a day's worth is 1,441 numbers at most.</summary>
internal sealed class RecentSlots
{
    internal static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Queue<DateTimeOffset> _slots = [];
    private readonly Queue<Part> _parts = [];
    private Part? _last;

    /// <summary>Slots of the last minute.</summary>
    internal int Slots => _slots.Count;

    /// <summary>Bytes of the last day.</summary>
    internal long Bytes { get; private set; }

    /// <summary>From when on slots count still.</summary>
    internal static DateTimeOffset Since(DateTimeOffset now) => StartOfMinute(now - Day);

    /// <summary>Forgets what counts no more.</summary>
    internal void Drop(DateTimeOffset now)
    {
        while (_slots.TryPeek(out var slot) && slot + Minute <= now) _slots.Dequeue();
        while (_parts.TryPeek(out var part) && part.CountsUntil <= now)
        {
            Bytes -= part.Bytes;
            _parts.Dequeue();
            if (part == _last) _last = null;
        }
    }

    /// <summary>In the order of time.</summary>
    internal void Add(DateTimeOffset at, long bytes)
    {
        _slots.Enqueue(at);
        var until = StartOfMinute(at) + Minute + Day;
        if (_last?.CountsUntil != until) _parts.Enqueue(_last = new Part(until));
        _last.Bytes += bytes;
        Bytes += bytes;
    }

    /// <summary>When fewer than so many slots count.</summary>
    internal DateTimeOffset FewerThan(int limit) => _slots.ElementAt(_slots.Count - limit) + Minute;

    /// <summary>When so many bytes less count.</summary>
    internal DateTimeOffset LessBy(long bytes)
    {
        foreach (var part in _parts)
            if ((bytes -= part.Bytes) <= 0)
                return part.CountsUntil;
        throw new ArgumentOutOfRangeException(nameof(bytes), "more than there are");
    }

    private static DateTimeOffset StartOfMinute(DateTimeOffset time) => new(time.UtcTicks - time.UtcTicks % Minute.Ticks, TimeSpan.Zero);

    private sealed class Part(DateTimeOffset countsUntil)
    {
        internal DateTimeOffset CountsUntil => countsUntil;

        internal long Bytes { get; set; }
    }
}
