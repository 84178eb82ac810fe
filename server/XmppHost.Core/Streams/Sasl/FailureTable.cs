namespace XmppHost.Core.Streams.Sasl;

/// <summary>Counts failures by key, forgets each key some time after its last one, and never holds more than its capacity: the longest untouched goes first. Not thread-safe.</summary>
internal sealed class FailureTable<TKey>(TimeProvider time, int capacity, int freeFailures, TimeSpan maxDelay)
    where TKey : notnull
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(250), Memory = TimeSpan.FromMinutes(15);

    private readonly Dictionary<TKey, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byAge = [];

    internal int Count => _entries.Count;

    /// <summary>What is left of the delay that began with the last failure.</summary>
    internal TimeSpan WaitOf(TKey key) => Find(key) is { } entry ? Positive(entry.LastFailure + DelayAfter(entry.Failures) - time.GetUtcNow()) : TimeSpan.Zero;

    /// <summary>Takes the next free place in the key's queue; false when it is further away than <paramref name="limit"/>.</summary>
    internal bool TryQueue(TKey key, TimeSpan limit, out TimeSpan wait)
    {
        wait = TimeSpan.Zero;
        if (Find(key) is not { } entry) return true;
        wait = Positive(entry.NextPlace - time.GetUtcNow());
        if (wait > limit) return false;
        entry.NextPlace = time.GetUtcNow() + wait + DelayAfter(entry.Failures);
        return true;
    }

    internal void Failed(TKey key)
    {
        var now = time.GetUtcNow();
        var entry = Find(key) ?? Add(key);
        entry.Failures++;
        entry.LastFailure = now;
        var next = now + DelayAfter(entry.Failures);
        if (next > entry.NextPlace) entry.NextPlace = next;
    }

    internal void Forget(TKey key)
    {
        if (_entries.Remove(key, out var node)) _byAge.Remove(node);
    }

    private TimeSpan DelayAfter(int failures)
    {
        var doublings = failures - freeFailures - 1;
        return doublings < 0 ? TimeSpan.Zero : doublings > 20 || FirstDelay * (1 << doublings) is var delay && delay > maxDelay ? maxDelay : delay;
    }

    private static TimeSpan Positive(TimeSpan span) => span > TimeSpan.Zero ? span : TimeSpan.Zero;

    private Entry? Find(TKey key)
    {
        if (!_entries.TryGetValue(key, out var node)) return null;
        _byAge.Remove(node);
        if (time.GetUtcNow() - node.Value.LastFailure > Memory)
        {
            _entries.Remove(key);
            return null;
        }

        _byAge.AddLast(node);
        return node.Value;
    }

    private Entry Add(TKey key)
    {
        if (_entries.Count == capacity && _byAge.First is { } oldest) Forget(oldest.Value.Key);
        var entry = new Entry(key);
        _entries[key] = _byAge.AddLast(entry);
        return entry;
    }

    private sealed class Entry(TKey key)
    {
        internal TKey Key => key;

        internal int Failures { get; set; }

        internal DateTimeOffset LastFailure { get; set; }

        internal DateTimeOffset NextPlace { get; set; }
    }
}
