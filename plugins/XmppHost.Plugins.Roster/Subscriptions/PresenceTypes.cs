using XmppHost.Stanzas;

namespace XmppHost.Plugins.Roster.Subscriptions;

internal static class PresenceTypes
{
    internal static bool IsSubscription(this PresenceType type) =>
        type is PresenceType.Subscribe or PresenceType.Subscribed or PresenceType.Unsubscribe or PresenceType.Unsubscribed;
}
