using System.Globalization;
using XmppHost.Addressing;
using XmppHost.Hosting;
using XmppHost.Stanzas;
using XmppHost.Xml;

namespace XmppHost.Plugins.Roster;

/// <summary>Roster items as clients see them (RFC 6121 section 2.1).</summary>
internal static class RosterXml
{
    internal static XmppElement Query(string? version, params IEnumerable<XmppElement> items) =>
        new XmppElement("query", Ns.Roster).With("ver", version).Add(items);

    internal static string VersionText(long version) => version.ToString(CultureInfo.InvariantCulture);

    /// <summary>A version as this server wrote it, or -1.</summary>
    internal static long ReadVersion(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : -1;

    internal static XmppElement Item(RosterEntry entry) =>
        new XmppElement("item", Ns.Roster)
            .With("jid", entry.Jid.ToString())
            .With("name", entry.Name)
            .With("subscription", Name(entry.State.Subscription))
            .With("ask", entry.State.PendingOut ? "subscribe" : null)
            .With("approved", entry.Approved ? "true" : null)
            .Add(entry.Groups.Select(group => new XmppElement("group", Ns.Roster).Add(group)));

    internal static XmppElement RemovedItem(Jid contact) =>
        new XmppElement("item", Ns.Roster).With("jid", contact.ToString()).With("subscription", "remove");

    internal static string[] Groups(XmppElement item) => [.. item.Elements().Where(e => e.Is("group", Ns.Roster)).Select(e => e.Text)];

    internal static string Name(RosterSubscription subscription) => subscription switch
    {
        RosterSubscription.To => "to",
        RosterSubscription.From => "from",
        RosterSubscription.Both => "both",
        _ => "none",
    };

    internal static RosterSubscription Subscription(string? name) => name switch
    {
        "to" => RosterSubscription.To,
        "from" => RosterSubscription.From,
        "both" => RosterSubscription.Both,
        _ => RosterSubscription.None,
    };
}
