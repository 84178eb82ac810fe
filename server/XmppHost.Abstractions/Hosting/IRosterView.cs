using XmppHost.Addressing;

namespace XmppHost.Hosting;

/// <summary>What other plugins may ask about rosters. Absent (resolve it as optional) where the Roster plugin is off.</summary>
public interface IRosterView
{
    /// <summary>The subscription between a local account and a contact, both bare.</summary>
    ValueTask<RosterSubscription> SubscriptionAsync(Jid account, Jid contact, CancellationToken ct = default);

    /// <summary>The account's contacts with their subscription; bare JIDs.</summary>
    ValueTask<IReadOnlyList<RosterContact>> ContactsAsync(Jid account, CancellationToken ct = default);

    /// <summary>Whether a session sent a directed available presence to this JID and has not withdrawn it (RFC 6121 section 4.6).</summary>
    bool HasDirectedPresence(ISession session, Jid to);
}

/// <summary>RFC 6121 section 2.1.2.5, from the account's point of view; <see cref="From"/>: the contact gets the account's presence.</summary>
[Flags]
public enum RosterSubscription
{
    None = 0,
    To = 1,
    From = 2,
    Both = To | From,
}

public sealed record RosterContact(Jid Jid, string? Name, RosterSubscription Subscription, IReadOnlyList<string> Groups);
