using XmppHost.Addressing;
using XmppHost.Core.Routing;
using XmppHost.Core.Sessions;
using XmppHost.Handlers;
using XmppHost.Stanzas;
using XmppHost.Xml;

namespace XmppHost.Core.Streams;

/// <summary>What a bound client sends: validated, stamped, filtered, routed, counted.</summary>
internal sealed class StanzaIntake(Router router)
{
    private string? _lastTo;
    private Jid? _lastJid;

    internal async ValueTask<StreamStep> HandleAsync(XmppElement element, Session session, CancellationToken ct)
    {
        // RFC 6120 section 8.1.2.1.
        if (element.Attribute("from") is { } from && !IsOwn(from, session)) return StreamStep.Close(StreamError.InvalidFrom);
        await AcceptAsync(element, session, ct).ConfigureAwait(false);
        session.CountHandled();
        return StreamStep.Continue;
    }

    private async ValueTask AcceptAsync(XmppElement element, Session session, CancellationToken ct)
    {
        var toText = element.Attribute("to");
        var to = toText is null ? null : ParseTo(toText);
        if (toText is not null && to is null)
        {
            Refuse(element, session, StanzaError.JidMalformed());
            return;
        }

        var stanza = Stanza.Create(element, session.Jid, session.JidText, to);
        if (Invalid(stanza) is { } error)
        {
            Refuse(element, session, error);
            return;
        }

        // RFC 6120 section 10.3.1: a message to nobody is for the sender's own account.
        if (stanza.Kind == StanzaKind.Message && to is null) stanza = stanza.WithAddresses(session.Jid, session.Jid.Bare);

        var host = session.VHost;
        host.Metrics.Taken(stanza.Kind);
        if (!host.Sending.IsEmpty)
        {
            var context = new StanzaContext(stanza, host, session);
            var verdict = await host.Sending.RunAsync(context, ct).ConfigureAwait(false);
            if (verdict == StanzaVerdict.Drop && context.Error is { } rejected) Refuse(element, session, rejected);
            if (verdict != StanzaVerdict.Continue) return;
            stanza = context.Stanza;
        }

        if (stanza.To is not null)
        {
            await router.RouteAsync(stanza, session, ct).ConfigureAwait(false);
        }
        else if (stanza.Kind == StanzaKind.Iq)
        {
            await router.OwnAccountIqAsync(stanza, session, ct).ConfigureAwait(false);
        }
        else if (stanza.PresenceType is PresenceType.Available or PresenceType.Unavailable)
        {
            await host.PresenceAsync(session, stanza).ConfigureAwait(false);
        }
    }

    private static StanzaError? Invalid(Stanza stanza)
    {
        if (stanza.Kind == StanzaKind.Presence) return stanza.PresenceType is null ? StanzaError.BadRequest("unknown presence type") : null;
        if (stanza.Kind != StanzaKind.Iq) return null;

        // RFC 6120 section 8.2.3.
        if (stanza.Id is null) return StanzaError.BadRequest("an IQ needs an id");
        var children = 0;
        foreach (var _ in stanza.Element.Elements()) children++;
        return stanza.IqType switch
        {
            IqType.Get or IqType.Set when children != 1 => StanzaError.BadRequest("an IQ of type get or set has exactly one child element"),
            IqType.Result when children > 1 => StanzaError.BadRequest("an IQ of type result has at most one child element"),
            null => StanzaError.BadRequest("an IQ has type get, set, result or error"),
            _ => null,
        };
    }

    private static bool IsOwn(string from, Session session) =>
        from == session.JidText || (Jid.TryParse(from) is { } jid && (jid == session.Jid || jid == session.Jid.Bare));

    /// <summary>The error for a stanza as its sender wrote it: its own <c>to</c>, well-formed or not, is who answers.</summary>
    private static void Refuse(XmppElement element, Session session, StanzaError error)
    {
        if (element.Attribute("type") is "error" or "result") return;
        var to = Jid.TryParse(element.Attribute("to"));
        var reply = new XmppElement(element.Name, Ns.Client).With("type", "error").With("id", element.Attribute("id")).Add(error.ToElement());
        session.Send(Stanza.Create(reply, to ?? (error.Condition == "jid-malformed" ? session.Jid.Host : null), session.Jid));
    }

    // People write many stanzas to the same address in a row.
    private Jid? ParseTo(string text)
    {
        if (text == _lastTo) return _lastJid;
        _lastJid = Jid.TryParse(text);
        _lastTo = text;
        return _lastJid;
    }
}
