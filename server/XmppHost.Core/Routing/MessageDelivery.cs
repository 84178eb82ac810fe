using XmppHost.Addressing;
using XmppHost.Core.Sessions;
using XmppHost.Core.VHosts;
using XmppHost.Stanzas;
using XmppHost.Storage;

namespace XmppHost.Core.Routing;

/// <summary>Which sessions of a local account get a message: RFC 6121 section 8.5.</summary>
internal sealed class MessageDelivery(IMessageLog log, IMessageArchive archive, TimeProvider clock)
{
    internal ValueTask DeliverAsync(Stanza message, Jid to, VHost host, Session? sender, Router router, CancellationToken ct)
    {
        var type = message.MessageType;
        if (!to.IsBare)
        {
            if (host.Sessions.FindSession(to) is { } session && session.Deliver(message, DurabilityRules.Of(message), sender)) return ValueTask.CompletedTask;
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
    internal void StoreOffline(Stanza message, VHost host, Session? sender, Router router)
    {
        var account = message.To!.Bare;
        Task append;
        lock (host.Sessions.GateOf(account))
        {
            if (ToAvailable(message, account, host, sender)) return;
            foreach (var session in host.Sessions.Sessions(account)) session.KeptMeanwhile++;
            append = Append(message, sender);
            host.Metrics.Kept();
        }

        // A sender that counts learns it from the count, which never comes to this message; any other must be told.
        if (sender is not { Counts: true } && !append.IsCompletedSuccessfully) _ = BounceIfLostAsync(append, message, sender, router);
    }

    /// <summary>To every session that takes messages, whether it has caught up or not.</summary>
    internal bool ToAnyone(Stanza message, Jid to, VHost host, Session? sender)
    {
        var sessions = host.Sessions.Sessions(to);
        var durability = DurabilityRules.Of(message);
        if (Count(sessions) <= 1)
        {
            foreach (var session in sessions)
                if (session.TakesMessages && session.Deliver(message, durability, sender))
                    return true;
            return false;
        }

        var shared = new Handoff(message);
        var delivered = false;
        foreach (var session in sessions)
            if (session.TakesMessages)
                delivered |= session.Deliver(message, durability, sender, shared);

        // All of them may have ended since.
        return delivered && shared.GiveUp(0, log) is null;
    }

    /// <summary>Writes what is to be archived of a message and went with no row of the log.</summary>
    internal void WriteArchive(Stanza message, Session? sender)
    {
        if (message.Archive?.Take() is not { } rows) return;
        if (sender is { Counts: true }) sender.NoteAppend(archive.Append(rows, sender.StreamKey, sender.CountWithCurrent()));
        else _ = archive.Append(rows);
    }

    private static int Count(Session[] sessions)
    {
        var count = 0;
        foreach (var session in sessions)
            if (session.TakesMessages)
                count++;
        return count;
    }

    private Task Append(Stanza message, Session? sender)
    {
        var row = new LogRow(log.NextId(), message.To!.Bare, clock.GetUtcNow(), message.Bytes) { Archived = message.Archive?.Take() };
        if (sender is not { Counts: true }) return log.Append([row]);
        var append = log.Append([row], sender.StreamKey, sender.CountWithCurrent());
        sender.NoteAppend(append);
        return append;
    }

    private static async Task BounceIfLostAsync(Task append, Stanza message, Session? sender, Router router)
    {
        try
        {
            await append.ConfigureAwait(false);
        }
        catch (StorageException)
        {
            await router.BounceAsync(message, StanzaError.ResourceConstraint("the message could not be stored, try again later"), sender, CancellationToken.None).ConfigureAwait(false);
        }
    }

    // A session that is being handed what waited for it gets a message that would be kept with the rest of those, unless another session has taken it.
    private bool ToAvailable(Stanza message, Jid to, VHost host, Session? sender)
    {
        var sessions = host.Sessions.Sessions(to);
        var waits = false;
        foreach (var session in sessions) waits |= session.IsCatchingUp;
        if (!waits || DurabilityRules.Of(message) != Durability.Account || Array.Exists(sessions, s => s is { TakesMessages: true, IsCatchingUp: false })) return ToAnyone(message, to, host, sender);
        return false;
    }
}
