using XmppHost.Hosting;

namespace XmppHost.Plugins.Roster.Subscriptions;

/// <summary>One of the nine states of RFC 6121 appendix A.1, from the account's point of view.</summary>
/// <param name="PendingOut">The account asked for the contact's presence and has no answer yet.</param>
/// <param name="PendingIn">The contact asked for the account's presence and has no answer yet.</param>
internal readonly record struct SubscriptionState(RosterSubscription Subscription, bool PendingOut = false, bool PendingIn = false)
{
    internal bool IsTo => Subscription.HasFlag(RosterSubscription.To);

    internal bool IsFrom => Subscription.HasFlag(RosterSubscription.From);
}
