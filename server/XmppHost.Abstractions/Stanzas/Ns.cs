using XmppHost.Xml;

namespace XmppHost.Stanzas;

/// <summary>Namespaces that more than one assembly speaks. A plugin's own stand in its own folder.</summary>
public static class Ns
{
    public const string Client = XmlNs.Client;
    public const string Streams = XmlNs.Streams;
    public const string StreamErrors = "urn:ietf:params:xml:ns:xmpp-streams";
    public const string StanzaErrors = "urn:ietf:params:xml:ns:xmpp-stanzas";
    public const string Tls = "urn:ietf:params:xml:ns:xmpp-tls";
    public const string Sasl = "urn:ietf:params:xml:ns:xmpp-sasl";
    public const string Bind = "urn:ietf:params:xml:ns:xmpp-bind";
    public const string Session = "urn:ietf:params:xml:ns:xmpp-session";
    public const string Roster = "jabber:iq:roster";
    public const string DiscoInfo = "http://jabber.org/protocol/disco#info";
    public const string DiscoItems = "http://jabber.org/protocol/disco#items";
    public const string Caps = "http://jabber.org/protocol/caps";
    public const string DataForms = "jabber:x:data";
    public const string Commands = "http://jabber.org/protocol/commands";
    public const string Delay = "urn:xmpp:delay";
    public const string StreamManagement = "urn:xmpp:sm:3";
    public const string StanzaId = "urn:xmpp:sid:0";
    public const string Hints = "urn:xmpp:hints";
    public const string Carbons = "urn:xmpp:carbons:2";
}
