using XmppHost.Addressing;
using XmppHost.Core.Sessions;
using XmppHost.Core.VHosts;
using XmppHost.Stanzas;
using XmppHost.Storage;

namespace XmppHost.Core.Routing;

/// <summary>Which sessions of a local account get a message: RFC 6121 section 8.5.</summary>
internal sealed class MessageDelivery(IMessageLog log, TimeProvider clock)
{
    internal static ValueTask DeliverAsync(Stanza message, Jid to, VHost host, Session? sender, Router router, CancellationToken ct)
    {
        var type = message.MessageType;
        if (!to.IsBare)
        {
            if (host.Sessions.FindSession(to) is { } session && Deliver(message, session, copy: false, sender)) return ValueTask.CompletedTask;
            switch (type)
            {
                // Section 8.5.3.2.1: only chat falls back to the account.
                case MessageType.Chat:
                    break;
                case MessageType.Headline or MessageType.Error:
                    return ValueTask.CompletedTask;
                default:
                    return router.BounceAsync(message, StanzaError.ServiceUnavailable(), sender, ct);
            }
        }

        switch (type)
        {
            // Section 8.5.2.1.1.
            case MessageType.Groupchat:
                return router.BounceAsync(message, StanzaError.ServiceUnavailable(), sender, ct);
            case MessageType.Error:
                return ValueTask.CompletedTask;
        }

        if (ToAvailable(message, to, host, sender) || type == MessageType.Headline) return ValueTask.CompletedTask;
        return router.UndeliverableAsync(message, host, sender, ct);
    }

    internal void StoreOffline(Stanza message, Session? sender)
    {
        var row = new LogRow(log.NextId(), message.To!.Bare, clock.GetUtcNow(), message.Bytes);
        var counts = sender is { Counts: true };
        var append = log.Append([row], counts ? sender!.StreamKey : null, counts ? sender!.CountWithCurrent() : 0);
        if (counts) sender!.NoteAppend(append);
    }

    private static bool ToAvailable(Stanza message, Jid to, VHost host, Session? sender)
    {
        var delivered = false;
        foreach (var session in host.Sessions.Sessions(to))
            if (session is { Presence: not null, Priority: >= 0 })
                delivered |= Deliver(message, session, delivered, sender);
        return delivered;
    }

    private static bool Deliver(Stanza message, Session session, bool copy, Session? sender) =>
        session.Deliver(message, DurabilityRules.Of(message), copy, sender, null);
}
