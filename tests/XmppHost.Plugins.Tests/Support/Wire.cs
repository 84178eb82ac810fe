using XmppHost.Stanzas;
using XmppHost.Xml;

namespace XmppHost.Plugins.Tests.Support;

/// <summary>Stanzas to and from the text that a test reads best: single quotes, attributes in order of name, no declaration of the stanza namespace.</summary>
internal static class Wire
{
    public static Stanza Stanza(string xml) => Stanzas.Stanza.TryCreate(Element(xml)) ?? throw new ArgumentException($"not a stanza: {xml}", nameof(xml));

    public static XmppElement Element(string xml) => XmppStreamReader.Parse(xml, Ns.Client);

    public static string Text(Stanza stanza) => Text(stanza.Element);

    public static string Text(XmppElement element) => Text(element, Ns.Client);

    /// <summary>The same XML as <see cref="Text(XmppElement)"/> would write it, whatever the order of its attributes.</summary>
    public static string Normal(string xml) => Text(Element(xml));

    private static string Text(XmppElement element, string inherited)
    {
        var xmlns = element.Namespace == inherited ? "" : $" xmlns='{element.Namespace}'";
        var attributes = string.Concat(element.Attributes.ToArray()
            .Select(a => $" {(a.Namespace == XmlNs.Xml ? "xml:" : "")}{a.Name}='{Escape(a.Value)}'")
            .Order(StringComparer.Ordinal));
        var content = new System.Text.StringBuilder();
        foreach (var node in element.Nodes) content.Append(node.Element is { } child ? Text(child, element.Namespace) : Escape(node.Text!));
        return content.Length == 0
            ? $"<{element.Name}{xmlns}{attributes}/>"
            : $"<{element.Name}{xmlns}{attributes}>{content}</{element.Name}>";
    }

    private static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace("'", "&apos;");
}
