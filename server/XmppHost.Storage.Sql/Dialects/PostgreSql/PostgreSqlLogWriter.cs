using Npgsql;
using XmppHost.Storage.Sql.Writing;

namespace XmppHost.Storage.Sql.Dialects.PostgreSql;

/// <summary>
/// Turns the message log's part of a batch into statements over arrays: one statement per kind of write, whatever the number of rows, and all in one round trip. Applied again
/// after a lost connection they change nothing more.
/// </summary>
internal static class PostgreSqlLogWriter
{
    private const string AddAddresses =
        "INSERT INTO address (jid) SELECT u FROM unnest($1) u WHERE NOT EXISTS (SELECT 1 FROM address WHERE jid = u) ON CONFLICT (jid) DO NOTHING";

    // The lock on the address is what another process's erasure of the account waits for, or has waited: then there is nothing to append to.
    private const string Insert =
        """
        INSERT INTO log (id, account, stamp, stream, sequence, copy, stanza)
        SELECT u.id, a.id, u.stamp, nullif(u.stream, 0), u.sequence, u.copy, u.stanza
        FROM unnest($1, $2, $3, $4, $5, $6, $7) AS u (id, jid, stamp, stream, sequence, copy, stanza) JOIN address a ON a.jid = u.jid
        FOR KEY SHARE OF a
        ON CONFLICT (id) DO NOTHING
        """;

    private const string InsertArchived =
        """
        INSERT INTO archive (account, id, peer, resource, nonce, stanza)
        SELECT a.id, u.id, u.peer, nullif(u.resource, ''), u.nonce, u.stanza
        FROM unnest($1, $2, $3, $4, $5, $6) AS u (id, jid, peer, resource, nonce, stanza) JOIN address a ON a.jid = u.jid
        FOR KEY SHARE OF a
        ON CONFLICT (account, id) DO NOTHING
        """;

    private const string SaveStreams =
        """
        INSERT INTO stream (id, account, session, token, handled, window_us, state)
        SELECT u.id, a.id, u.session, u.token, u.handled, u.window_us, u.state
        FROM unnest($1, $2, $3, $4, $5, $6, $7) AS u (id, jid, session, token, handled, window_us, state) JOIN address a ON a.jid = u.jid
        FOR KEY SHARE OF a
        ON CONFLICT (id) DO UPDATE SET account = excluded.account, session = excluded.session, token = excluded.token, handled = excluded.handled,
            window_us = excluded.window_us, state = excluded.state
        """;

    internal static void AddTo(NpgsqlBatch commands, WriteBatch batch)
    {
        if (batch.Removes.Count > 0) Add(commands, "DELETE FROM log WHERE id = ANY ($1)", batch.Removes.ToArray());
        if (batch.RowCount + batch.Streams.Count + batch.Archived.Count > 0) Add(commands, AddAddresses, (object)Addresses(batch));
        if (batch.RowCount > 0) AddRows(commands, batch);
        if (batch.Archived.Count > 0) AddArchived(commands, [.. batch.Archived]);
        if (batch.Assignments.Count > 0) AddAssignments(commands, batch.Assignments);
        if (batch.Streams.Count > 0) AddStreams(commands, [.. batch.Streams.Values]);
        if (batch.Handled.Count > 0) AddHandled(commands, batch.Handled);
        if (batch.Ends.Count > 0) AddEnds(commands, [.. batch.Ends]);
    }

    private static string[] Addresses(WriteBatch batch)
    {
        var addresses = new HashSet<string>();
        foreach (ref readonly var pending in batch.Rows)
        {
            if (pending.Row is { } row) addresses.Add(Address(row.Account));
        }

        foreach (var row in batch.Archived) addresses.Add(Address(row.Account));
        foreach (var stream in batch.Streams.Values) addresses.Add(Address(stream.Session));
        // Sorted, so that two processes that add the same ones wait for each other in one order.
        string[] sorted = [.. addresses];
        Array.Sort(sorted, StringComparer.Ordinal);
        return sorted;
    }

    private static string Address(Addressing.Jid jid) => jid.Bare.ToString();

    private static void AddRows(NpgsqlBatch commands, WriteBatch batch)
    {
        var count = batch.RowCount;
        var (ids, jids, stamps, streams) = (new long[count], new string[count], new long[count], new long[count]);
        var (sequences, copies, stanzas) = (new long[count], new long[count], new ReadOnlyMemory<byte>[count]);
        var i = 0;
        foreach (ref readonly var pending in batch.Rows)
        {
            if (pending.Row is not { } row) continue;
            (ids[i], jids[i], stamps[i], streams[i]) = (row.Id, Address(row.Account), Micros.From(row.Stamp), pending.Stream ?? 0);
            (sequences[i], copies[i], stanzas[i]) = ((long)pending.Sequence, row.Copy ? 1 : 0, row.Stanza);
            i++;
        }

        Add(commands, Insert, ids, jids, stamps, streams, sequences, copies, stanzas);
    }

    private static void AddArchived(NpgsqlBatch commands, ArchiveRow[] rows) => Add(
        commands,
        InsertArchived,
        Array.ConvertAll(rows, row => row.Id), Array.ConvertAll(rows, row => Address(row.Account)), Array.ConvertAll(rows, row => Address(row.Peer)),
        Array.ConvertAll(rows, row => row.Peer.Resource ?? ""), Array.ConvertAll(rows, row => row.Nonce), Array.ConvertAll(rows, row => row.Stanza));

    private static void AddAssignments(NpgsqlBatch commands, Dictionary<long, Assignment> assignments) => Add(
        commands,
        "UPDATE log SET stream = nullif(u.stream, 0), sequence = u.sequence FROM unnest($1, $2, $3) AS u (id, stream, sequence) WHERE log.id = u.id",
        assignments.Keys.ToArray(), assignments.Values.Select(to => to.Stream ?? 0).ToArray(), assignments.Values.Select(to => (long)to.Sequence).ToArray());

    private static void AddStreams(NpgsqlBatch commands, StreamRecord[] streams) => Add(
        commands,
        SaveStreams,
        Array.ConvertAll(streams, stream => stream.Key), Array.ConvertAll(streams, stream => Address(stream.Session)), Array.ConvertAll(streams, stream => stream.Session.ToString()),
        Array.ConvertAll(streams, stream => stream.Token), Array.ConvertAll(streams, stream => (long)stream.Handled),
        Array.ConvertAll(streams, stream => Micros.From(stream.Window)), Array.ConvertAll(streams, stream => stream.State));

    private static void AddHandled(NpgsqlBatch commands, Dictionary<long, uint> handled) => Add(
        commands,
        "UPDATE stream SET handled = u.handled FROM unnest($1, $2) AS u (id, handled) WHERE stream.id = u.id",
        handled.Keys.ToArray(), handled.Values.Select(count => (long)count).ToArray());

    private static void AddEnds(NpgsqlBatch commands, long[] ends)
    {
        Add(commands, "DELETE FROM log WHERE stream = ANY ($1) AND copy = 1", ends);
        Add(commands, "UPDATE log SET stream = NULL, sequence = 0 WHERE stream = ANY ($1)", ends);
        Add(commands, "DELETE FROM stream WHERE id = ANY ($1)", ends);
    }

    private static void Add(NpgsqlBatch commands, string sql, params object[] arguments)
    {
        var command = new NpgsqlBatchCommand(sql);
        PostgreSqlSession.AddParameters(command.Parameters, arguments);
        commands.BatchCommands.Add(command);
    }
}
