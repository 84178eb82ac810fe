using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace XmppHost.Core.Tls;

/// <summary>
/// One host's certificate, ready for handshakes. The context is made once: building it anew costs as much as a handshake, and sessions resume only within one.
/// It is made at the first handshake, since it looks through all the roots that the system trusts, and the start has no time for that.
/// </summary>
internal sealed class HostCertificate
{
    private static readonly SslApplicationProtocol XmppClient = new("xmpp-client");

    private readonly Lazy<SslServerAuthenticationOptions> _startTls, _directTls, _https;

    internal HostCertificate(X509Certificate2 certificate, X509Certificate2Collection chain)
    {
        Certificate = certificate;
        var context = new Lazy<SslStreamCertificateContext>(() => SslStreamCertificateContext.Create(certificate, chain, offline: true));
        _startTls = new(() => Options(context.Value, null));
        // XEP-0368 section 3.
        _directTls = new(() => Options(context.Value, [XmppClient]));
        _https = new(() => Options(context.Value, [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11]));
    }

    internal X509Certificate2 Certificate { get; }

    internal SslServerAuthenticationOptions StartTls => _startTls.Value;

    internal SslServerAuthenticationOptions DirectTls => _directTls.Value;

    internal SslServerAuthenticationOptions Https => _https.Value;

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
