using XmppHost.Addressing;
using XmppHost.Stanzas;
using XmppHost.Storage;

namespace XmppHost.Plugins.Archive;

/// <summary>Finds the page that a query asks for.</summary>
internal sealed class ArchiveReader(IMessageArchive archive, ArchiveOptions options)
{
    private const int RowsPerRead = 25;
    private const int BytesPerPage = 512 * 1024;

    // Counting that many costs less than the page itself; what is longer is not counted unless nothing else is asked for.
    private const int MaxCounted = 5000;

    internal async ValueTask<(ArchivePage? Page, StanzaError? Error)> ReadAsync(Jid account, QueryRequest request, CancellationToken ct)
    {
        if (request.Ids.Count > options.MaxPage) return (null, StanzaError.PolicyViolation($"at most {options.MaxPage} ids at once"));
        string?[] named = [request.AfterId, request.BeforeId, request.After, request.Before is { Length: > 0 } before ? before : null];
        if (await FindAsync(account, [.. named.OfType<string>(), .. request.Ids], ct).ConfigureAwait(false) is not { } found) return (null, StanzaError.ItemNotFound());
        long? Id(string? text) => text is null ? null : found[text].Id;

        var all = request.Filter with { After = Id(named[0]), Before = Id(named[1]) };
        var page = all with { After = Later(all.After, Id(named[2])), Before = Earlier(all.Before, Id(named[3])) };
        var last = request.Before is not null && request.After is null;
        var limit = Math.Min(request.Max ?? options.MaxPage, options.MaxPage);
        if (request.Ids.Count > 0) return (Select([.. request.Ids.Distinct().Select(id => found[id]).Where(row => Matches(row, all))], page, last, limit), null);
        return (await ReadAsync(account, all, page, last, limit, ct).ConfigureAwait(false), null);
    }

    private async ValueTask<ArchivePage> ReadAsync(Jid account, ArchiveQuery all, ArchiveQuery page, bool last, int limit, CancellationToken ct)
    {
        if (limit == 0)
        {
            // XEP-0059 section 2.7: only the number is asked for.
            var number = await archive.CountAsync(account, all, int.MaxValue, ct).ConfigureAwait(false);
            return new ArchivePage([], number == 0, number, null);
        }

        var (rows, complete) = await CollectAsync(account, page, last, limit, ct).ConfigureAwait(false);
        if (complete && page == all) return new ArchivePage(rows, true, rows.Count, 0);
        var count = await archive.CountAsync(account, all, MaxCounted + 1, ct).ConfigureAwait(false);
        if (count > MaxCounted) return new ArchivePage(rows, complete, null, null);
        int? index = rows.Count == 0 ? null : await archive.CountAsync(account, all with { Before = Earlier(all.Before, rows[0].Id) }, MaxCounted, ct).ConfigureAwait(false);
        return new ArchivePage(rows, complete, count, index);
    }

    /// <summary>At most <paramref name="limit"/> rows from one end, fewer where they are large; complete when nothing is left beyond.</summary>
    private async ValueTask<(List<ArchiveRow> Rows, bool Complete)> CollectAsync(Jid account, ArchiveQuery page, bool last, int limit, CancellationToken ct)
    {
        var rows = new List<ArchiveRow>();
        var bytes = 0;
        while (true)
        {
            var wanted = Math.Min(RowsPerRead, limit + 1 - rows.Count);
            var read = await archive.ReadAsync(account, page, last, wanted, ct).ConfigureAwait(false);
            foreach (var row in last ? read.Reverse() : read)
            {
                if (rows.Count == limit || (bytes > 0 && bytes + row.Stanza.Length > BytesPerPage)) return (InOrder(rows, last), false);
                rows.Add(row);
                bytes += row.Stanza.Length;
            }

            if (read.Count < wanted) return (InOrder(rows, last), true);
            page = last ? page with { Before = rows[^1].Id } : page with { After = rows[^1].Id };
        }
    }

    /// <summary>The rows by the ids that clients know; null when one is not there.</summary>
    private async ValueTask<Dictionary<string, ArchiveRow>?> FindAsync(Jid account, IReadOnlyList<string> texts, CancellationToken ct)
    {
        var found = new Dictionary<string, ArchiveRow>();
        if (texts.Count == 0) return found;
        var ids = new List<long>(texts.Count);
        foreach (var text in texts)
        {
            if (StanzaIds.TryParse(text) is not { } id) return null;
            ids.Add(id.Id);
        }

        foreach (var row in await archive.FindAsync(account, ids, ct).ConfigureAwait(false)) found[StanzaIds.Text(row)] = row;
        return texts.All(found.ContainsKey) ? found : null;
    }

    private static ArchivePage Select(List<ArchiveRow> rows, ArchiveQuery page, bool last, int limit)
    {
        rows.Sort((a, b) => a.Id.CompareTo(b.Id));
        var (count, within) = (rows.Count, rows.FindAll(row => Matches(row, page)));
        var chosen = last ? within[Math.Max(0, within.Count - limit)..] : within[..Math.Min(limit, within.Count)];
        return new ArchivePage(chosen, chosen.Count == within.Count, count, chosen.Count == 0 ? null : rows.IndexOf(chosen[0]));
    }

    private static bool Matches(ArchiveRow row, ArchiveQuery query) =>
        (query.With is null || row.Peer == query.With || (query.With.IsBare && row.Peer.Bare == query.With))
        && !(row.Stamp < query.Start) && !(row.Stamp > query.End) && !(row.Id <= query.After) && !(row.Id >= query.Before);

    private static List<ArchiveRow> InOrder(List<ArchiveRow> rows, bool last)
    {
        if (last) rows.Reverse();
        return rows;
    }

    private static long? Later(long? a, long? b) => a is null || b > a ? b ?? a : a;

    private static long? Earlier(long? a, long? b) => a is null || b < a ? b ?? a : a;
}
