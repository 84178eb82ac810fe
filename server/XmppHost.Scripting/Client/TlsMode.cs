namespace XmppHost.Scripting;

/// <summary>How a client's connection is secured.</summary>
public enum TlsMode
{
    /// <summary>STARTTLS (RFC 6120 section 5); a server that does not offer it fails the login.</summary>
    StartTls,

    /// <summary>TLS from the first byte, with the ALPN protocol <c>xmpp-client</c> (XEP-0368).</summary>
    Direct,

    /// <summary>No TLS at all, even where it is offered.</summary>
    None,
}
