using XmppHost.Addressing;
using XmppHost.Handlers;
using XmppHost.Hosting;
using XmppHost.Stanzas;

namespace XmppHost.Plugins.Roster.Presence;

/// <summary>Answers presence probes in the account's name: RFC 6121 section 4.3.2.</summary>
internal sealed class ProbeFilter(Rosters rosters, PresenceMemories memories, LastPresence last, ISessionDirectory sessions, IStanzaRouter router) : IStanzaFilter
{
    public StanzaStage Stage => StanzaStage.Delivering;

    public int Order => FilterOrder.Block + 50;

    public ValueTask<StanzaVerdict> FilterAsync(StanzaContext context, CancellationToken ct) =>
        context.Stanza is { Kind: StanzaKind.Presence, PresenceType: PresenceType.Probe, From: { } from, To: { Local: not null } to }
            ? AnswerAsync(from, to, ct)
            : ValueTask.FromResult(StanzaVerdict.Continue);

    private async ValueTask<StanzaVerdict> AnswerAsync(Jid prober, Jid asked, CancellationToken ct)
    {
        var account = asked.Bare;
        var mayKnow = prober.Bare == account || (await rosters.GetAsync(account, ct).ConfigureAwait(false)).Find(prober)?.State.IsFrom == true;
        var answered = false;
        foreach (var session in sessions.Of(account))
        {
            if (!asked.IsBare && session.Jid != asked) continue;
            if (session.Presence is not { } presence || !(mayKnow || WasShownTo(session, prober))) continue;
            answered = true;
            await router.RouteAsync(presence.WithAddresses(session.Jid, prober), ct).ConfigureAwait(false);
        }

        if (answered) return StanzaVerdict.Consumed;

        // One answer for "no such account" and "not for you", and it heals a subscription that only the prober believes in.
        if (!mayKnow) await router.RouteAsync(Stanza.Presence(account, prober.Bare, "unsubscribed"), ct).ConfigureAwait(false);
        else if (asked.IsBare) await router.RouteAsync(LeaveOf(account, prober), ct).ConfigureAwait(false);
        else await router.RouteAsync(Stanza.Presence(asked, prober, "unavailable"), ct).ConfigureAwait(false);
        return StanzaVerdict.Consumed;
    }

    private Stanza LeaveOf(Jid account, Jid prober)
    {
        var leave = last.Of(account);
        return leave.WithAddresses(leave.From, prober);
    }

    private bool WasShownTo(ISession session, Jid prober) =>
        memories.Find(session) is { } memory && (memory.HasDirected(prober) || memory.HasDirected(prober.Bare));
}
