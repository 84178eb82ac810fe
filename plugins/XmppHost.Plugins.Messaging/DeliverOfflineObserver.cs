using XmppHost.Hosting;

namespace XmppHost.Plugins.Messaging;

/// <summary>Hands out the waiting messages to a resource that begins to take messages, and to one that is left when another went without having got its own.</summary>
internal sealed class DeliverOfflineObserver(OfflineDelivery delivery, OfflineCounts counts, ISessionDirectory sessions) : ISessionObserver
{
    public async ValueTask CatchUpAsync(ISession session)
    {
        await delivery.DeliverAsync(session, CancellationToken.None).ConfigureAwait(false);
        counts.Recount(session.Jid.Bare);
    }

    public ValueTask EndedAsync(ISession session)
    {
        counts.Recount(session.Jid.Bare);
        if (OfflineDelivery.Best(sessions.Of(session.Jid)) is { } other) delivery.DeliverBeside(other);
        return ValueTask.CompletedTask;
    }
}
