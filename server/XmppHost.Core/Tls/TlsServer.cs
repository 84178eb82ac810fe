using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using XmppHost.Core.Streams;
using XmppHost.Core.Streams.Sasl;
using XmppHost.Plugins;

namespace XmppHost.Core.Tls;

/// <summary>The server's side of TLS: which certificate, and what to do once the handshake is over.</summary>
[Xep(368, "1.1.0")]
internal sealed class TlsServer(CertificateStore certificates, TlsProbe probe) : ITlsContexts
{
    public SslServerAuthenticationOptions Select(string? serverName, string? fallbackHost, bool directTls)
    {
        var certificate = certificates.For(serverName, fallbackHost);
        return directTls ? certificate.DirectTls : certificate.StartTls;
    }

    public async ValueTask<ChannelBindings> SecuredAsync(SslStream stream)
    {
        var access = await probe.GetAsync().ConfigureAwait(false);
        access?.ReleaseBuffers(stream);
        var endPoint = stream.LocalCertificate is X509Certificate2 certificate ? EndPointBinding.Of(certificate) : null;
        return access is not null && access.CanExport(stream)
            ? new ChannelBindings(endPoint, () => access.Export(stream), () => access.FirstFinished(stream))
            : new ChannelBindings(endPoint, null);
    }

    /// <summary>For Kestrel's HTTPS endpoints.</summary>
    internal SslServerAuthenticationOptions ForHttps(string? serverName) => certificates.For(serverName).Https;
}
