using XmppHost.Hosting;
using XmppHost.Plugins.FileStore.Disk;
using XmppHost.Storage;

namespace XmppHost.Plugins.FileStore.Receiving;

/// <summary>This store's part of the ledger.</summary>
internal sealed class UploadRecords(IVHost host, IUploadLedger ledger, FileStoreOptions options, TimeProvider time)
{
    /// <summary>The backend's name in the ledger.</summary>
    internal const string Backend = "fileStore";

    private const int Page = 500;

    // An entry that is deleted counts for its day.
    private static readonly TimeSpan DeletedStay = TimeSpan.FromDays(1);

    internal ValueTask<UploadEntry?> FindAsync(string path, CancellationToken ct) => ledger.FindAsync(host.Name, path, ct);

    /// <summary>An entry for a file that another server signed for; it is not in the ledger yet.</summary>
    internal UploadEntry Foreign(FileFacts facts, long size) => new(
        host.Name, facts.Path!, Backend, facts.Uploader, facts.Path![(facts.Path!.LastIndexOf('/') + 1)..], size, facts.ContentType, "message", time.GetUtcNow(), null, facts.Expires, UploadState.Issued);

    /// <summary>When a file goes that another server signed for: as it said, and no later than we keep such files.</summary>
    internal DateTimeOffset? ExpiryOfForeign(DateTimeOffset? signed)
    {
        if (options.Retention is not { } retention) return signed;
        var ours = time.GetUtcNow() + retention;
        return signed < ours ? signed : ours;
    }

    /// <summary>Writes down what became of a file that has arrived. False when its entry was deleted meanwhile.</summary>
    internal async ValueTask<bool> SettleAsync(UploadEntry entry, bool isKnown, UploadState state, CancellationToken ct)
    {
        // Stored and held, too: a server that was killed may have come that far with it.
        if (isKnown) return await ledger.MoveAsync(host.Name, entry.Key, state, ct, UploadState.Issued, UploadState.Held, UploadState.Stored).ConfigureAwait(false);
        await ledger.AddAsync(entry with { State = state }, ct).ConfigureAwait(false);
        return true;
    }

    internal ValueTask<bool> DeletedAsync(string path, CancellationToken ct) => ledger.MoveAsync(host.Name, path, UploadState.Deleted, ct);

    /// <summary>Some of the entries whose time is over; none when there are no more.</summary>
    internal ValueTask<IReadOnlyList<UploadEntry>> ExpiredAsync(CancellationToken ct) =>
        ledger.ListAsync(new UploadQuery(host.Name) { Backend = Backend, ExpiredBy = time.GetUtcNow(), Limit = Page }, ct);

    /// <summary>Entries of files that are served, page by page.</summary>
    internal ValueTask<IReadOnlyList<UploadEntry>> StoredAsync(string? after, CancellationToken ct) =>
        ledger.ListAsync(new UploadQuery(host.Name) { Backend = Backend, States = [UploadState.Stored], After = after, Limit = Page }, ct);

    /// <summary>Forgets what was deleted long enough ago.</summary>
    internal async ValueTask ForgetDeletedAsync(CancellationToken ct)
    {
        var query = new UploadQuery(host.Name) { Backend = Backend, States = [UploadState.Deleted], IssuedBefore = time.GetUtcNow() - DeletedStay, Limit = Page };
        while (await ledger.ListAsync(query, ct).ConfigureAwait(false) is { Count: > 0 } entries)
            await ledger.RemoveAsync(host.Name, [.. entries.Select(e => e.Key)], ct).ConfigureAwait(false);
    }
}
