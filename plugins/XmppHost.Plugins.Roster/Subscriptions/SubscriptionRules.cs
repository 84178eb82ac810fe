using XmppHost.Hosting;
using XmppHost.Stanzas;
using static XmppHost.Plugins.Roster.Subscriptions.SubscriptionAction;

namespace XmppHost.Plugins.Roster.Subscriptions;

/// <summary>The tables of RFC 6121 appendix A.2 and A.3 as rules.</summary>
internal static class SubscriptionRules
{
    /// <summary>The account sends it to the contact (appendix A.2).</summary>
    internal static SubscriptionStep Outbound(SubscriptionState state, bool approved, PresenceType type) => type switch
    {
        // A.2.1.
        PresenceType.Subscribe => new(state with { PendingOut = state.PendingOut || !state.IsTo }, approved, Pass),

        // A.2.2.
        PresenceType.Unsubscribe => new(state with { Subscription = state.Subscription & ~RosterSubscription.To, PendingOut = false }, approved, Pass),

        // A.2.3; without a request it is a pre-approval, section 3.4.
        PresenceType.Subscribed when state.PendingIn => new(state with { Subscription = state.Subscription | RosterSubscription.From, PendingIn = false }, approved, Pass),
        PresenceType.Subscribed => new(state, approved || !state.IsFrom, Ignore),

        // A.2.4; it also takes a pre-approval back.
        PresenceType.Unsubscribed => new(WithoutFrom(state), false, state.IsFrom || state.PendingIn ? Pass : Ignore),
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    /// <summary>The contact sends it to the account (appendix A.3).</summary>
    internal static SubscriptionStep Inbound(SubscriptionState state, bool approved, PresenceType type) => type switch
    {
        // A.3.1: what is granted, or was in advance, is granted again without asking.
        PresenceType.Subscribe when state.IsFrom || approved => new(state with { Subscription = state.Subscription | RosterSubscription.From, PendingIn = false }, approved, Approve),
        PresenceType.Subscribe => new(state with { PendingIn = true }, approved, state.PendingIn ? Ignore : Pass),

        // A.3.2.
        PresenceType.Unsubscribe => new(WithoutFrom(state), approved, state.IsFrom || state.PendingIn ? Pass : Ignore),

        // A.3.3.
        PresenceType.Subscribed when state.PendingOut => new(state with { Subscription = state.Subscription | RosterSubscription.To, PendingOut = false }, approved, Pass),
        PresenceType.Subscribed => new(state, approved, Ignore),

        // A.3.4.
        PresenceType.Unsubscribed => new(
            state with { Subscription = state.Subscription & ~RosterSubscription.To, PendingOut = false },
            approved,
            state.IsTo || state.PendingOut ? Pass : Ignore),
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    private static SubscriptionState WithoutFrom(SubscriptionState state) =>
        state with { Subscription = state.Subscription & ~RosterSubscription.From, PendingIn = false };
}
