using XmppHost.Addressing;
using XmppHost.Hosting;
using XmppHost.Stanzas;

namespace XmppHost.Plugins.Blocking;

/// <summary>Makes an account vanish from whom it blocks and come back for whom it unblocks, as far as they may see it at all.</summary>
internal sealed class BlockedPresence(ISessionDirectory sessions, IStanzaRouter router, IRosterView? roster)
{
    /// <summary>XEP-0191 section 3.3: unavailable presence from each available resource, and to whom directed presence went.</summary>
    internal async ValueTask HideAsync(Jid account, IReadOnlyCollection<Jid> blocked, CancellationToken ct)
    {
        if (roster is null || blocked.Count == 0) return;
        var contacts = await ContactsAsync(account, new BlockList(blocked), RosterSubscription.From, ct).ConfigureAwait(false);
        foreach (var session in sessions.Of(account))
        {
            var directed = blocked.Where(jid => roster.HasDirectedPresence(session, jid));
            foreach (var to in session.Presence is null ? directed : contacts.Union(directed))
                await router.RouteAsync(Stanza.Presence(session.Jid, to, "unavailable"), ct).ConfigureAwait(false);
        }
    }

    /// <summary>XEP-0191 section 3.4: the current presence; and a probe, since what the contact sent meanwhile was dropped.</summary>
    internal async ValueTask ShowAsync(Jid account, IReadOnlyCollection<Jid> unblocked, BlockList left, CancellationToken ct)
    {
        if (roster is null) return;
        var list = new BlockList(unblocked);
        var subscribers = await ContactsAsync(account, list, RosterSubscription.From, ct).ConfigureAwait(false);
        var subscribed = await ContactsAsync(account, list, RosterSubscription.To, ct).ConfigureAwait(false);
        foreach (var session in sessions.Of(account))
        {
            if (session.Presence is not { } presence) continue;
            foreach (var to in subscribers.Where(to => !left.Matches(to))) await router.RouteAsync(presence.WithAddresses(session.Jid, to), ct).ConfigureAwait(false);
            foreach (var to in subscribed.Where(to => !left.Matches(to))) await router.RouteAsync(Stanza.Presence(session.Jid, to.Bare, "probe"), ct).ConfigureAwait(false);
        }
    }

    // Where one resource is listed and its account is a contact, that resource alone is meant.
    private async ValueTask<IReadOnlyList<Jid>> ContactsAsync(Jid account, BlockList list, RosterSubscription direction, CancellationToken ct)
    {
        var contacts = await roster!.ContactsAsync(account, ct).ConfigureAwait(false);
        Jid[] having = [.. contacts.Where(c => c.Subscription.HasFlag(direction)).Select(c => c.Jid)];
        return [.. having.Where(list.Matches), .. list.Items.Where(jid => !jid.IsBare && having.Contains(jid.Bare) && !list.Matches(jid.Bare))];
    }
}
