using XmppHost.Hosting;
using XmppHost.Plugins.HttpUpload.Backends;
using XmppHost.Plugins.HttpUpload.Policy;
using XmppHost.Storage;

namespace XmppHost.Plugins.HttpUpload.Ledger;

/// <summary>Deletes files before they expire, and forgets what was deleted long enough ago.</summary>
internal sealed class ExpirySweep(IVHost host, IUploadBackend backend, IUploadLedger ledger, HttpUploadOptions options, UploadService uploads, SweepClock clock, UploadMetrics metrics, TimeProvider time)
{
    /// <summary>Files go so long before they expire: XEP-0363 section 4.1.3 wants ephemeral ones not to be there from then on.</summary>
    internal static readonly TimeSpan Lead = TimeSpan.FromSeconds(2);

    // What is deleted counts for the bytes of its day still.
    private static readonly TimeSpan DeletedStay = TimeSpan.FromDays(1);

    private readonly bool _byLifecycle = options.ExpiredFiles == ExpiryMode.Lifecycle;

    /// <param name="horizon">What expires until then is expected by the clock.</param>
    /// <returns>False when files are still there that had to go.</returns>
    internal async Task<bool> RunAsync(DateTimeOffset horizon, CancellationToken ct)
    {
        // The embedded store does it by itself.
        if (backend.KeepsLedger) return true;
        var done = await ExpireAsync(horizon, ct).ConfigureAwait(false);
        await ForgetDeletedAsync(ct).ConfigureAwait(false);
        return done;
    }

    private async Task<bool> ExpireAsync(DateTimeOffset horizon, CancellationToken ct)
    {
        var done = true;
        await foreach (var page in ledger.PagesAsync(new UploadQuery(host.Name) { Backend = backend.Name, ExpiredBy = horizon }, ct).ConfigureAwait(false))
        {
            var now = time.GetUtcNow();
            foreach (var entry in page.Where(e => e.Expires - Lead > now)) clock.Expect(entry.Expires!.Value);
            UploadEntry[] due = [.. page.Where(e => e.Expires - Lead <= now)];
            await LeaveAsync([.. due.Where(e => !MustDelete(e))], ct).ConfigureAwait(false);
            done &= await DeleteAsync([.. due.Where(MustDelete)], ct).ConfigureAwait(false);
        }

        return done;
    }

    // Files of an account that is gone are not left to a rule that may come in months.
    private bool MustDelete(UploadEntry entry) => backend.CanDelete && (!_byLifecycle || entry.Purpose == Purpose.Ephemeral || entry.Uploader is null);

    private async Task LeaveAsync(UploadEntry[] entries, CancellationToken ct)
    {
        if (entries.Length > 0) await uploads.ForgetAsync(entries, [.. entries.Select(e => e.Key)], ct).ConfigureAwait(false);
    }

    private async Task<bool> DeleteAsync(UploadEntry[] entries, CancellationToken ct)
    {
        if (entries.Length == 0) return true;
        var gone = (await uploads.DeleteFilesAsync(entries, ct).ConfigureAwait(false)).ToHashSet();

        // One that may arrive still stays in the list, and is deleted again until it cannot.
        var now = time.GetUtcNow();
        UploadEntry[] over = [.. entries.Where(e => gone.Contains(e.Key) && !e.IsOpen(now))];
        await uploads.ForgetAsync(over, [.. over.Select(e => e.Key)], ct).ConfigureAwait(false);
        foreach (var entry in over) metrics.Swept(entry, "expired");
        return gone.Count == entries.Length;
    }

    private async Task ForgetDeletedAsync(CancellationToken ct)
    {
        var query = new UploadQuery(host.Name) { Backend = backend.Name, States = [UploadState.Deleted], IssuedBefore = time.GetUtcNow() - DeletedStay };
        await foreach (var page in ledger.PagesAsync(query, ct).ConfigureAwait(false))
        {
            var now = time.GetUtcNow();
            UploadEntry[] over = [.. page.Where(e => !e.IsOpen(now))];

            // Again: who had the slot may have used it after the file was deleted.
            if (backend.CanDelete && !_byLifecycle) await uploads.DeleteFilesAsync(over, ct).ConfigureAwait(false);
            await ledger.RemoveAsync(host.Name, [.. over.Select(e => e.Key)], ct).ConfigureAwait(false);
        }
    }
}
