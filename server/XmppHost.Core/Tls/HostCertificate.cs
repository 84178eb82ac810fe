using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace XmppHost.Core.Tls;

/// <summary>One host's certificate, ready for handshakes. The context is made once: building it anew costs as much as a handshake, and sessions resume only within one.</summary>
internal sealed class HostCertificate
{
    private static readonly SslApplicationProtocol XmppClient = new("xmpp-client");

    internal HostCertificate(X509Certificate2 certificate, X509Certificate2Collection chain)
    {
        Certificate = certificate;
        var context = SslStreamCertificateContext.Create(certificate, chain, offline: true);
        StartTls = Options(context, null);
        // XEP-0368 section 3.
        DirectTls = Options(context, [XmppClient]);
        Https = Options(context, [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11]);
    }

    internal X509Certificate2 Certificate { get; }

    internal SslServerAuthenticationOptions StartTls { get; }

    internal SslServerAuthenticationOptions DirectTls { get; }

    internal SslServerAuthenticationOptions Https { get; }

    // RFC 7590 section 3, RFC 9325: nothing older than TLS 1.2.
    private static SslServerAuthenticationOptions Options(SslStreamCertificateContext context, List<SslApplicationProtocol>? protocols) => new()
    {
        ServerCertificateContext = context,
        ApplicationProtocols = protocols,
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        AllowRenegotiation = false,
        AllowTlsResume = true,
    };
}
