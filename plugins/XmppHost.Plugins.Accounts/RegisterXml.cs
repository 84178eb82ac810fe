using XmppHost.Stanzas;
using XmppHost.Xml;

namespace XmppHost.Plugins.Accounts;

/// <summary>The elements of XEP-0077.</summary>
internal static class RegisterXml
{
    internal const string Namespace = "jabber:iq:register";

    internal static XmppElement Feature { get; } = new("register", "http://jabber.org/features/iq-register");

    internal static XmppElement Form(string instructions) =>
        new XmppElement("query", Namespace)
            .Add(new XmppElement("instructions", Namespace).Add(instructions))
            .Add(new XmppElement("username", Namespace))
            .Add(new XmppElement("password", Namespace));

    internal static XmppElement Registered(string username) =>
        new XmppElement("query", Namespace)
            .Add(new XmppElement("registered", Namespace))
            .Add(new XmppElement("username", Namespace).Add(username));

    /// <summary>A field as the client filled it in: in a data form (section 4) or as an element; null when it is in neither.</summary>
    internal static string? Field(XmppElement query, string name) =>
        DataForm.TryParse(query.Element("x", Ns.DataForms))?.Value(name) ?? query.Element(name, Namespace)?.Text;

    internal static XmppElement Reply(XmppElement iq, string type) => new XmppElement("iq", Ns.Client).With("type", type).With("id", iq.Attribute("id"));
}
