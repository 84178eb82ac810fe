using System.Net.Security;

namespace XmppHost.Core.Streams;

/// <summary>Certificates for streams.</summary>
internal interface ITlsContexts
{
    /// <summary>Options for one handshake: the certificate of the SNI name, else of <paramref name="fallbackHost"/>. Direct TLS speaks ALPN <c>xmpp-client</c> (XEP-0368).</summary>
    SslServerAuthenticationOptions Select(string? serverName, string? fallbackHost, bool directTls);
}
