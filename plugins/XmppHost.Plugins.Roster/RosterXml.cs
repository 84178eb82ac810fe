using System.Globalization;
using XmppHost.Addressing;
using XmppHost.Hosting;
using XmppHost.Plugins.Roster.Subscriptions;
using XmppHost.Stanzas;
using XmppHost.Xml;

namespace XmppHost.Plugins.Roster;

/// <summary>Roster items as clients see them (RFC 6121 section 2.1) and as they are stored.</summary>
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

    /// <summary>As an item with what clients are not shown: the version, and a request that waits.</summary>
    internal static string Store(RosterEntry entry) =>
        Item(entry)
            .With("ver", VersionText(entry.Version))
            .With("unlisted", entry.Listed ? null : "true")
            .With("requested", entry.State.PendingIn ? "true" : null)
            .Add(entry.Request)
            .ToString();

    internal static string StoreRemoved(Jid contact, long version) => RemovedItem(contact).With("ver", VersionText(version)).ToString();

    /// <summary>What <see cref="Store"/> or <see cref="StoreRemoved"/> wrote; a null entry for the latter.</summary>
    internal static (Jid Contact, RosterEntry? Entry, long Version) Load(string stored)
    {
        var item = XmppStreamReader.Parse(stored);
        var contact = Jid.Parse(item.Attribute("jid")!);
        var version = ReadVersion(item.Attribute("ver")!);
        if (item.Attribute("subscription") == "remove") return (contact, null, version);
        var entry = new RosterEntry(contact)
        {
            Name = item.Attribute("name"),
            Groups = Groups(item),
            State = new SubscriptionState(Subscription(item.Attribute("subscription")), item.Attribute("ask") is not null, item.Attribute("requested") is not null),
            Approved = item.Attribute("approved") is not null,
            Listed = item.Attribute("unlisted") is null,
            Request = item.Element("presence", Ns.Client),
            Version = version,
        };
        return (contact, entry, version);
    }

    internal static string[] Groups(XmppElement item) => [.. item.Elements().Where(e => e.Is("group", Ns.Roster)).Select(e => e.Text)];

    private static string Name(RosterSubscription subscription) => subscription switch
    {
        RosterSubscription.To => "to",
        RosterSubscription.From => "from",
        RosterSubscription.Both => "both",
        _ => "none",
    };

    private static RosterSubscription Subscription(string? name) => name switch
    {
        "to" => RosterSubscription.To,
        "from" => RosterSubscription.From,
        "both" => RosterSubscription.Both,
        _ => RosterSubscription.None,
    };
}
