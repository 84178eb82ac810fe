namespace XmppHost.Plugins.Archive;

internal static class ArchiveXml
{
    internal const string Namespace = "urn:xmpp:mam:2";
    internal const string Extended = "urn:xmpp:mam:2#extended";
    internal const string GroupchatField = "urn:xmpp:mam:2#groupchat-field";
    internal const string Rsm = "http://jabber.org/protocol/rsm";
}
