using System.Net;
using System.Net.Sockets;

namespace XmppHost.Core.Streams.Sasl;

/// <summary>
/// Slows guessing. Each failure doubles what the next attempts have to wait before they are looked at, right or wrong alike. An account's wait is short and
/// not queued, so that strangers cannot lock its owner out; an address's attempts stand in one queue, so that more connections gain nothing.
/// A wait is a timer: it holds neither a thread nor a lock.
/// </summary>
internal sealed class LoginThrottle(TimeProvider time)
{
    internal const int Capacity = 20_000;

    internal static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly FailureTable<string> _accounts = new(time, Capacity, freeFailures: 1, TimeSpan.FromSeconds(4));

    // Many users can share an address, and each may mistype.
    private readonly FailureTable<IPAddress> _addresses = new(time, Capacity, freeFailures: 5, MaxWait);

    /// <summary>Waits as long as this attempt must; false when that would be longer than <see cref="MaxWait"/>.</summary>
    internal async ValueTask<bool> AdmitAsync(string account, IPAddress? address, CancellationToken ct)
    {
        TimeSpan wait;
        lock (_lock)
        {
            wait = _accounts.WaitOf(account);
            if (address is not null)
            {
                if (!_addresses.TryQueue(NetworkOf(address), MaxWait, out var queued)) return false;
                wait = queued > wait ? queued : wait;
            }
        }

        if (wait > TimeSpan.Zero) await Task.Delay(wait, time, ct).ConfigureAwait(false);
        return true;
    }

    internal void Failed(string account, IPAddress? address)
    {
        lock (_lock)
        {
            _accounts.Failed(account);
            if (address is not null) _addresses.Failed(NetworkOf(address));
        }
    }

    internal void Succeeded(string account)
    {
        lock (_lock) _accounts.Forget(account);
    }

    internal int Count
    {
        get
        {
            lock (_lock) return _accounts.Count + _addresses.Count;
        }
    }

    // Whoever has one IPv6 address has the other 2^64 of its network.
    private static IPAddress NetworkOf(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address;
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[8..].Clear();
        return new IPAddress(bytes);
    }
}
