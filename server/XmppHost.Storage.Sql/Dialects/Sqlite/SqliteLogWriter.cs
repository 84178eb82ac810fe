using XmppHost.Storage.Sql.Writing;

namespace XmppHost.Storage.Sql.Dialects.Sqlite;

/// <summary>Writes the message log's part of a batch, inside a transaction: the hot path, one prepared statement per kind of write.</summary>
internal sealed class SqliteLogWriter(SqliteConnection connection)
{
    // About 10 MB when full; then it starts over.
    private const int MaxAddresses = 50_000;

    private readonly Dictionary<string, long> _addresses = [];
    private readonly SqliteStatement _version = connection.Prepare("PRAGMA data_version");
    private readonly SqliteStatement _insert = connection.Prepare("INSERT INTO log (id, account, stamp, stream, sequence, copy, stanza) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO NOTHING");
    private readonly SqliteStatement _archive = connection.Prepare("INSERT INTO archive (id, account, peer, resource, nonce, stanza) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO NOTHING");
    private readonly SqliteStatement _delete = connection.Prepare("DELETE FROM log WHERE id = $1");
    private readonly SqliteStatement _assign = connection.Prepare("UPDATE log SET stream = $1, sequence = $2 WHERE id = $3");
    private readonly SqliteStatement _handled = connection.Prepare("UPDATE stream SET handled = $1 WHERE id = $2");
    private long _seenVersion;

    internal void Write(WriteBatch batch)
    {
        ForgetAddressesChangedElsewhere();
        foreach (var id in batch.Removes) Delete(id);
        foreach (ref readonly var pending in batch.Rows)
        {
            if (pending.Row is { } row) Insert(row, pending.Stream, pending.Sequence);
        }

        foreach (var row in batch.Archived) Archive(row);
        foreach (var (id, to) in batch.Assignments) Assign(id, to);
        foreach (var stream in batch.Streams.Values) Save(stream);
        foreach (var (stream, handled) in batch.Handled) SaveHandled(stream, handled);
        foreach (var stream in batch.Ends) End(stream);
    }

    /// <summary>What was put into the database since its last commit may not be there.</summary>
    internal void ForgetAddresses() => _addresses.Clear();

    // Another process may have erased an account whose number is known here. The transaction has begun, so nobody can do it later.
    private void ForgetAddressesChangedElsewhere()
    {
        _version.Step();
        var version = _version.Int64(0);
        _version.Reset();
        if (version == _seenVersion) return;
        _seenVersion = version;
        _addresses.Clear();
    }

    private void Insert(LogRow row, long? stream, ulong sequence)
    {
        _insert.Bind(1, row.Id);
        _insert.Bind(2, AddressId(row.Account));
        _insert.Bind(3, Micros.From(row.Stamp));
        BindOptional(_insert, 4, stream);
        _insert.Bind(5, (long)sequence);
        _insert.Bind(6, row.Copy ? 1 : 0);
        _insert.Bind(7, row.Stanza.Span);
        _insert.Run();
    }

    private void Archive(ArchiveRow row)
    {
        _archive.Bind(1, row.Id);
        _archive.Bind(2, AddressId(row.Account));
        _archive.Bind(3, row.Peer.Bare.ToString());
        if (row.Peer.Resource is { } resource) _archive.Bind(4, resource);
        else _archive.BindNull(4);
        _archive.Bind(5, row.Nonce);
        _archive.Bind(6, row.Stanza.Span);
        _archive.Run();
    }

    private void Delete(long id)
    {
        _delete.Bind(1, id);
        _delete.Run();
    }

    private void Assign(long id, Assignment to)
    {
        BindOptional(_assign, 1, to.Stream);
        _assign.Bind(2, (long)to.Sequence);
        _assign.Bind(3, id);
        _assign.Run();
    }

    private void Save(StreamRecord stream) => connection.Execute(
        """
        INSERT INTO stream (id, account, session, token, handled, window_us, state) VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (id) DO UPDATE SET account = excluded.account, session = excluded.session, token = excluded.token, handled = excluded.handled,
            window_us = excluded.window_us, state = excluded.state
        """,
        stream.Key, AddressId(stream.Session), stream.Session.ToString(), stream.Token, (long)stream.Handled, Micros.From(stream.Window), stream.State);

    private void SaveHandled(long stream, uint handled)
    {
        _handled.Bind(1, handled);
        _handled.Bind(2, stream);
        _handled.Run();
    }

    private void End(long stream)
    {
        connection.Execute("DELETE FROM log WHERE stream = $1 AND copy = 1", stream);
        connection.Execute("UPDATE log SET stream = NULL, sequence = 0 WHERE stream = $1", stream);
        connection.Execute("DELETE FROM stream WHERE id = $1", stream);
    }

    private long AddressId(Addressing.Jid account)
    {
        var jid = account.Bare.ToString();
        if (_addresses.TryGetValue(jid, out var id)) return id;
        connection.Execute("INSERT INTO address (jid) VALUES ($1) ON CONFLICT (jid) DO NOTHING", jid);
        id = connection.Query("SELECT id FROM address WHERE jid = $1", row => row.Int64(0), jid)[0];
        if (_addresses.Count >= MaxAddresses) _addresses.Clear();
        return _addresses[jid] = id;
    }

    private static void BindOptional(SqliteStatement statement, int index, long? value)
    {
        if (value is { } number) statement.Bind(index, number);
        else statement.BindNull(index);
    }
}
