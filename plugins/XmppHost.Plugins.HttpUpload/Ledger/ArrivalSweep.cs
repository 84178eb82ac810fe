using XmppHost.Hosting;
using XmppHost.Plugins.HttpUpload.Backends;
using XmppHost.Storage;

namespace XmppHost.Plugins.HttpUpload.Ledger;

/// <summary>Finds out what became of slots that are over: frees what was never used, and has observers look at what arrived.</summary>
internal sealed class ArrivalSweep(IVHost host, IUploadBackend backend, IUploadLedger ledger, ArrivalVerdicts verdicts, UsageBook usage, UploadMetrics metrics, TimeProvider time)
{
    private const int AskedAtOnce = 8;

    private static readonly TimeSpan HeldInterval = TimeSpan.FromMinutes(1);

    private DateTimeOffset _askHeldAt = DateTimeOffset.MinValue;

    internal async Task RunAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();

        // The embedded store asks by itself about what it holds.
        if (!backend.KeepsLedger && now >= _askHeldAt) await AskAboutHeldAsync(now, ct).ConfigureAwait(false);
        var ended = new UploadQuery(host.Name) { Backend = backend.Name, States = [UploadState.Issued], SlotEndedBy = now };
        await foreach (var page in ledger.PagesAsync(ended, ct).ConfigureAwait(false))
            await SettleAsync([.. page.Where(e => !e.IsOpen(now))], ct).ConfigureAwait(false);
    }

    private async Task AskAboutHeldAsync(DateTimeOffset now, CancellationToken ct)
    {
        await foreach (var page in ledger.PagesAsync(new UploadQuery(host.Name) { Backend = backend.Name, States = [UploadState.Held] }, ct).ConfigureAwait(false))
            await ForEachAsync(page, verdicts.DecideAsync, ct).ConfigureAwait(false);
        _askHeldAt = now + HeldInterval;
    }

    private async Task SettleAsync(UploadEntry[] entries, CancellationToken ct)
    {
        var unused = new System.Collections.Concurrent.ConcurrentBag<UploadEntry>();
        try
        {
            await ForEachAsync(entries, async (entry, token) =>
            {
                if (await ArrivedAsync(entry, token).ConfigureAwait(false) is not { } arrived) await verdicts.AssumeArrivedAsync(entry, token).ConfigureAwait(false);
                else if (arrived) await verdicts.DecideAsync(entry, token).ConfigureAwait(false);
                else unused.Add(entry);
            }, ct).ConfigureAwait(false);
        }
        finally
        {
            await FreeAsync([.. unused], ct).ConfigureAwait(false);
        }
    }

    /// <summary>Null where nobody can say.</summary>
    private async ValueTask<bool?> ArrivedAsync(UploadEntry entry, CancellationToken ct)
    {
        try
        {
            // The embedded store would have moved it on.
            return await backend.ExistsAsync(entry, ct).ConfigureAwait(false) ?? (backend.KeepsLedger ? false : null);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            metrics.BackendFailed("exists");
            throw;
        }
    }

    private async Task FreeAsync(UploadEntry[] entries, CancellationToken ct)
    {
        if (entries.Length == 0) return;
        await ledger.RemoveAsync(host.Name, [.. entries.Select(e => e.Key)], ct).ConfigureAwait(false);
        foreach (var entry in entries)
        {
            if (entry.Uploader is { } uploader) usage.Forget(uploader);
            metrics.Swept(entry, "unused");
        }
    }

    private static Task ForEachAsync(IEnumerable<UploadEntry> entries, Func<UploadEntry, CancellationToken, ValueTask> action, CancellationToken ct) =>
        Parallel.ForEachAsync(entries, new ParallelOptions { MaxDegreeOfParallelism = AskedAtOnce, CancellationToken = ct }, action);
}
