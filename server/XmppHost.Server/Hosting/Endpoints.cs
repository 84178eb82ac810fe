using System.Globalization;
using XmppHost.Server.Settings;

namespace XmppHost.Server.Hosting;

/// <summary>The addresses that the server listens on, with every port known.</summary>
internal sealed record Endpoints(IReadOnlyList<ListenAddress> C2s, IReadOnlyList<ListenAddress> C2sDirectTls, IReadOnlyList<ListenAddress> Http, IReadOnlyList<ListenAddress> Https)
{
    internal IEnumerable<string> SocketPaths => C2s.Concat(C2sDirectTls).Concat(Http).Concat(Https).Select(a => a.SocketPath).OfType<string>();

    internal static Endpoints Of(EndpointsOptions options) => new(Known(options.C2s), Known(options.C2sDirectTls), Known(options.Http), Known(options.Https));

    /// <summary>What clients are told where config gives no <c>publicUrl</c>: the host's name at the first HTTPS port, or HTTP for want of one.</summary>
    internal Uri? PublicUrl(string host)
    {
        var https = Https.FirstOrDefault(a => a.SocketPath is null);
        if ((https ?? Http.FirstOrDefault(a => a.SocketPath is null)) is not { } address) return null;
        var name = Uri.CheckHostName(host) == UriHostNameType.IPv6 ? $"[{host.Trim('[', ']')}]" : new IdnMapping().GetAscii(host);
        return new UriBuilder(https is null ? "http" : "https", name, address.Port).Uri;
    }

    private static ListenAddress[] Known(EndpointOptions options) => [.. options.Addresses.Select(a => a.WithPort())];
}
