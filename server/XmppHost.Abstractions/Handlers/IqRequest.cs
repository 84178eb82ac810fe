using XmppHost.Addressing;
using XmppHost.Hosting;
using XmppHost.Stanzas;
using XmppHost.Xml;

namespace XmppHost.Handlers;

/// <summary>An IQ get or set that reached its handler.</summary>
/// <param name="Stanza">The IQ; its <c>from</c> is stamped.</param>
/// <param name="Payload">Its one child element (RFC 6120 section 8.2.3).</param>
/// <param name="Host">The virtual host that answers.</param>
/// <param name="Session">The sender's session, or null when the sender is not connected to this server.</param>
public sealed record IqRequest(Stanza Stanza, XmppElement Payload, IVHost Host, ISession? Session)
{
    /// <summary>The sender's full JID.</summary>
    public Jid From => Stanza.From!;

    /// <summary>The account, host or service that is asked: the <c>to</c>, or the sender's bare JID where there was none.</summary>
    public Jid Target => Stanza.To ?? From.Bare;

    /// <summary>True when an account asks for its own data.</summary>
    public bool IsOwnAccount => Stanza.To is null || Stanza.To == From.Bare;
}
