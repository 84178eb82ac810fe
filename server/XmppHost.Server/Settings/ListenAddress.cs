using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace XmppHost.Server.Settings;

/// <summary>Where to listen, as config writes it: <c>*:5222</c>, <c>127.0.0.1:5222</c>, <c>[::1]:5222</c>, <c>localhost:5222</c> or <c>unix:/run/xmpphost.sock</c>.</summary>
/// <param name="Host">The address, or <c>*</c> for all of this machine; null for a Unix socket.</param>
/// <param name="Port">0 lets the system choose.</param>
/// <param name="SocketPath">The Unix socket.</param>
internal sealed record ListenAddress(string? Host, int Port, string? SocketPath = null)
{
    internal bool IsAny => Host is "*" or "[::]" or "0.0.0.0";

    internal static bool TryParse(string text, [NotNullWhen(true)] out ListenAddress? address)
    {
        address = null;
        if (text.StartsWith("unix:", StringComparison.Ordinal))
        {
            if (Path.IsPathRooted(text[5..])) address = new ListenAddress(null, 0, text[5..]);
            return address is not null;
        }

        var colon = text.LastIndexOf(':');
        if (colon <= 0 || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port > IPEndPoint.MaxPort) return false;
        var host = text[..colon];
        var isAddress = host.StartsWith('[') ? host.EndsWith(']') && IPAddress.TryParse(host[1..^1], out _) : IPAddress.TryParse(host, out var ip) && ip.AddressFamily == AddressFamily.InterNetwork;
        if (host is not ("*" or "localhost") && !isAddress) return false;
        address = new ListenAddress(host, port);
        return true;
    }

    /// <summary>With a port of its own where the system may choose: the URLs that name it are made before anything listens.</summary>
    internal ListenAddress WithPort()
    {
        if (Port != 0 || SocketPath is not null) return this;
        using var probe = new TcpListener(IsAny ? IPAddress.Any : ToIPAddress(), 0);
        probe.Start();
        return this with { Port = ((IPEndPoint)probe.LocalEndpoint).Port };
    }

    internal IPAddress ToIPAddress() => Host is "localhost" ? IPAddress.Loopback : IPAddress.Parse(Host!.Trim('[', ']'));

    public override string ToString() => SocketPath is null ? $"{Host}:{Port.ToString(CultureInfo.InvariantCulture)}" : $"unix:{SocketPath}";
}
