using Microsoft.Extensions.Logging;
using XmppHost.Hosting;
using XmppHost.Plugins.FileStore.Disk;
using XmppHost.Plugins.FileStore.Receiving;

namespace XmppHost.Plugins.FileStore.Life;

/// <summary>
/// Keeps disk and ledger in step: finishes at the start what a killed server left, asks again about held files, deletes what has expired.
/// </summary>
internal sealed partial class Caretaker(FileDepot depot, Arrivals arrivals, UploadRecords records, FileStoreOptions options, FileStoreMeters meters, TimeProvider time, ILoggerFactory loggers)
    : IVHostService, IDisposable
{
    private readonly ILogger _logger = loggers.CreateLogger<Caretaker>();
    private CancellationTokenSource _stop = new();
    private Task _loops = Task.CompletedTask;

    public async ValueTask StartAsync(CancellationToken ct)
    {
        _stop.Dispose();
        _stop = new CancellationTokenSource();

        // Whoever has to be asked may take his time.
        if (!arrivals.HasObservers) await arrivals.SettleHeldAsync(ct).ConfigureAwait(false);
        _loops = Task.WhenAll(
            RepeatAsync(options.HoldRetry, arrivals.SettleHeldAsync),
            RepeatAsync(options.SweepInterval, SweepAsync),
            Task.Run(() => GuardAsync(DropMissingAsync), ct));
    }

    public async ValueTask StopAsync(CancellationToken ct)
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loops.WaitAsync(ct).ConfigureAwait(false);
    }

    public void Dispose() => _stop.Dispose();

    /// <summary>Deletes what has expired, and forgets what was deleted long ago.</summary>
    internal async Task SweepAsync(CancellationToken ct)
    {
        while (await records.ExpiredAsync(ct).ConfigureAwait(false) is { Count: > 0 } entries)
        {
            foreach (var entry in entries)
            {
                // The ledger last: if this ends in between, the entry is found again.
                if (depot.Delete(UploadPath.KeyOf(entry.Key))) meters.Deleted(1);
                await records.DeletedAsync(entry.Key, ct).ConfigureAwait(false);
            }
        }

        await records.ForgetDeletedAsync(ct).ConfigureAwait(false);
    }

    /// <summary>Entries whose files are gone without us, as after a disk was replaced, do not count for anybody's quota.</summary>
    internal async Task DropMissingAsync(CancellationToken ct)
    {
        string? after = null;
        while (await records.StoredAsync(after, ct).ConfigureAwait(false) is { Count: > 0 } entries)
        {
            foreach (var entry in entries.Where(e => IsMissing(UploadPath.KeyOf(e.Key))))
            {
                LogMissing(entry.Key);
                await records.DeletedAsync(entry.Key, ct).ConfigureAwait(false);
            }

            after = entries[^1].Key;
        }
    }

    // Twice: a file that is just being moved may be in neither place when one looks into both.
    private bool IsMissing(string key) => !depot.Has(key) && !depot.Has(key);

    private async Task RepeatAsync(TimeSpan interval, Func<CancellationToken, Task> work)
    {
        using var timer = new PeriodicTimer(interval, time);
        do await GuardAsync(work).ConfigureAwait(false);
        while (await NextAsync(timer).ConfigureAwait(false));
    }

    private async ValueTask<bool> NextAsync(PeriodicTimer timer)
    {
        try
        {
            return await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task GuardAsync(Func<CancellationToken, Task> work)
    {
        try
        {
            await work(_stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The host stops.
        }
        catch (Exception e)
        {
            LogFailed(e);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "looking after stored files failed; it is tried again")]
    private partial void LogFailed(Exception e);

    [LoggerMessage(2, LogLevel.Warning, "the file of the upload {Path} is gone")]
    private partial void LogMissing(string path);
}
