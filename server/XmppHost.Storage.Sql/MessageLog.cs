using XmppHost.Addressing;
using XmppHost.Storage.Sql.Dialects;
using XmppHost.Storage.Sql.Writing;

namespace XmppHost.Storage.Sql;

internal sealed class MessageLog(ISqlDialect dialect, WriteQueue queue, IdSource ids) : IMessageLog
{
    public long NextId() => ids.Next();

    public Task Append(ReadOnlySpan<LogRow> rows, long? senderStream = null, uint handled = 0) =>
        rows.IsEmpty && senderStream is null ? Task.CompletedTask : queue.Append(rows, senderStream, handled);

    public Task Remove(long id) => queue.Remove(id);

    public Task Assign(long id, long? stream, ulong sequence) => queue.Assign(id, new Assignment(stream, stream is null ? 0 : sequence));

    public Task SaveStream(StreamRecord stream)
    {
        SqlText.Check(stream.State);
        SqlText.Check(stream.Token);
        return queue.SaveStream(stream);
    }

    public Task SaveHandled(long stream, uint handled) => queue.SaveHandled(stream, handled);

    public Task EndStream(long stream) => queue.EndStream(stream);

    public ValueTask WaitForRoomAsync(CancellationToken ct) => queue.WaitForRoomAsync(ct);

    public async ValueTask<IReadOnlyList<LogRow>> ReadOfflineAsync(Jid account, long afterId, int limit, CancellationToken ct)
    {
        await queue.WaitForAsync(WriteKinds.Log, ct).ConfigureAwait(false);
        var bare = account.Bare;
        return await dialect.ReadAsync(
            """
            SELECT id, stamp, stanza, copy FROM log
            WHERE account = (SELECT id FROM address WHERE jid = $1) AND stream IS NULL AND id > $2 ORDER BY id LIMIT $3
            """,
            row => new LogRow(row.Int64(0), bare, Micros.ToTime(row.Int64(1)), row.Blob(2), Copy: row.Int64(3) != 0),
            ct, bare.ToString(), afterId, (long)limit).ConfigureAwait(false);
    }

    public async ValueTask<int> CountOfflineAsync(Jid account, CancellationToken ct)
    {
        await queue.WaitForAsync(WriteKinds.Log, ct).ConfigureAwait(false);
        var counts = await dialect.ReadAsync(
            "SELECT count(*) FROM log WHERE account = (SELECT id FROM address WHERE jid = $1) AND stream IS NULL",
            row => (int)row.Int64(0), ct, account.Bare.ToString()).ConfigureAwait(false);
        return counts[0];
    }

    public async ValueTask<IReadOnlyList<LogRow>> ReadStreamAsync(long stream, CancellationToken ct)
    {
        await queue.WaitForAsync(WriteKinds.Log, ct).ConfigureAwait(false);
        Jid? account = null;
        return await dialect.ReadAsync(
            "SELECT l.id, a.jid, l.stamp, l.stanza, l.sequence, l.copy FROM log l JOIN address a ON a.id = l.account WHERE l.stream = $1 ORDER BY l.sequence, l.id",
            row =>
            {
                // Nearly always the same one.
                var jid = row.Text(1);
                if (account?.ToString() != jid) account = Jid.Parse(jid);
                return new LogRow(row.Int64(0), account!, Micros.ToTime(row.Int64(2)), row.Blob(3), stream, (ulong)row.Int64(4), row.Int64(5) != 0);
            },
            ct, stream).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<StreamRecord>> LoadStreamsAsync(CancellationToken ct)
    {
        await queue.Run(new SqlWork<int>(EndUnsaved, WriteKinds.Log, endsBatch: true)).WaitAsync(ct).ConfigureAwait(false);
        return await dialect.ReadAsync(
            "SELECT id, session, token, handled, window_us, state FROM stream ORDER BY id",
            row => new StreamRecord(row.Int64(0), Jid.Parse(row.Text(1)), row.Text(2), (uint)row.Int64(3), Micros.ToSpan(row.Int64(4)), row.Text(5)),
            ct).ConfigureAwait(false);
    }

    public Task Erase(Jid account) => queue.Run(new SqlWork<bool>(session => LogErasure.Run(session, account), WriteKinds.Log, endsBatch: true));

    private static int EndUnsaved(ISqlSession session)
    {
        const string Unsaved = "stream IS NOT NULL AND stream NOT IN (SELECT id FROM stream)";
        return session.Execute($"DELETE FROM log WHERE copy = 1 AND {Unsaved}") + session.Execute($"UPDATE log SET stream = NULL, sequence = 0 WHERE {Unsaved}");
    }
}
