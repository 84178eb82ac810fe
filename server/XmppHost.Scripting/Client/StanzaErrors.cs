using XmppHost.Xml;

namespace XmppHost.Scripting;

/// <summary>Finds the defined condition in the three shapes of errors: stream errors, SASL failures and stanzas of type error.</summary>
internal static class StanzaErrors
{
    private const string Streams = "urn:ietf:params:xml:ns:xmpp-streams";
    private const string Stanzas = "urn:ietf:params:xml:ns:xmpp-stanzas";

    public static string? ConditionOf(XmppElement element)
    {
        var (holder, ns) = element switch
        {
            { Name: "error", Namespace: XmlNs.Streams } => (element, Streams),
            { Name: "failure" } => (element, element.Namespace),
            _ => (element.Element("error", element.Namespace), Stanzas),
        };
        return holder?.Elements().FirstOrDefault(e => e.Name != "text" && e.Namespace == ns)?.Name
            ?? holder?.Elements().FirstOrDefault(e => e.Name != "text")?.Name;
    }
}
