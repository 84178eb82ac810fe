using XmppHost.Handlers;
using XmppHost.Hosting;
using XmppHost.Stanzas;

namespace XmppHost.Plugins.Roster.Subscriptions;

/// <summary>An account asks for, grants or ends a subscription: RFC 6121 sections 3.1.2, 3.1.5, 3.2.2, 3.3.2 and 3.4.2.</summary>
internal sealed class OutboundSubscriptionFilter(Rosters rosters, SubscriptionEffects effects, IStanzaRouter router, RosterOptions options) : IStanzaFilter
{
    public StanzaStage Stage => StanzaStage.Sending;

    public int Order => FilterOrder.Block + 50;

    public ValueTask<StanzaVerdict> FilterAsync(StanzaContext context, CancellationToken ct) =>
        context.Stanza is { Kind: StanzaKind.Presence, From: not null, To: not null } && context.Sender is not null && context.Stanza.PresenceType is { } type && type.IsSubscription()
            ? HandleAsync(context, type, ct)
            : ValueTask.FromResult(StanzaVerdict.Continue);

    private async ValueTask<StanzaVerdict> HandleAsync(StanzaContext context, PresenceType type, CancellationToken ct)
    {
        // Subscriptions are between bare JIDs, whatever the client wrote (RFC 6121 section 3.1.2).
        var (account, contact) = (context.Stanza.From!.Bare, context.Stanza.To!.Bare);
        if (account == contact) return StanzaVerdict.Drop;
        var stanza = context.Stanza = context.Stanza.WithAddresses(account, contact);

        var (before, step, error) = await rosters.EditAsync<(SubscriptionState, SubscriptionStep, StanzaError?)>(account, contact, (roster, entry) =>
        {
            var step = SubscriptionRules.Outbound(entry.State, entry.Approved, type);
            var next = entry.After(step);
            if (entry.IsBlank && !next.IsBlank && roster.Entries.Count >= options.MaxContacts)
                return new(entry, (entry.State, step, StanzaError.ResourceConstraint($"a roster has at most {options.MaxContacts} contacts")));
            return new(next == entry ? entry : next, (entry.State, step, null));
        }, ct).ConfigureAwait(false);

        if (error is not null) return context.Reject(error);
        if (step.Action == SubscriptionAction.Ignore) return StanzaVerdict.Drop;
        if (type == PresenceType.Unsubscribed && before.IsFrom) await effects.HideAsync(account, contact, ct).ConfigureAwait(false);
        if (type != PresenceType.Subscribed) return StanzaVerdict.Continue;
        await router.RouteAsync(stanza, ct).ConfigureAwait(false);
        await effects.ShowAsync(account, contact, ct).ConfigureAwait(false);
        return StanzaVerdict.Consumed;
    }
}
