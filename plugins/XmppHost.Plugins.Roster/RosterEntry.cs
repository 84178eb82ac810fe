using XmppHost.Addressing;
using XmppHost.Hosting;
using XmppHost.Plugins.Roster.Subscriptions;
using XmppHost.Xml;

namespace XmppHost.Plugins.Roster;

/// <summary>What an account's roster knows of one contact.</summary>
/// <param name="Jid">The contact, bare.</param>
internal sealed record RosterEntry(Jid Jid)
{
    public string? Name { get; init; }

    public IReadOnlyList<string> Groups { get; init; } = [];

    public SubscriptionState State { get; init; }

    /// <summary>A request of this contact is approved before it is made (RFC 6121 section 3.4).</summary>
    public bool Approved { get; init; }

    /// <summary>Clients are shown it. A contact of whom there is only a request is not in the roster (RFC 6121 appendix A.1, "None + Pending In").</summary>
    public bool Listed { get; init; }

    /// <summary>The request to deliver until it is answered, from and to bare JIDs.</summary>
    public XmppElement? Request { get; init; }

    /// <summary>The roster's version when clients were last shown a change of it.</summary>
    public long Version { get; init; }

    internal bool IsBlank => !Listed && State == default && !Approved;

    /// <summary>The entry after a subscription stanza; the account's own doing, or a granted request, lists it.</summary>
    internal RosterEntry After(SubscriptionStep step) => this with
    {
        State = step.State,
        Approved = step.Approved,
        Listed = Listed || step.Approved || step.State.PendingOut || step.State.Subscription != RosterSubscription.None,
        Request = step.State.PendingIn ? Request : null,
    };

    /// <summary>Clients would see no difference between the two.</summary>
    internal bool LooksLike(RosterEntry other) =>
        Listed == other.Listed && Approved == other.Approved && State.Subscription == other.State.Subscription && State.PendingOut == other.State.PendingOut
        && Name == other.Name && Groups.SequenceEqual(other.Groups);
}
