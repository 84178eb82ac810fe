namespace XmppHost.Plugins.Roster.Subscriptions;

/// <summary>What becomes of a subscription stanza.</summary>
internal enum SubscriptionAction
{
    /// <summary>It goes no further.</summary>
    Ignore,

    /// <summary>It is routed to the contact, or delivered to the account's devices.</summary>
    Pass,

    /// <summary>The server answers <c>subscribed</c> in the account's name.</summary>
    Approve,
}

/// <summary>The state after a subscription stanza, and what becomes of the stanza.</summary>
/// <param name="Approved">The account approves a request before it was made (RFC 6121 section 3.4).</param>
internal readonly record struct SubscriptionStep(SubscriptionState State, bool Approved, SubscriptionAction Action);
