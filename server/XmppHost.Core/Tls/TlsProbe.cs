using System.IO.Pipelines;
using System.Net.Security;
using Microsoft.Extensions.Logging;
using XmppHost.Core.Streams;

namespace XmppHost.Core.Tls;

/// <summary>Finds out once, with a handshake between two streams of its own, whether <see cref="OpenSslAccess"/> does what it should.</summary>
internal sealed partial class TlsProbe
{
    private readonly Lazy<Task<OpenSslAccess?>> _result;
    private readonly ILogger<TlsProbe> _logger;

    internal TlsProbe(CertificateStore certificates, ILogger<TlsProbe> logger)
    {
        _logger = logger;
        _result = new Lazy<Task<OpenSslAccess?>>(() => Task.Run(() => RunAsync(certificates.For(null))));
    }

    /// <summary>Null where it is not usable, which costs memory and the channel binding <c>tls-exporter</c> and nothing else. Runs at the first call.</summary>
    internal Task<OpenSslAccess?> GetAsync() => _result.Value;

    private async Task<OpenSslAccess?> RunAsync(HostCertificate certificate)
    {
        try
        {
            var access = await TryAsync(certificate).ConfigureAwait(false);
            if (access is null) NotUsable("this .NET or OpenSSL is built differently");
            return access;
        }
        catch (Exception e)
        {
            NotUsable(e.Message);
            return null;
        }
    }

    private static async Task<OpenSslAccess?> TryAsync(HostCertificate certificate)
    {
        var (toServer, toClient) = (new Pipe(), new Pipe());
        await using var server = new SslStream(new DuplexPipeStream(new Duplex(toServer.Reader, toClient.Writer)));
        await using var client = new SslStream(new DuplexPipeStream(new Duplex(toClient.Reader, toServer.Writer)));
        var options = new SslClientAuthenticationOptions { TargetHost = "probe.invalid", RemoteCertificateValidationCallback = (_, presented, _, _) => IsSame(presented, certificate) };
        await Task.WhenAll(server.AuthenticateAsServerAsync(certificate.StartTls), client.AuthenticateAsClientAsync(options)).ConfigureAwait(false);
        if (OpenSslAccess.TryFind() is not { } access) return null;

        access.ReleaseBuffers(server);
        await server.WriteAsync("ping"u8.ToArray()).ConfigureAwait(false);
        var received = new byte[4];
        await client.ReadExactlyAsync(received).ConfigureAwait(false);
        var (ours, theirs) = (access.Export(server), access.Export(client));
        return ours is not null && theirs is not null && ours.AsSpan().SequenceEqual(theirs) && ours.AsSpan().ContainsAnyExcept((byte)0) && received.AsSpan().SequenceEqual("ping"u8)
            ? access
            : null;
    }

    private static bool IsSame(System.Security.Cryptography.X509Certificates.X509Certificate? presented, HostCertificate ours) =>
        presented is not null && presented.Equals(ours.Certificate);

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    [LoggerMessage(Level = LogLevel.Warning, Message = "TLS works without release of idle buffers and without tls-exporter: {Problem}")]
    private partial void NotUsable(string problem);
}
