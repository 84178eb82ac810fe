using System.Collections.Concurrent;
using XmppHost.Addressing;
using XmppHost.Storage;

namespace XmppHost.Plugins.Messaging;

/// <summary>
/// How many messages wait for each account that got one lately, so that not every message counts them anew; and when the last one was stored. An account whose
/// number may have gone down is forgotten, and counted again.
/// </summary>
internal sealed class OfflineCounts(IMessageLog log, TimeProvider time)
{
    private const int MaxAccounts = 20_000;
    private static readonly TimeSpan Lately = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<Jid, Entry> _entries = new();

    /// <summary>Whether the account has been counted; then it exists.</summary>
    internal bool Knows(Jid account) => _entries.TryGetValue(account, out var entry) && entry.IsCounted;

    /// <summary>Notes that a message is about to be stored. False when the account has <paramref name="limit"/> already.</summary>
    internal async ValueTask<bool> TryAddAsync(Jid account, int limit, CancellationToken ct)
    {
        if (_entries.Count > MaxAccounts) _entries.Clear();
        var entry = _entries.GetOrAdd(account, static _ => new Entry());
        entry.LastStored = time.GetTimestamp();
        if (!entry.IsCounted) entry.Start(await log.CountOfflineAsync(account, ct).ConfigureAwait(false));
        return entry.TryIncrement(limit);
    }

    /// <summary>The account's messages were handed out, or some came back.</summary>
    internal void Recount(Jid account)
    {
        if (_entries.TryGetValue(account, out var entry)) entry.Reset();
    }

    /// <summary>The account is gone.</summary>
    internal void Forget(Jid account) => _entries.TryRemove(account, out _);

    /// <summary>A message may be on its way into the log at this moment.</summary>
    internal bool IsStoringNow(Jid account) => _entries.TryGetValue(account, out var entry) && time.GetElapsedTime(entry.LastStored) < Lately;

    private sealed class Entry
    {
        private const int Unknown = -1;

        private int _count = Unknown;
        private long _lastStored;

        internal long LastStored
        {
            get => Volatile.Read(ref _lastStored);
            set => Volatile.Write(ref _lastStored, value);
        }

        internal bool IsCounted => Volatile.Read(ref _count) != Unknown;

        internal void Start(int count) => Interlocked.CompareExchange(ref _count, count, Unknown);

        internal void Reset() => Volatile.Write(ref _count, Unknown);

        internal bool TryIncrement(int limit)
        {
            while (true)
            {
                var count = Volatile.Read(ref _count);
                if (count >= limit) return false;
                if (count == Unknown || Interlocked.CompareExchange(ref _count, count + 1, count) == count) return true;
            }
        }
    }
}
