using System.Collections.Concurrent;
using XmppHost.Addressing;

namespace XmppHost.Storage;

/// <summary>
/// Keeps what a plugin stores per account in memory: loaded when first asked for, changed by one writer at a time per account, and forgotten again when more than
/// <paramref name="capacity"/> accounts are held (those not asked for lately go first). <typeparamref name="T"/> must be immutable: readers take no lock and keep what they got.
/// </summary>
/// <param name="capacity">How many accounts are held.</param>
/// <param name="load">Reads one account's value from the storage; gets a bare JID.</param>
public sealed class AccountCache<T>(int capacity, Func<Jid, CancellationToken, ValueTask<T>> load)
    where T : class
{
    private const int GateCount = 64;

    private readonly ConcurrentDictionary<Jid, Entry> _entries = new();
    private readonly ConcurrentQueue<Jid> _order = new();
    private readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, GateCount).Select(_ => new SemaphoreSlim(1, 1))];
    private int _count;

    /// <summary>How many accounts are held now.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>The account's value as it is now; completes at once when it is held.</summary>
    public ValueTask<T> GetAsync(Jid account, CancellationToken ct = default) =>
        _entries.TryGetValue(account.Bare, out var entry) ? ValueTask.FromResult(entry.Read()) : LoadAsync(account.Bare, ct);

    /// <summary>
    /// Changes the account's value while no one else can. <paramref name="update"/> gets the value in force, writes the storage, and returns the new value and a result; when it
    /// throws, the old value stays. It must not use this cache: another account may share the same lock.
    /// </summary>
    public async ValueTask<TResult> UpdateAsync<TResult>(Jid account, Func<T, ValueTask<(T Value, TResult Result)>> update, CancellationToken ct = default)
    {
        var key = account.Bare;
        var gate = GateOf(key);
        await gate.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            var current = _entries.TryGetValue(key, out var entry) ? entry.Read() : await load(key, ct).ConfigureAwait(false);
            var (value, result) = await update(current).ConfigureAwait(false);
            Keep(key, value);
            return result;
        }
        finally
        {
            gate.Release();
        }
    }

    private async ValueTask<T> LoadAsync(Jid key, CancellationToken ct)
    {
        var gate = GateOf(key);
        await gate.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            if (_entries.TryGetValue(key, out var entry)) return entry.Read();
            var value = await load(key, ct).ConfigureAwait(false);
            Keep(key, value);
            return value;
        }
        finally
        {
            gate.Release();
        }
    }

    private SemaphoreSlim GateOf(Jid key) => _gates[(uint)key.GetHashCode() % GateCount];

    private void Keep(Jid key, T value)
    {
        if (_entries.TryGetValue(key, out var entry))
        {
            entry.Write(value);
            return;
        }

        _entries[key] = new Entry(value);
        _order.Enqueue(key);
        if (Interlocked.Increment(ref _count) > capacity) Trim();
    }

    // Second chance: an account that was asked for since it was last looked at stays for another round.
    private void Trim()
    {
        while (Count > capacity && _order.TryDequeue(out var oldest))
        {
            if (_entries.TryGetValue(oldest, out var entry) && entry.TakeUsed()) _order.Enqueue(oldest);
            else if (_entries.TryRemove(oldest, out _)) Interlocked.Decrement(ref _count);
        }
    }

    private sealed class Entry(T value)
    {
        private volatile T _value = value;
        private volatile bool _used;

        internal T Read()
        {
            // Written only where it changes, so that readers on several cores share the line.
            if (!_used) _used = true;
            return _value;
        }

        internal void Write(T next) => _value = next;

        internal bool TakeUsed()
        {
            var used = _used;
            _used = false;
            return used;
        }
    }
}
