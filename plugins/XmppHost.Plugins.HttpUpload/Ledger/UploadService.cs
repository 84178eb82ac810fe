using Microsoft.Extensions.Logging;
using XmppHost.Addressing;
using XmppHost.Hosting;
using XmppHost.Plugins.HttpUpload.Backends;
using XmppHost.Plugins.HttpUpload.Slots;
using XmppHost.Storage;

namespace XmppHost.Plugins.HttpUpload.Ledger;

/// <summary>Slots and files of one host, with their place in the ledger: for the slot handler, the command line and ad-hoc commands.</summary>
internal sealed partial class UploadService(
    IVHost host, IUploadBackend backend, IUploadLedger ledger, HttpUploadOptions options, UsageBook usage, SweepClock clock, UploadMetrics metrics, TimeProvider time, ILoggerFactory loggers)
{
    private readonly ILogger _logger = loggers.CreateLogger<UploadService>();

    /// <summary>Makes a slot, and has it in the ledger before it returns. Nothing is checked: see <see cref="SlotPolicy"/>.</summary>
    internal async ValueTask<UploadSlot> IssueAsync(SlotOrder order, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var file = new FileRequest(UploadToken.Create(options.TokenBytes, now), order.Name, order.Size, order.ContentType, order.Purpose.Prefix)
        {
            Uploader = order.Uploader,
            Expires = Earlier(now + order.Purpose.Retention, order.ExpireBefore),
        };
        file = file with { Lifetime = LifetimeOf(order, file.Expires - now) };
        var slot = await backend.CreateSlotAsync(file, ct).ConfigureAwait(false);

        // The embedded store looks into the ledger for it.
        var ends = slot.Ends ?? (backend.KeepsLedger ? now + (file.Lifetime ?? options.SlotTtl) : null);
        await ledger.AddAsync(
            new UploadEntry(host.Name, slot.Key, backend.Name, order.Uploader, order.Name, order.Size, order.ContentType, order.Purpose.Name, now, ends, file.Expires, UploadState.Issued),
            ct).ConfigureAwait(false);
        if (file.Expires is { } expires) clock.Expect(expires);
        return slot;
    }

    /// <summary>As <see cref="IssueAsync"/>; null when it failed, which was logged then.</summary>
    internal async ValueTask<UploadSlot?> TryIssueAsync(SlotOrder order, CancellationToken ct)
    {
        try
        {
            return await IssueAsync(order, ct).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            LogNoSlot(e, host.Name);
            metrics.BackendFailed("slot");
            return null;
        }
    }

    /// <summary>Deletes files. What comes back are the keys of those that are gone; the backend may not be able to delete, or not now.</summary>
    internal async ValueTask<IReadOnlyList<string>> DeleteAsync(IReadOnlyList<UploadEntry> entries, CancellationToken ct)
    {
        UploadEntry[] ours = [.. entries.Where(e => e.Backend == backend.Name)];
        if (ours.Length == 0) return [];
        var gone = await DeleteFilesAsync(ours, ct).ConfigureAwait(false);
        await ForgetAsync(ours, gone, ct).ConfigureAwait(false);
        return gone;
    }

    /// <summary>Deletes files and leaves the ledger alone; the keys of those that are gone.</summary>
    internal async ValueTask<IReadOnlyList<string>> DeleteFilesAsync(IReadOnlyList<UploadEntry> entries, CancellationToken ct)
    {
        if (entries.Count == 0) return [];
        try
        {
            var gone = await backend.DeleteAsync(entries, ct).ConfigureAwait(false);
            if (backend.CanDelete && gone.Count < entries.Count) metrics.BackendFailed("delete");
            return gone;
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            metrics.BackendFailed("delete");
            throw;
        }
    }

    /// <summary>What is known of a URL for download, of this backend or as it stands in the ledger; null when no slot had it.</summary>
    internal ValueTask<UploadEntry?> WhoseAsync(Uri url, CancellationToken ct) =>
        backend.KeyOf(url) is { } key ? ledger.FindAsync(host.Name, key, ct) : ValueTask.FromResult<UploadEntry?>(null);

    /// <summary>The URL for download; null for files of a backend that is no longer configured.</summary>
    internal string? UrlOf(UploadEntry entry) => entry.Backend == backend.Name ? backend.GetUrl(entry.Key) : null;

    /// <summary>Deletes all files of an account that ends. What cannot be deleted now is nobody's from then on, and goes as soon as the backend can.</summary>
    internal async ValueTask EraseAsync(Jid account, CancellationToken ct)
    {
        await foreach (var page in ledger.PagesAsync(new UploadQuery(host.Name) { Uploader = account, Backend = backend.Name }, ct).ConfigureAwait(false))
        {
            try
            {
                await ledger.RemoveAsync(host.Name, await DeleteFilesAsync(page, ct).ConfigureAwait(false), ct).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not OperationCanceledException && e is not StorageException)
            {
                LogNotErased(e, account);
                break;
            }
        }

        var now = time.GetUtcNow();
        await ledger.ReleaseAsync(host.Name, account, now, ct).ConfigureAwait(false);
        usage.Forget(account.Bare);
        clock.Expect(now);
    }

    /// <summary>Writes down that files are gone.</summary>
    internal async Task ForgetAsync(IEnumerable<UploadEntry> entries, IReadOnlyList<string> gone, CancellationToken ct)
    {
        // Queued together, so that they share transactions.
        await Task.WhenAll(gone.Select(key => ledger.MoveAsync(host.Name, key, UploadState.Deleted, ct).AsTask())).ConfigureAwait(false);
        foreach (var entry in entries)
            if (entry.Uploader is { } uploader)
                usage.Forget(uploader);
    }

    // No URL is good for longer than its file.
    private TimeSpan? LifetimeOf(SlotOrder order, TimeSpan? untilExpiry) =>
        untilExpiry < (order.Lifetime ?? options.SlotTtl) ? TimeSpan.FromSeconds(Math.Max(1, Math.Floor(untilExpiry.Value.TotalSeconds))) : order.Lifetime;

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other : one;

    [LoggerMessage(1, LogLevel.Error, "no upload slot could be made on host {VHost}")]
    private partial void LogNoSlot(Exception e, string vHost);

    [LoggerMessage(2, LogLevel.Warning, "the files of {Account} cannot be deleted now; it is tried again")]
    private partial void LogNotErased(Exception e, Jid account);
}
