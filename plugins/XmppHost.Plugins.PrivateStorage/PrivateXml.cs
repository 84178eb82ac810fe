using XmppHost.Stanzas;
using XmppHost.Xml;

namespace XmppHost.Plugins.PrivateStorage;

internal static class PrivateXml
{
    internal const string Namespace = "jabber:iq:private";

    internal static XmppElement Query(XmppElement content) => new XmppElement("query", Namespace).Add(content);

    /// <summary>An element with a namespace of its own, which alone can be kept.</summary>
    internal static bool CanBeKept(XmppElement element) => element.Namespace is not ("" or Namespace or Ns.Client);

    /// <summary>What an element is kept under: elements of one namespace with different names are kept beside each other.</summary>
    internal static string Key(XmppElement element) => $"{{{element.Namespace}}}{element.Name}";
}
