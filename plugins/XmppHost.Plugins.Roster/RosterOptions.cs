using System.ComponentModel.DataAnnotations;

namespace XmppHost.Plugins.Roster;

internal sealed record RosterOptions
{
    /// <summary>Contacts in one roster, those included that wait for an answer.</summary>
    [Range(1, 100_000)]
    public int MaxContacts { get; init; } = 5000;

    /// <summary>Groups of one contact.</summary>
    [Range(0, 1000)]
    public int MaxGroups { get; init; } = 32;

    /// <summary>Characters of a contact's or a group's name.</summary>
    [Range(1, 1023)]
    public int MaxNameLength { get; init; } = 255;

    /// <summary>Subscription requests that wait for one account's answer; further ones are refused.</summary>
    [Range(1, 10_000)]
    public int MaxRequests { get; init; } = 200;

    /// <summary>How much of a subscription request is kept; of a longer one only the sender.</summary>
    public ByteSize MaxRequestSize { get; init; } = new(4096);

    /// <summary>Removed contacts that are remembered, so that a client that was away is told of each instead of getting the whole roster again.</summary>
    [Range(0, 10_000)]
    public int RememberRemoved { get; init; } = 100;

    /// <summary>Addresses to which one session may send directed presence.</summary>
    [Range(1, 100_000)]
    public int MaxDirected { get; init; } = 1000;

    /// <summary>Rosters held in memory.</summary>
    [Range(1, 10_000_000)]
    public int CachedRosters { get; init; } = 20_000;
}
