using System.Runtime.CompilerServices;
using XmppHost.Storage;

namespace XmppHost.Plugins.HttpUpload.Ledger;

internal static class LedgerPages
{
    /// <summary>What matches, in pages that are not empty. Each starts after the last key of the one before, so that entries may be removed or moved on in between.</summary>
    internal static async IAsyncEnumerable<IReadOnlyList<UploadEntry>> PagesAsync(this IUploadLedger ledger, UploadQuery query, [EnumeratorCancellation] CancellationToken ct)
    {
        while (await ledger.ListAsync(query, ct).ConfigureAwait(false) is { Count: > 0 } page)
        {
            yield return page;
            if (page.Count < query.Limit) break;
            query = query with { After = page[^1].Key };
        }
    }
}
