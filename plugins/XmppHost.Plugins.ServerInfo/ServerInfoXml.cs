namespace XmppHost.Plugins.ServerInfo;

internal static class ServerInfoXml
{
    internal const string Ping = "urn:xmpp:ping";
    internal const string Version = "jabber:iq:version";
    internal const string Time = "urn:xmpp:time";
    internal const string Last = "jabber:iq:last";
    internal const string ServerInfoForm = "http://jabber.org/network/serverinfo";
}
