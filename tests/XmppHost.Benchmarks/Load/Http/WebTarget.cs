using System.Net;
using XmppHost.Benchmarks.Load.Net;

namespace XmppHost.Benchmarks.Load.Http;

/// <summary>Where requests go, whatever host the URLs name.</summary>
internal sealed class WebTarget : IDisposable
{
    private WebTarget(IPEndPoint endPoint, TlsContext? tls)
    {
        EndPoint = endPoint;
        Tls = tls;
    }

    public IPEndPoint EndPoint { get; }

    /// <summary>Null for plain HTTP.</summary>
    public TlsContext? Tls { get; }

    /// <summary>The endpoint of the options, else the one that the URL names.</summary>
    public static WebTarget Of(LoadOptions options, UploadPlace place)
    {
        var name = place.PutAuthority.Split(':')[0];
        var isTls = options.Web is null ? place.IsHttps : options.WebTls;
        return new WebTarget(options.Web ?? Named(place.PutAuthority, isTls), isTls ? new TlsContext(name, null) : null);
    }

    public void Dispose() => Tls?.Dispose();

    private static IPEndPoint Named(string authority, bool tls)
    {
        var text = authority.StartsWith("localhost", StringComparison.Ordinal) ? "127.0.0.1" + authority["localhost".Length..] : authority;
        if (!IPEndPoint.TryParse(text, out var point)) throw new InvalidDataException($"Say with --web which loopback address stands for {authority}.");
        return point.Port == 0 ? new IPEndPoint(point.Address, tls ? 443 : 80) : point;
    }
}
