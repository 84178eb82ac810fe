using SQLitePCL;

namespace XmppHost.Storage.Sql.Dialects.Sqlite;

/// <summary>One connection and its prepared statements; used by one thread at a time.</summary>
internal sealed class SqliteConnection : ISqlSession, IDisposable
{
    // The command line works on the same file while the server runs, and the other way round.
    private const int BusyMilliseconds = 10_000;

    private readonly sqlite3 _db;
    private readonly Dictionary<string, SqliteStatement> _statements = [];

    private SqliteConnection(sqlite3 db) => _db = db;

    internal static SqliteConnection Open(string path, string pragmas)
    {
        var code = raw.sqlite3_open_v2(path, out var db, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_NOMUTEX, null);
        var connection = new SqliteConnection(db);
        try
        {
            connection.Check(code);
            raw.sqlite3_extended_result_codes(db, 1);
            raw.sqlite3_busy_timeout(db, BusyMilliseconds);
            connection.ExecuteScript(pragmas);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    internal bool InTransaction => raw.sqlite3_get_autocommit(_db) == 0;

    /// <summary>The prepared statement of this text, reset. The text should be a constant: it is kept.</summary>
    internal SqliteStatement Prepare(string sql)
    {
        if (_statements.TryGetValue(sql, out var statement)) return statement;
        Check(raw.sqlite3_prepare_v3(_db, sql, raw.SQLITE_PREPARE_PERSISTENT, out var handle));
        return _statements[sql] = new SqliteStatement(_db, handle);
    }

    public int Execute(string sql, params object?[] arguments)
    {
        var statement = Prepare(sql);
        try
        {
            statement.BindAll(arguments);
            while (statement.Step())
            {
            }
        }
        finally
        {
            statement.Reset();
        }

        return raw.sqlite3_changes(_db);
    }

    public void ExecuteScript(string sql) => Check(raw.sqlite3_exec(_db, sql));

    public List<T> Query<T>(string sql, Func<ISqlRow, T> map, params object?[] arguments)
    {
        var rows = new List<T>();
        var statement = Prepare(sql);
        try
        {
            statement.BindAll(arguments);
            while (statement.Step()) rows.Add(map(statement));
        }
        finally
        {
            statement.Reset();
        }

        return rows;
    }

    /// <summary>Copies pages from the write-ahead log into the database, as far as that goes without waiting for anybody.</summary>
    /// <returns>Pages that are still only in the log, and the log's pages.</returns>
    internal (int Left, int Total) CheckpointPassively()
    {
        var code = raw.sqlite3_wal_checkpoint_v2(_db, null, raw.SQLITE_CHECKPOINT_PASSIVE, out var total, out var done);
        if ((code & 0xff) is not raw.SQLITE_BUSY) Check(code);
        return (Math.Max(0, total - done), Math.Max(0, total));
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values) statement.Dispose();
        _statements.Clear();
        raw.sqlite3_close_v2(_db);
    }

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK) throw SqliteException.Of(_db, code);
    }
}
