using XmppHost.Addressing;
using XmppHost.Hosting;
using XmppHost.Stanzas;

namespace XmppHost.Plugins.Roster.Subscriptions;

/// <summary>What the server sends in an account's name when a subscription begins or ends.</summary>
internal sealed class SubscriptionEffects(ISessionDirectory sessions, IStanzaRouter router)
{
    /// <summary>The contact may see the account now: the presence of each available resource (RFC 6121 section 3.1.5).</summary>
    internal async ValueTask ShowAsync(Jid account, Jid contact, CancellationToken ct)
    {
        foreach (var session in sessions.Of(account))
            if (session.Presence is { } presence)
                await router.RouteAsync(presence.WithAddresses(session.Jid, contact), ct).ConfigureAwait(false);
    }

    /// <summary>The contact may not see the account any more: each available resource leaves (RFC 6121 sections 3.2.2 and 3.3.3).</summary>
    internal async ValueTask HideAsync(Jid account, Jid contact, CancellationToken ct)
    {
        foreach (var session in sessions.Of(account))
            if (session.Presence is not null)
                await router.RouteAsync(Stanza.Presence(session.Jid, contact, "unavailable"), ct).ConfigureAwait(false);
    }

    /// <summary>The contact's request, granted in the account's name (RFC 6121 sections 3.1.3 and 3.4.2).</summary>
    internal async ValueTask ApproveAsync(Jid account, Jid contact, CancellationToken ct)
    {
        await router.RouteAsync(Stanza.Presence(account, contact, "subscribed"), ct).ConfigureAwait(false);
        await ShowAsync(account, contact, ct).ConfigureAwait(false);
    }

    /// <summary>The contact was removed from the roster: both directions end, and a request is refused (RFC 6121 section 2.5.2).</summary>
    internal async ValueTask CancelAsync(Jid account, RosterEntry removed, CancellationToken ct)
    {
        var state = removed.State;
        if (state.IsTo || state.PendingOut) await router.RouteAsync(Stanza.Presence(account, removed.Jid, "unsubscribe"), ct).ConfigureAwait(false);
        if (state.IsFrom) await HideAsync(account, removed.Jid, ct).ConfigureAwait(false);
        if (state.IsFrom || state.PendingIn) await router.RouteAsync(Stanza.Presence(account, removed.Jid, "unsubscribed"), ct).ConfigureAwait(false);
    }
}
