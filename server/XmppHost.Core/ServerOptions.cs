using System.ComponentModel.DataAnnotations;
using XmppHost.Plugins;

namespace XmppHost.Core;

/// <summary>Config section <c>limits</c>: what one connection may cost. Sizes in bytes.</summary>
public sealed record LimitOptions
{
    /// <summary>The largest stanza, in bytes on the wire; at least 10,000 (RFC 6120 section 13.12).</summary>
    public ByteSize MaxStanzaSize { get; init; } = new(262_144);

    [Range(4, 1024)]
    public int MaxDepth { get; init; } = 64;

    [Range(8, 1024)]
    public int MaxAttributes { get; init; } = 64;

    /// <summary>How long a client may take to log in and bind.</summary>
    public TimeSpan LoginTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How much a client may send before it is logged in, TLS records not counted.</summary>
    public ByteSize LoginBytes { get; init; } = new(65_536);

    [Range(1, 1_000_000)]
    public int ConnectionsPerAddress { get; init; } = 500;

    [Range(1, 10_000)]
    public int SessionsPerAccount { get; init; } = 30;

    /// <summary>What may wait for a client that reads slowly; beyond it the connection is given up. Room for a few of the largest stanzas, and for a portion of what waited offline.</summary>
    [Range(typeof(ByteSize), "1 MiB", "1 GiB")]
    public ByteSize OutboxSize { get; init; } = new(8 * 1024 * 1024);

    /// <summary>Bytes per second a client may send in the long run; it is read more slowly beyond that.</summary>
    public ByteSize Rate { get; init; } = new(1024 * 1024);

    /// <summary>How much a client may send at once before <see cref="Rate"/> slows it.</summary>
    public ByteSize Burst { get; init; } = new(4 * 1024 * 1024);

    /// <summary>After this silence the client is asked whether it is there.</summary>
    public TimeSpan IdlePing { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long it has to answer.</summary>
    public TimeSpan PingTimeout { get; init; } = TimeSpan.FromMinutes(2);
}

/// <summary>What the core needs from config beside the hosts.</summary>
public sealed record ServerOptions(LimitOptions Limits);
