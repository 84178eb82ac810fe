using XmppHost.Hosting;
using XmppHost.Stanzas;

namespace XmppHost.Plugins.Messaging;

/// <summary>Hands out the waiting messages to a resource that begins to take messages, and to one that is left when another went without having got its own.</summary>
internal sealed class DeliverOfflineObserver(OfflineDelivery delivery, LateDelivery late, OfflineCounts counts, ISessionDirectory sessions) : ISessionObserver
{
    // After the presence of contacts: a client shows who it is from.
    public int Order => 100;

    public ValueTask PresenceAsync(ISession session, Stanza presence, Stanza? previous) =>
        OfflineDelivery.IsOpen(session) && !(previous is not null && TookMessages(previous)) ? DeliverAsync(session) : ValueTask.CompletedTask;

    public ValueTask EndedAsync(ISession session)
    {
        counts.Recount(session.Jid.Bare);
        return OfflineDelivery.Best(sessions.Of(session.Jid)) is { } other ? delivery.DeliverAsync(other, CancellationToken.None) : ValueTask.CompletedTask;
    }

    private async ValueTask DeliverAsync(ISession session)
    {
        var account = session.Jid.Bare;
        await delivery.DeliverAsync(session, CancellationToken.None).ConfigureAwait(false);
        counts.Recount(account);
        if (counts.IsStoringNow(account)) late.Schedule(account);
    }

    private static bool TookMessages(Stanza presence) =>
        presence.PresenceType == PresenceType.Available && !(presence.Element.Element("priority", Ns.Client) is { } priority && priority.Text.StartsWith('-'));
}
