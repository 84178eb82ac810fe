using System.Collections.Concurrent;
using XmppHost.Addressing;
using XmppHost.Storage;

namespace XmppHost.Plugins.Messaging;

/// <summary>
/// How many messages wait for each account that got one lately, so that not every message counts them anew. An account whose number may have gone down
/// is counted again.
/// </summary>
internal sealed class OfflineCounts(IMessageLog log)
{
    private const int MaxAccounts = 20_000;

    private readonly ConcurrentDictionary<Jid, Entry> _entries = new();

    /// <summary>Whether the account has been counted; then it exists.</summary>
    internal bool Knows(Jid account) => _entries.TryGetValue(account, out var entry) && entry.IsCounted;

    /// <summary>Notes that a message is about to be stored. False when the account has <paramref name="limit"/> already.</summary>
    internal async ValueTask<bool> TryAddAsync(Jid account, int limit, CancellationToken ct)
    {
        if (_entries.Count > MaxAccounts) _entries.Clear();
        var entry = _entries.GetOrAdd(account, static _ => new Entry());
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

    private sealed class Entry
    {
        private const int Unknown = -1;

        private int _count = Unknown;

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
