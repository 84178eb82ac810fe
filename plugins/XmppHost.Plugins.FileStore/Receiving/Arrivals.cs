using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using XmppHost.Hosting;
using XmppHost.Plugins.FileStore.Disk;
using XmppHost.Storage;

namespace XmppHost.Plugins.FileStore.Receiving;

/// <summary>
/// Decides of files that have arrived whole and are held: asks the observers, writes the answer down in the ledger, and only then puts the file where it belongs. So whatever a killed
/// server leaves half done is still held at the next start, and is settled then.
/// </summary>
internal sealed partial class Arrivals(FileDepot depot, UploadRecords records, Lazy<IEnumerable<IUploadObserver>> observers, UploadStore store, FileStoreMeters meters, ILoggerFactory loggers)
{
    private readonly ILogger _logger = loggers.CreateLogger<Arrivals>();
    private readonly ConcurrentDictionary<string, byte> _busy = new();

    internal bool HasObservers => observers.Value.Any();

    /// <summary>Takes a file that has arrived whole.</summary>
    internal async ValueTask<ArrivalOutcome> ArriveAsync(Draft draft, AdmittedUpload upload)
    {
        await draft.CompleteAsync(upload.Facts).ConfigureAwait(false);
        var key = upload.Path.Key;
        if (!_busy.TryAdd(key, 0)) return ArrivalOutcome.Conflict;
        try
        {
            if (!depot.TryHold(draft, key)) return ArrivalOutcome.Conflict;

            // The file is here, whether its uploader still waits or not.
            return await SettleAsync(key, upload.Entry, upload.IsKnown, CancellationToken.None).ConfigureAwait(false);
        }
        catch (StorageException)
        {
            // What is not in the ledger is not here: it can be uploaded again.
            depot.Delete(key);
            throw;
        }
        finally
        {
            _busy.TryRemove(key, out _);
        }
    }

    /// <summary>Settles whatever is held, as far as it can be now.</summary>
    internal async Task SettleHeldAsync(CancellationToken ct)
    {
        foreach (var key in depot.HeldKeys())
        {
            // Of one that is arriving just now another takes care.
            if (!_busy.TryAdd(key, 0)) continue;
            try
            {
                await SettleHeldAsync(key, ct).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogNotSettled(e, key);
            }
            finally
            {
                _busy.TryRemove(key, out _);
            }
        }
    }

    private async Task SettleHeldAsync(string key, CancellationToken ct)
    {
        FileFacts facts;
        long size;
        using (var file = depot.OpenHeld(key))
        {
            if (file is not { Facts.Path: not null }) return;
            (facts, size) = (file.Facts, file.Length);
        }

        var entry = await records.FindAsync(facts.Path!, ct).ConfigureAwait(false);
        if (entry?.State == UploadState.Deleted) depot.Delete(key);
        else if (entry?.State == UploadState.Quarantined) depot.Quarantine(key);
        else await SettleAsync(key, entry ?? records.Foreign(facts, size), entry is not null, ct).ConfigureAwait(false);
    }

    private async ValueTask<ArrivalOutcome> SettleAsync(string key, UploadEntry entry, bool isKnown, CancellationToken ct)
    {
        var verdict = await AskAsync(key, entry, ct).ConfigureAwait(false);
        if (verdict == UploadVerdict.Hold && entry.State == UploadState.Held) return ArrivalOutcome.Held;
        if (!await records.SettleAsync(entry, isKnown, StateOf(verdict), ct).ConfigureAwait(false))
        {
            depot.Delete(key);
            return ArrivalOutcome.Refused;
        }

        return Place(key, entry, verdict);
    }

    private async ValueTask<UploadVerdict> AskAsync(string key, UploadEntry entry, CancellationToken ct)
    {
        var strictest = UploadVerdict.Serve;
        foreach (var observer in observers.Value)
        {
            var verdict = await AskAsync(observer, new FinishedUpload(entry, store.UrlOf(entry.Key), _ => OpenAsync(key)), ct).ConfigureAwait(false);
            if (verdict > strictest) strictest = verdict;
            if (strictest == UploadVerdict.Quarantine) break;
        }

        return strictest;
    }

    private async ValueTask<UploadVerdict> AskAsync(IUploadObserver observer, FinishedUpload upload, CancellationToken ct)
    {
        try
        {
            return await observer.UploadedAsync(upload, ct).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            LogObserverFailed(e, upload.Entry.Key);
            return UploadVerdict.Hold;
        }
    }

    private ValueTask<Stream> OpenAsync(string key) =>
        depot.OpenHeld(key) is { } file ? ValueTask.FromResult<Stream>(new ContentStream(file)) : throw new FileNotFoundException("the file was deleted meanwhile");

    private ArrivalOutcome Place(string key, UploadEntry entry, UploadVerdict verdict)
    {
        if (verdict == UploadVerdict.Hold) return ArrivalOutcome.Held;
        if (verdict == UploadVerdict.Serve)
        {
            depot.Release(key);
            meters.Stored(entry.Purpose, entry.Size);
            return ArrivalOutcome.Served;
        }

        depot.Quarantine(key);
        LogQuarantined(entry.Key, entry.Uploader?.ToString() ?? "somebody unknown");
        return ArrivalOutcome.Refused;
    }

    private static UploadState StateOf(UploadVerdict verdict) => verdict switch
    {
        UploadVerdict.Serve => UploadState.Stored,
        UploadVerdict.Hold => UploadState.Held,
        _ => UploadState.Quarantined,
    };

    [LoggerMessage(1, LogLevel.Error, "an observer of uploads failed on {Path}: the file is held")]
    private partial void LogObserverFailed(Exception e, string path);

    [LoggerMessage(2, LogLevel.Warning, "the upload {Path} of {Uploader} was put into quarantine")]
    private partial void LogQuarantined(string path, string uploader);

    [LoggerMessage(3, LogLevel.Error, "the held file {Key} could not be settled")]
    private partial void LogNotSettled(Exception e, string key);
}
