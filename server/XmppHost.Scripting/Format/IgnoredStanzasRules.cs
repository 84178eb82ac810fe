using XmppHost.Xml;

namespace XmppHost.Scripting;

/// <summary>Applies <see cref="IgnoredStanzas"/>.</summary>
internal static class IgnoredStanzasRules
{
    public static bool Covers(this IgnoredStanzas ignored, XmppElement stanza) => stanza switch
    {
        { Name: "presence", Namespace: XmlNs.Client } => ignored.HasFlag(IgnoredStanzas.Presence),
        { Name: "message", Namespace: XmlNs.Client } => ignored.HasFlag(IgnoredStanzas.Messages),
        { Name: "r" or "a", Namespace: "urn:xmpp:sm:3" } => ignored.HasFlag(IgnoredStanzas.Acks),
        { Name: "iq", Namespace: XmlNs.Client } => ignored.HasFlag(IgnoredStanzas.RosterPushes) && stanza.Attribute("type") == "set" && stanza.Element("query", "jabber:iq:roster") is not null,
        _ => false,
    };
}
