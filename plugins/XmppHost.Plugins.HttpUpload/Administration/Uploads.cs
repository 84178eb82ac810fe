using XmppHost.Addressing;
using XmppHost.Hosting;
using XmppHost.Plugins.HttpUpload.Ledger;
using XmppHost.Storage;

namespace XmppHost.Plugins.HttpUpload.Administration;

/// <summary>The host's uploads, as the command line and ad-hoc commands look for them.</summary>
internal sealed class Uploads(IVHost host, IUploadLedger ledger, UploadService service)
{
    internal IVHost Host => host;

    /// <summary>By the URL of a download or by key; null where there is none.</summary>
    internal ValueTask<UploadEntry?> FindAsync(string urlOrKey, CancellationToken ct) =>
        Uri.TryCreate(urlOrKey, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? service.WhoseAsync(url, ct) : ledger.FindAsync(host.Name, urlOrKey, ct);

    internal string? UrlOf(UploadEntry entry) => service.UrlOf(entry);

    /// <summary>The newest ones that match, at most so many, the newest first; and how many there are.</summary>
    /// <param name="purpose">Only of this one; null for any.</param>
    internal async Task<(IReadOnlyList<UploadEntry> Entries, int Count)> NewestAsync(UploadQuery query, string? purpose, int most, CancellationToken ct)
    {
        var (newest, count) = (new PriorityQueue<UploadEntry, DateTimeOffset>(), 0);
        await foreach (var page in ledger.PagesAsync(query, ct).ConfigureAwait(false))
            foreach (var entry in page.Where(e => purpose is null || e.Purpose == purpose))
            {
                count++;
                newest.Enqueue(entry, entry.Issued);
                if (newest.Count > most) newest.Dequeue();
            }

        return ([.. newest.UnorderedItems.Select(i => i.Element).OrderByDescending(e => e.Issued).ThenBy(e => e.Key, StringComparer.Ordinal)], count);
    }

    /// <summary>All files of somebody that are not deleted yet, in pages.</summary>
    internal IAsyncEnumerable<IReadOnlyList<UploadEntry>> OfAsync(Jid uploader, CancellationToken ct) => ledger.PagesAsync(Query(uploader), ct);

    internal UploadQuery Query(Jid? uploader = null) => new(host.Name) { Uploader = uploader?.Bare };

    internal ValueTask<IReadOnlyList<UploadTotal>> TotalsAsync(CancellationToken ct) => ledger.TotalsAsync(host.Name, ct);

    /// <summary>Deletes files, and says which are gone and which are not.</summary>
    internal async Task<Deletion> DeleteAsync(IReadOnlyList<UploadEntry> entries, CancellationToken ct)
    {
        var gone = (await service.DeleteAsync(entries, ct).ConfigureAwait(false)).ToHashSet();
        return new Deletion([.. entries.Where(e => gone.Contains(e.Key))], [.. entries.Where(e => !gone.Contains(e.Key))]);
    }

    internal async Task<Deletion> DeleteAllAsync(Jid uploader, CancellationToken ct)
    {
        var whole = new Deletion([], []);
        await foreach (var page in OfAsync(uploader, ct).ConfigureAwait(false)) whole = whole.And(await DeleteAsync(page, ct).ConfigureAwait(false));
        return whole;
    }
}
