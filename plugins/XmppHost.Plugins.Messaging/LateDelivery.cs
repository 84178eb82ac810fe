using Microsoft.Extensions.Logging;
using XmppHost.Addressing;
using XmppHost.Hosting;

namespace XmppHost.Plugins.Messaging;

/// <summary>
/// A message can be on its way into the offline store while its account comes back: stored a moment after the waiting messages were handed out. Whoever notices schedules
/// another look.
/// </summary>
internal sealed partial class LateDelivery(OfflineDelivery delivery, ISessionDirectory sessions, TimeProvider time, ILogger<LateDelivery> logger)
{
    /// <summary>Long enough for a message that has passed the filters to be in the log.</summary>
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(1);

    internal void Schedule(Jid account) => _ = RunAsync(account);

    private async Task RunAsync(Jid account)
    {
        try
        {
            await Task.Delay(Delay, time).ConfigureAwait(false);
            if (OfflineDelivery.Best(sessions.Of(account)) is { } session) await delivery.DeliverAsync(session, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            LogFailed(e, account);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "a late message could not be handed to {Account}; it waits for the next login")]
    private partial void LogFailed(Exception e, Jid account);
}
