namespace XmppHost.Xml;

/// <summary>The namespaces that the stream layer itself knows.</summary>
public static class XmlNs
{
    public const string Xml = "http://www.w3.org/XML/1998/namespace";
    public const string Xmlns = "http://www.w3.org/2000/xmlns/";
    public const string Client = "jabber:client";
    public const string Server = "jabber:server";
    public const string Streams = "http://etherx.jabber.org/streams";
}
