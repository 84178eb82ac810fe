using XmppHost.Xml;

namespace XmppHost.Plugins.Profiles;

internal static class CardXml
{
    internal const string Namespace = "vcard-temp";

    internal static XmppElement Card(IEnumerable<KeyValuePair<string, string>> elements) =>
        new XmppElement("vCard", Namespace).Add(elements.Select(e => new XmppElement(e.Key, Namespace).Add(e.Value)));
}
