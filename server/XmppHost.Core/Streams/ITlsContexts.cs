using System.Net.Security;
using XmppHost.Core.Streams.Sasl;

namespace XmppHost.Core.Streams;

/// <summary>Certificates for streams.</summary>
internal interface ITlsContexts
{
    /// <summary>Options for one handshake: the certificate of the SNI name, else of <paramref name="fallbackHost"/>. Direct TLS speaks ALPN <c>xmpp-client</c> (XEP-0368).</summary>
    SslServerAuthenticationOptions Select(string? serverName, string? fallbackHost, bool directTls);

    /// <summary>To be called after each handshake: makes the stream cheap to keep, and gives what SASL can bind to.</summary>
    ValueTask<ChannelBindings> SecuredAsync(SslStream stream);
}
