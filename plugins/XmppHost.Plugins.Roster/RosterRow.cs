using XmppHost.Addressing;
using XmppHost.Hosting;
using XmppHost.Plugins.Roster.Subscriptions;
using XmppHost.Stanzas;
using XmppHost.Xml;

namespace XmppHost.Plugins.Roster;

/// <summary>
/// A contact as it is stored: version, subscription, flags, name, waiting request, groups. Fields end with U+001F, which XML does not allow in any of them; reading thousands of these at a
/// login takes a fraction of what reading XML would.
/// </summary>
internal static class RosterRow
{
    private const char Separator = '\u001f';
    private const string Removed = "removed";

    internal static string Write(RosterEntry entry)
    {
        var flags = (entry.State.PendingOut ? "o" : "") + (entry.State.PendingIn ? "i" : "") + (entry.Approved ? "a" : "") + (entry.Listed ? "" : "u");
        return string.Join(Separator, [RosterXml.VersionText(entry.Version), RosterXml.Name(entry.State.Subscription), flags, entry.Name ?? "", entry.Request?.ToString() ?? "", .. entry.Groups]);
    }

    internal static string WriteRemoved(long version) => RosterXml.VersionText(version) + Separator + Removed;

    /// <summary>A null entry for a contact that was removed. <paramref name="known"/> shares the groups' names, of which a roster has few.</summary>
    internal static (RosterEntry? Entry, long Version) Read(Jid contact, string row, Dictionary<string, string> known)
    {
        var fields = row.Split(Separator);
        var version = RosterXml.ReadVersion(fields[0]);
        if (fields[1] == Removed) return (null, version);
        var flags = fields[2];
        var entry = new RosterEntry(contact)
        {
            Version = version,
            State = new SubscriptionState(RosterXml.Subscription(fields[1]), flags.Contains('o', StringComparison.Ordinal), flags.Contains('i', StringComparison.Ordinal)),
            Approved = flags.Contains('a', StringComparison.Ordinal),
            Listed = !flags.Contains('u', StringComparison.Ordinal),
            Name = fields[3].Length == 0 ? null : fields[3],
            Request = fields[4].Length == 0 ? null : XmppStreamReader.Parse(fields[4], Ns.Client),
            Groups = fields.Length == 5 ? [] : [.. fields.Skip(5).Select(group => Shared(group, known))],
        };
        return (entry, version);
    }

    private static string Shared(string group, Dictionary<string, string> known)
    {
        if (known.TryGetValue(group, out var same)) return same;
        known[group] = group;
        return group;
    }
}
