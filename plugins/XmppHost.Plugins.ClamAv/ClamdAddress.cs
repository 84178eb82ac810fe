using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace XmppHost.Plugins.ClamAv;

/// <param name="Host">A name or an address; a path when <paramref name="Port"/> is 0.</param>
/// <param name="Port">0 for a Unix socket.</param>
internal sealed record ClamdAddress(string Host, int Port)
{
    internal static bool TryParse(string text, [NotNullWhen(true)] out ClamdAddress? address)
    {
        address = null;
        if (text.StartsWith("unix:", StringComparison.Ordinal))
        {
            if (Path.IsPathRooted(text[5..])) address = new ClamdAddress(text[5..], 0);
            return address is not null;
        }

        var colon = text.LastIndexOf(':');
        if (colon <= 0 || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is 0 or > IPEndPoint.MaxPort) return false;
        var host = text[..colon].TrimStart('[').TrimEnd(']');
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown) return false;
        address = new ClamdAddress(host, port);
        return true;
    }

    /// <summary>A connected socket.</summary>
    internal async ValueTask<Socket> ConnectAsync(CancellationToken ct)
    {
        var socket = Port == 0 ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) : new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (Port == 0) await socket.ConnectAsync(new UnixDomainSocketEndPoint(Host), ct).ConfigureAwait(false);
            else await socket.ConnectAsync(Host, Port, ct).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public override string ToString() => Port == 0 ? $"unix:{Host}" : $"{Host}:{Port.ToString(CultureInfo.InvariantCulture)}";
}
