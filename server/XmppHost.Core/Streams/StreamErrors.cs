using XmppHost.Stanzas;
using XmppHost.Xml;

namespace XmppHost.Core.Streams;

internal static class StreamErrors
{
    /// <summary>RFC 6120 section 4.9.3 for what the reader refuses.</summary>
    internal static StreamError Of(XmppReadError error) => error switch
    {
        XmppReadError.RestrictedXml => StreamError.RestrictedXml,
        XmppReadError.UnsupportedEncoding => StreamError.UnsupportedEncoding,
        XmppReadError.BadFormat => StreamError.BadFormat,
        XmppReadError.TooBig => StreamError.PolicyViolation with { Application = new XmppElement("stanza-too-big", "urn:xmpp:errors") },
        _ => StreamError.NotWellFormed,
    };
}
