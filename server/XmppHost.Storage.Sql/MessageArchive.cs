using System.Globalization;
using XmppHost.Addressing;
using XmppHost.Storage.Sql.Dialects;
using XmppHost.Storage.Sql.Writing;

namespace XmppHost.Storage.Sql;

internal sealed class MessageArchive(ISqlDialect dialect, WriteQueue queue) : IMessageArchive
{
    private const int Portion = 1000;

    public Task Append(IReadOnlyList<ArchiveRow> rows, long? senderStream = null, uint handled = 0) =>
        rows.Count == 0 && senderStream is null ? Task.CompletedTask : queue.Archive(rows, senderStream, handled);

    public async ValueTask<IReadOnlyList<ArchiveRow>> ReadAsync(Jid account, ArchiveQuery query, bool last, int limit, CancellationToken ct)
    {
        var filter = new ArchiveFilter(account, query);
        var rows = await ReadAsync(account, $"{filter.Sql} ORDER BY id{(last ? " DESC" : "")} LIMIT {filter.Add((long)limit)}", filter, ct).ConfigureAwait(false);
        if (last) rows.Reverse();
        return rows;
    }

    public async ValueTask<IReadOnlyList<ArchiveRow>> FindAsync(Jid account, IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        if (ids.Count == 0) return [];
        var filter = new ArchiveFilter(account, new ArchiveQuery());
        var list = string.Join(", ", ids.Distinct().Select(id => filter.Add(id)));
        return await ReadAsync(account, $"{filter.Sql} AND id IN ({list}) ORDER BY id", filter, ct).ConfigureAwait(false);
    }

    public async ValueTask<int> CountAsync(Jid account, ArchiveQuery query, int limit, CancellationToken ct)
    {
        await queue.WaitForAsync(WriteKinds.Archive, ct).ConfigureAwait(false);
        var filter = new ArchiveFilter(account, query);
        var counts = await dialect.ReadAsync(
            $"SELECT count(*) FROM (SELECT 1 FROM archive WHERE {filter.Sql} LIMIT {filter.Add((long)limit)}) t", row => (int)row.Int64(0), ct, filter.Arguments).ConfigureAwait(false);
        return counts[0];
    }

    public async ValueTask<int> ExpireAsync(string host, DateTimeOffset before, CancellationToken ct)
    {
        await queue.WaitForAsync(WriteKinds.Archive, ct).ConfigureAwait(false);
        var limit = Micros.From(before);
        var accounts = await dialect.ReadAsync(
            "SELECT a.id, a.jid FROM address a WHERE EXISTS (SELECT 1 FROM archive r WHERE r.account = a.id AND r.id < $1)",
            row => (Id: row.Int64(0), Jid: row.Text(1)), ct, limit).ConfigureAwait(false);
        var expired = 0;
        foreach (var (id, jid) in accounts)
        {
            if (!jid.EndsWith($"@{host}", StringComparison.Ordinal)) continue;
            for (var deleted = Portion; deleted == Portion; expired += deleted) deleted = await ExpireAsync(id, limit).WaitAsync(ct).ConfigureAwait(false);
        }

        return expired;
    }

    public Task Erase(Jid account) => queue.Run(new SqlWork<int>(
        session => session.Execute("DELETE FROM archive WHERE account = (SELECT id FROM address WHERE jid = $1)", account.Bare.ToString()), WriteKinds.Archive, endsBatch: true));

    // Portions share the transactions of messages, and do not hold them up.
    private Task<int> ExpireAsync(long account, long before) => queue.Run(new SqlWork<int>(
        session => session.Execute(
            "DELETE FROM archive WHERE account = $1 AND id IN (SELECT id FROM archive WHERE account = $2 AND id < $3 ORDER BY id LIMIT $4)", account, account, before, (long)Portion),
        WriteKinds.Archive, isMessage: true));

    private async ValueTask<List<ArchiveRow>> ReadAsync(Jid account, string where, ArchiveFilter filter, CancellationToken ct)
    {
        await queue.WaitForAsync(WriteKinds.Archive, ct).ConfigureAwait(false);
        var bare = account.Bare;
        return await dialect.ReadAsync(
            $"SELECT id, peer, resource, nonce, stanza FROM archive WHERE {where}",
            row => new ArchiveRow(row.Int64(0), bare, Peer(row), row.Int64(3), row.Blob(4)),
            ct, filter.Arguments).ConfigureAwait(false);
    }

    private static Jid Peer(ISqlRow row)
    {
        var bare = Jid.Parse(row.Text(1));
        return row.IsNull(2) ? bare : bare.WithResource(row.Text(2)) ?? bare;
    }

    /// <summary>A query as a WHERE clause.</summary>
    private sealed class ArchiveFilter
    {
        private readonly List<object?> _arguments = [];

        internal ArchiveFilter(Jid account, ArchiveQuery query)
        {
            Sql = $"account = (SELECT id FROM address WHERE jid = {Add(account.Bare.ToString())})";
            if (query.With is { } peer)
            {
                And("peer =", peer.Bare.ToString());
                if (peer.Resource is { } resource) And("resource =", resource);
            }

            if (query.Start is { } start) And("id >=", Micros.From(start));
            if (query.End is { } end) And("id <=", Micros.From(end));
            if (query.After is { } after) And("id >", after);
            if (query.Before is { } before) And("id <", before);
        }

        internal string Sql { get; private set; }

        internal object?[] Arguments => [.. _arguments];

        internal string Add(object value)
        {
            _arguments.Add(value);
            return string.Create(CultureInfo.InvariantCulture, $"${_arguments.Count}");
        }

        private void And(string comparison, object value) => Sql = $"{Sql} AND {comparison} {Add(value)}";
    }
}
