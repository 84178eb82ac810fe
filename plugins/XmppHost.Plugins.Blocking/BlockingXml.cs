using XmppHost.Addressing;
using XmppHost.Stanzas;
using XmppHost.Xml;

namespace XmppHost.Plugins.Blocking;

internal static class BlockingXml
{
    internal const string Namespace = "urn:xmpp:blocking";

    private static readonly XmppElement Blocked = new("blocked", "urn:xmpp:blocking:errors");

    internal static XmppElement List(string name, IEnumerable<Jid> items) =>
        new XmppElement(name, Namespace).Add(items.Select(jid => new XmppElement("item", Namespace).With("jid", jid.ToString())));

    /// <summary>The addresses of a command's items, each once, or what is wrong with them.</summary>
    internal static (IReadOnlyList<Jid> Items, StanzaError? Error) ReadItems(XmppElement command)
    {
        var items = new List<Jid>();
        foreach (var item in command.Elements())
        {
            if (!item.Is("item", Namespace)) continue;
            if (item.Attribute("jid") is not { } address) return ([], StanzaError.BadRequest("an item has no jid"));
            if (Jid.TryParse(address) is not { } jid) return ([], StanzaError.JidMalformed());
            items.Add(jid);
        }

        return ([.. items.Distinct()], null);
    }

    /// <summary>Section 3.3: the sender itself has blocked the address. Of type cancel, as the example has it.</summary>
    internal static StanzaError BlockedBySender { get; } = new(StanzaErrorType.Cancel, "not-acceptable", null, Blocked);
}
