using XmppHost.Addressing;
using XmppHost.Storage.Sql.Dialects;
using XmppHost.Storage.Sql.Writing;

namespace XmppHost.Storage.Sql.Uploads;

internal sealed class UploadLedger(ISqlDialect dialect, WriteQueue queue) : IUploadLedger
{
    // One statement for so many keys; the last one is repeated where there are fewer, so that there is one statement to prepare.
    private const int RemovedAtOnce = 32;

    private const string Insert = $"INSERT INTO upload ({UploadRow.Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (host, key) DO NOTHING";

    private static readonly string Delete = $"DELETE FROM upload WHERE host = $1 AND key IN ({string.Join(", ", Enumerable.Range(2, RemovedAtOnce).Select(i => $"${i}"))})";

    public async ValueTask AddAsync(UploadEntry entry, CancellationToken ct)
    {
        var values = UploadRow.Values(entry);
        var bytes = 512 + sizeof(char) * (long)(entry.Key.Length + entry.Name.Length + (entry.ContentType?.Length ?? 0));
        if (!await RunAsync(session => session.Execute(Insert, values) > 0, bytes, ct).ConfigureAwait(false))
            throw new InvalidOperationException($"the upload {entry.Key} of {entry.Host} is in the ledger already");
    }

    public async ValueTask<UploadEntry?> FindAsync(string host, string key, CancellationToken ct)
    {
        await queue.WaitForAsync(WriteKinds.Uploads, ct).ConfigureAwait(false);
        var entries = await dialect.ReadAsync(
            $"SELECT {UploadRow.Columns} FROM upload WHERE host = $1 AND key = $2", UploadRow.Read, ct, SqlText.Check(host), SqlText.Check(key)).ConfigureAwait(false);
        return entries.Count == 0 ? null : entries[0];
    }

    public async ValueTask<bool> MoveAsync(string host, string key, UploadState to, CancellationToken ct, params IReadOnlyList<UploadState> from)
    {
        SqlText.Check(host);
        SqlText.Check(key);
        var sql = from.Count == 0
            ? "UPDATE upload SET state = $1 WHERE host = $2 AND key = $3"
            : $"UPDATE upload SET state = $1 WHERE host = $2 AND key = $3 AND {UploadFilter.States(from)}";
        return await RunAsync(session => session.Execute(sql, (long)to, host, key) > 0, 512, ct).ConfigureAwait(false);
    }

    public async ValueTask RemoveAsync(string host, IReadOnlyList<string> keys, CancellationToken ct)
    {
        SqlText.Check(host);
        foreach (var key in keys) SqlText.Check(key);
        string[] all = [.. keys];
        if (all.Length > 0) await RunAsync(session => Remove(session, host, all), 256 + 256L * all.Length, ct).ConfigureAwait(false);
    }

    public async ValueTask ReleaseAsync(string host, Jid uploader, DateTimeOffset at, CancellationToken ct)
    {
        SqlText.Check(host);
        var (jid, micros) = (uploader.Bare.ToString(), Micros.From(at));
        await RunAsync(
            session => session.Execute("DELETE FROM upload WHERE host = $1 AND uploader = $2 AND state = 4", host, jid)
                + session.Execute(
                    "UPDATE upload SET uploader = NULL, expires = CASE WHEN expires < $1 THEN expires ELSE $1 END WHERE host = $2 AND uploader = $3", micros, host, jid),
            512, ct).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<UploadEntry>> ListAsync(UploadQuery query, CancellationToken ct)
    {
        var filter = new UploadFilter(query);
        await queue.WaitForAsync(WriteKinds.Uploads, ct).ConfigureAwait(false);
        return await dialect.ReadAsync($"SELECT {UploadRow.Columns} FROM upload WHERE {filter.Sql}", UploadRow.Read, ct, filter.Arguments).ConfigureAwait(false);
    }

    public async ValueTask<UploadUsage> UsageAsync(string host, Jid uploader, string? purpose, DateTimeOffset since, CancellationToken ct)
    {
        await queue.WaitForAsync(WriteKinds.Uploads, ct).ConfigureAwait(false);
        // The sum of bigints is numeric to PostgreSQL.
        const string Sums =
            """
            SELECT coalesce(sum(CASE WHEN state <> 4 THEN 1 ELSE 0 END), 0), CAST(coalesce(sum(CASE WHEN state <> 4 THEN size ELSE 0 END), 0) AS bigint),
                coalesce(sum(CASE WHEN issued >= $1 THEN 1 ELSE 0 END), 0), CAST(coalesce(sum(CASE WHEN issued >= $1 THEN size ELSE 0 END), 0) AS bigint),
                min(CASE WHEN issued >= $1 THEN issued END)
            FROM upload WHERE host = $2 AND uploader = $3
            """;
        object?[] arguments = [Micros.From(since), SqlText.Check(host), uploader.Bare.ToString()];
        var rows = purpose is null
            ? await dialect.ReadAsync(Sums, ReadUsage, ct, arguments).ConfigureAwait(false)
            : await dialect.ReadAsync(Sums + " AND purpose = $4", ReadUsage, ct, [.. arguments, SqlText.Check(purpose)]).ConfigureAwait(false);
        return rows[0];
    }

    public async ValueTask<IReadOnlyList<UploadTotal>> TotalsAsync(string host, CancellationToken ct)
    {
        await queue.WaitForAsync(WriteKinds.Uploads, ct).ConfigureAwait(false);
        return await dialect.ReadAsync(
            "SELECT uploader, purpose, count(*), CAST(sum(size) AS bigint) FROM upload WHERE host = $1 AND state IN (1, 2, 3) GROUP BY uploader, purpose ORDER BY uploader, purpose",
            row => new UploadTotal(row.IsNull(0) ? null : Jid.Parse(row.Text(0)), row.Text(1), row.Int64(2), row.Int64(3)), ct, SqlText.Check(host)).ConfigureAwait(false);
    }

    // Somebody waits for a slot as for a message: written at once where there was nothing to do, else with what comes in the meantime.
    private Task<T> RunAsync<T>(Func<ISqlSession, T> work, long bytes, CancellationToken ct) =>
        queue.Run(new SqlWork<T>(work, WriteKinds.Uploads, bytes: bytes, isMessage: true)).WaitAsync(ct);

    private static int Remove(ISqlSession session, string host, string[] keys)
    {
        var removed = 0;
        foreach (var some in keys.Chunk(RemovedAtOnce))
            removed += session.Execute(Delete, [host, .. some, .. Enumerable.Repeat(some[^1], RemovedAtOnce - some.Length)]);
        return removed;
    }

    private static UploadUsage ReadUsage(ISqlRow row) =>
        new(row.Int64(0), row.Int64(1), row.Int64(2), row.Int64(3), row.IsNull(4) ? null : Micros.ToTime(row.Int64(4)));
}
