using System.Net;
using Microsoft.Extensions.Logging;

namespace XmppHost.Testing;

/// <summary>What a test needs the server in memory to be.</summary>
/// <param name="Config">The text of the config file.</param>
public sealed record XmppTestServerOptions(string Config)
{
    /// <summary>Further <c>path=value</c> overrides, before the config.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>The server's time.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where clients come from, as the server sees it.</summary>
    public IPAddress ClientAddress { get; init; } = IPAddress.Loopback;

    /// <summary>Clients negotiate STARTTLS and the server asks for it, as on a real port.</summary>
    public bool Tls { get; init; }

    /// <summary>The least that <see cref="XmppTestServer.Log"/> keeps.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;
}
