using XmppHost.Handlers;
using XmppHost.Hosting;
using XmppHost.Stanzas;
using XmppHost.Xml;

namespace XmppHost.Plugins.Roster.Subscriptions;

/// <summary>Someone asks an account for a subscription, grants or ends one: RFC 6121 sections 3.1.3, 3.1.6, 3.2.3 and 3.3.3.</summary>
internal sealed class InboundSubscriptionFilter(Rosters rosters, SubscriptionEffects effects, ISessionDirectory sessions, IAccounts accounts, RosterOptions options) : IStanzaFilter
{
    public StanzaStage Stage => StanzaStage.Delivering;

    public int Order => FilterOrder.Block + 50;

    public ValueTask<StanzaVerdict> FilterAsync(StanzaContext context, CancellationToken ct) =>
        context.Stanza is { Kind: StanzaKind.Presence, From: not null, To.Local: not null } && context.Stanza.PresenceType is { } type && type.IsSubscription()
            ? HandleAsync(context, type, ct)
            : ValueTask.FromResult(StanzaVerdict.Continue);

    private async ValueTask<StanzaVerdict> HandleAsync(StanzaContext context, PresenceType type, CancellationToken ct)
    {
        var (account, contact) = (context.Stanza.To!.Bare, context.Stanza.From!.Bare);
        var stanza = context.Stanza.WithAddresses(contact, account);

        // RFC 6121 section 8.5.1: to no one, silently.
        if (type == PresenceType.Subscribe && !await accounts.ExistsAsync(account, ct).ConfigureAwait(false)) return StanzaVerdict.Drop;

        var (before, step, error) = await rosters.EditAsync<(SubscriptionState, SubscriptionStep, StanzaError?)>(
            account, contact, (roster, entry) => Edit(roster, entry, stanza, type), ct).ConfigureAwait(false);
        if (error is not null) return context.Reject(error);

        if (step.Action == SubscriptionAction.Approve) await effects.ApproveAsync(account, contact, ct).ConfigureAwait(false);
        else if (step.Action == SubscriptionAction.Pass && type == PresenceType.Subscribe) Ask(stanza);
        else if (type == PresenceType.Unsubscribe && before.IsFrom) await effects.HideAsync(account, contact, ct).ConfigureAwait(false);
        return StanzaVerdict.Consumed;
    }

    private RosterEdit<(SubscriptionState Before, SubscriptionStep Step, StanzaError? Error)> Edit(RosterSnapshot roster, RosterEntry entry, Stanza stanza, PresenceType type)
    {
        var step = SubscriptionRules.Inbound(entry.State, entry.Approved, type);
        if (step.Action == SubscriptionAction.Ignore) return new(entry, (entry.State, step, null));
        var next = entry.After(step);
        if (type == PresenceType.Subscribe && step.Action == SubscriptionAction.Pass)
        {
            if (roster.Requests >= options.MaxRequests) return new(entry, (entry.State, step, StanzaError.ResourceConstraint("too many requests wait for an answer")));
            next = next with { Request = Keep(stanza) };
        }

        var deliver = type != PresenceType.Subscribe && step.Action == SubscriptionAction.Pass ? stanza : null;
        return new(next == entry ? entry : next, (entry.State, step, null), Deliver: deliver);
    }

    // RFC 6121 section 3.1.3: to all available resources, and kept for those to come.
    private void Ask(Stanza request)
    {
        foreach (var session in sessions.Of(request.To!))
            if (session.Presence is not null)
                session.Send(request);
    }

    private XmppElement Keep(Stanza request) =>
        request.Bytes.Length <= options.MaxRequestSize.Bytes ? request.Element : Stanza.Presence(request.From, request.To, "subscribe").Element;
}
