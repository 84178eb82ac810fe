using Microsoft.Extensions.Logging;
using XmppHost.Hosting;
using XmppHost.Storage;

namespace XmppHost.Plugins.Archive;

/// <summary>Deletes the host's messages that are too old: always the oldest, so that no archive gets holes (XEP-0313 section 3.2).</summary>
internal sealed partial class RetentionSweep(IMessageArchive archive, IVHost host, TimeProvider time, TimeSpan retention, TimeSpan interval, ILogger<RetentionSweep> logger)
    : IVHostService, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;

    public ValueTask StartAsync(CancellationToken ct)
    {
        _loop = Task.Run(RunAsync, ct);
        return ValueTask.CompletedTask;
    }

    public async ValueTask StopAsync(CancellationToken ct)
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.WaitAsync(ct).ConfigureAwait(false);
    }

    public void Dispose() => _stop.Dispose();

    internal async Task SweepAsync(CancellationToken ct)
    {
        var expired = await archive.ExpireAsync(host.Name, time.GetUtcNow() - retention, ct).ConfigureAwait(false);
        if (expired > 0) LogExpired(expired, host.Name);
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(interval, time);
        try
        {
            do
            {
                try
                {
                    await SweepAsync(_stop.Token).ConfigureAwait(false);
                }
                catch (StorageException e)
                {
                    LogFailed(e, host.Name);
                }
            }
            while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    [LoggerMessage(1, LogLevel.Information, "{Count} messages of {VHost} were too old and left the archive")]
    private partial void LogExpired(int count, string vHost);

    [LoggerMessage(2, LogLevel.Error, "old messages of {VHost} could not be deleted; it is tried again later")]
    private partial void LogFailed(Exception e, string vHost);
}
