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

    /// <summary>Keeps a message for the account, unless a session takes messages meanwhile.</summary>
    internal void StoreOffline(Stanza message, VHost host, Session? sender)
    {
        var account = message.To!.Bare;
        lock (host.Sessions.GateOf(account))
        {
            if (ToAvailable(message, account, host, sender)) return;
            foreach (var session in host.Sessions.Sessions(account)) session.KeptMeanwhile++;
            Store(message, sender);
        }
    }

    /// <summary>To every session that takes messages, whether it has caught up or not.</summary>
    internal static bool ToAnyone(Stanza message, Jid to, VHost host, Session? sender)
    {
        var delivered = false;
        foreach (var session in host.Sessions.Sessions(to))
            if (session.TakesMessages)
                delivered |= Deliver(message, session, delivered, sender);
        return delivered;
    }

    private void Store(Stanza message, Session? sender)
    {
        var row = new LogRow(log.NextId(), message.To!.Bare, clock.GetUtcNow(), message.Bytes);
        var counts = sender is { Counts: true };
        var append = log.Append([row], counts ? sender!.StreamKey : null, counts ? sender!.CountWithCurrent() : 0);
        if (counts) sender!.NoteAppend(append);
    }

    // A session that is being handed what waited for it gets a message that would be kept with the rest of those, unless another session has taken it.
    private static bool ToAvailable(Stanza message, Jid to, VHost host, Session? sender)
    {
        var sessions = host.Sessions.Sessions(to);
        var waits = false;
        foreach (var session in sessions) waits |= session.IsCatchingUp;
        if (!waits || DurabilityRules.Of(message) != Durability.Account || Array.Exists(sessions, s => s is { TakesMessages: true, IsCatchingUp: false })) return ToAnyone(message, to, host, sender);
        return false;
    }

    private static bool Deliver(Stanza message, Session session, bool copy, Session? sender) =>
        session.Deliver(message, DurabilityRules.Of(message), copy, sender, null);
}
