namespace XmppHost.Storage.Sql;

/// <summary>
/// Ids as microseconds since 1970, pushed on when two fall together or the clock goes back. The database keeps a floor that is at least every id of a completed batch, so that
/// a restart under a wrong clock gives out none twice.
/// </summary>
internal sealed class IdSource(TimeProvider clock)
{
    // A second ahead: the floor is written once a second however many ids there are, and a start soon after a crash is ahead of the clock by at most that.
    private const long Reserve = 1_000_000;

    private int _slot, _slots = 1;
    private long _last;
    private long _floor;

    /// <summary>Goes on above what the database knows.</summary>
    internal void Start(long floor)
    {
        _floor = floor;
        _last = floor;
    }

    /// <summary>Gives out only ids that leave <paramref name="slot"/> when divided by <paramref name="slots"/>: others take the rest.</summary>
    internal void UseSlot(int slot, int slots)
    {
        Volatile.Write(ref _slots, slots);
        Volatile.Write(ref _slot, slot);
    }

    internal long Next()
    {
        var now = Micros.From(clock.GetUtcNow());
        while (true)
        {
            var last = Volatile.Read(ref _last);
            var next = Fit(Math.Max(now, last + 1));
            if (Interlocked.CompareExchange(ref _last, next, last) == last) return next;
        }
    }

    /// <summary>The floor to write with the batch that is about to be, or null while the one on disk will do.</summary>
    internal long? NextFloor()
    {
        var last = Volatile.Read(ref _last);
        return last > _floor ? last + Reserve : null;
    }

    internal void FloorIsOnDisk(long floor) => _floor = floor;

    private long Fit(long id)
    {
        var slots = Volatile.Read(ref _slots);
        if (slots == 1) return id;
        var past = (id - Volatile.Read(ref _slot) + slots) % slots;
        return past == 0 ? id : id + slots - past;
    }
}
