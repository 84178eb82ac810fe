namespace XmppHost.Handlers;

/// <summary>Whom an IQ may be addressed to for a handler to see it; to anyone else it is answered <c>service-unavailable</c>.</summary>
[Flags]
public enum IqTarget
{
    /// <summary>The virtual host itself (or the service of <see cref="IqKey.Service"/>).</summary>
    Host = 1,

    /// <summary>No <c>to</c>, or the sender's own bare JID (RFC 6120 section 10.3.3).</summary>
    OwnAccount = 2,

    /// <summary>Another local account's bare JID: the handler answers on behalf of that account and must decide who may ask.</summary>
    OtherAccount = 4,
}
