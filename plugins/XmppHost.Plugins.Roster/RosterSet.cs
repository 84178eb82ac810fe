using XmppHost.Addressing;
using XmppHost.Handlers;
using XmppHost.Stanzas;
using XmppHost.Xml;

namespace XmppHost.Plugins.Roster;

/// <summary>A checked roster set: the one item that it asks to add, change or remove.</summary>
internal sealed record RosterSet(Jid Contact, bool Remove, string? Name, string[] Groups)
{
    /// <summary>Reads it, or says what is wrong with it (RFC 6121 sections 2.3.3 and 2.5.3).</summary>
    internal static (RosterSet? Set, StanzaError? Error) Read(IqRequest request, RosterOptions options)
    {
        XmppElement[] items = [.. request.Payload.Elements().Where(e => e.Is("item", Ns.Roster))];
        if (items is not [var item]) return (null, StanzaError.BadRequest("a roster set has exactly one item"));
        if (item.Attribute("jid") is not { } address) return (null, StanzaError.BadRequest("the item has no jid"));
        if (Jid.TryParse(address)?.Bare is not { } contact) return (null, StanzaError.JidMalformed());
        if (contact == request.From.Bare) return (null, StanzaError.NotAllowed("an account is not its own contact"));

        var set = new RosterSet(contact, item.Attribute("subscription") == "remove", item.Attribute("name") is { Length: > 0 } name ? name : null, RosterXml.Groups(item));
        return set.Remove || set.Problem(options) is not { } problem ? (set, null) : (null, problem);
    }

    private StanzaError? Problem(RosterOptions options)
    {
        if (Name?.Length > options.MaxNameLength) return StanzaError.NotAcceptable($"a name has at most {options.MaxNameLength} characters");
        if (Groups.Length > options.MaxGroups) return StanzaError.NotAcceptable($"a contact is in at most {options.MaxGroups} groups");
        if (Groups.Any(g => g.Length == 0)) return StanzaError.NotAcceptable("a group has a name");
        if (Groups.Any(g => g.Length > options.MaxNameLength)) return StanzaError.NotAcceptable($"a group's name has at most {options.MaxNameLength} characters");
        return Groups.Distinct(StringComparer.Ordinal).Count() < Groups.Length ? StanzaError.BadRequest("a group stands there twice") : null;
    }
}
