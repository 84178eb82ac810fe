using System.Globalization;
using XmppHost.Server.Settings;

namespace XmppHost.Server.Hosting;

/// <summary>The addresses that the server listens on, with every port known.</summary>
internal sealed record Endpoints(IReadOnlyList<ListenAddress> C2s, IReadOnlyList<ListenAddress> C2sDirectTls, IReadOnlyList<ListenAddress> Http, IReadOnlyList<ListenAddress> Https)
{
    /// <summary>Where metrics are scraped.</summary>
    internal IReadOnlyList<ListenAddress> Metrics { get; private init; } = [];

    internal IEnumerable<string> SocketPaths => C2s.Concat(C2sDirectTls).Concat(Http).Concat(Https).Concat(Metrics).Select(a => a.SocketPath).OfType<string>();

    internal static Endpoints Of(ServerSettings settings) => Of(settings.Endpoints) with { Metrics = Known(settings.Metrics) };

    internal static Endpoints Of(EndpointsOptions options) => new(Known(options.C2s), Known(options.C2sDirectTls), Known(options.Http), Known(options.Https));

    /// <summary>What clients are told where config gives no <c>publicUrl</c>: the host's name at the first HTTPS port, or HTTP for want of one.</summary>
    internal Uri? PublicUrl(string host)
    {
        var https = Https.FirstOrDefault(a => a.SocketPath is null);
        if ((https ?? Http.FirstOrDefault(a => a.SocketPath is null)) is not { } address) return null;
        var name = Uri.CheckHostName(host) == UriHostNameType.IPv6 ? $"[{host.Trim('[', ']')}]" : new IdnMapping().GetAscii(host);
        return new UriBuilder(https is null ? "http" : "https", name, address.Port).Uri;
    }

    private static ListenAddress[] Known(EndpointOptions options) => Known(options.Addresses);

    private static ListenAddress[] Known(MetricsOptions options) => options.Enabled ? Known(options.Addresses) : [];

    private static ListenAddress[] Known(IEnumerable<ListenAddress> addresses) => [.. addresses.Select(a => a.WithPort())];
}
