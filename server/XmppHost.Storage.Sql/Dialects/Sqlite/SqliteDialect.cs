using Microsoft.Extensions.Logging;
using SQLitePCL;
using XmppHost.Storage.Sql.Writing;

namespace XmppHost.Storage.Sql.Dialects.Sqlite;

/// <summary>One file, in write-ahead mode: one connection writes, others read at the same time, one more moves the log into the database.</summary>
internal sealed class SqliteDialect : ISqlDialect
{
    private const string Name = "sqlite";

    // synchronous=FULL syncs the log at every commit: what was acknowledged is on the disk, not in the kernel. secure_delete=FAST: what is deleted is overwritten where the page is
    // written anyway (Debian's default overwrites freed pages too, which costs a write each). The log file is cut back to the limit when it starts over.
    private const string WriterPragmas =
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA wal_autocheckpoint=0; PRAGMA journal_size_limit=67108864; PRAGMA secure_delete=FAST; PRAGMA cache_size=-8000; PRAGMA temp_store=MEMORY";

    private const string ReaderPragmas = "PRAGMA query_only=ON; PRAGMA temp_store=MEMORY";

    private readonly string _path;
    private readonly TimeProvider _clock;
    private readonly IdSource _ids;
    private readonly SqliteReaders _readers;
    private readonly SqliteCheckpointer _checkpointer;
    private SqliteConnection? _writer;
    private SqliteLogWriter? _log;

    internal SqliteDialect(string path, TimeProvider clock, IdSource ids, ILogger logger)
    {
        _path = path;
        _clock = clock;
        _ids = ids;
        _readers = new SqliteReaders(() => SqliteConnection.Open(path, ReaderPragmas));
        _checkpointer = new SqliteCheckpointer(() => SqliteConnection.Open(path, "PRAGMA wal_autocheckpoint=0; PRAGMA synchronous=FULL"), logger);
    }

    public ValueTask OpenAsync(CancellationToken ct)
    {
        _ = SqliteLibrary.Version;
        MakeFile(_path);
        var connection = OpenWriter();
        Migrate(connection, _clock);
        // An id that is there counts as well: the floor is written a moment after the first ids are given out.
        _ids.Start(connection.Query(
            "SELECT max(coalesce((SELECT max(id) FROM log), 0), coalesce((SELECT max(id) FROM stream), 0), coalesce((SELECT max(id) FROM archive), 0), (SELECT value FROM meta WHERE name = 'id_floor'))", row => row.Int64(0))[0]);
        return default;
    }

    public void Write(IReadOnlyList<WriteBatch> batches, long? idFloor)
    {
        var writer = _writer ?? OpenWriter();
        try
        {
            writer.Prepare("BEGIN IMMEDIATE").Run();
            foreach (var batch in batches) Write(writer, batch);
            if (idFloor is { } floor) writer.Execute("UPDATE meta SET value = max(value, $1) WHERE name = 'id_floor'", floor);
            writer.Prepare("COMMIT").Run();
        }
        catch (Exception e)
        {
            Abandon(writer, e);
            throw e is SqliteException ? Explain("the storage could not write", e) : e;
        }

        _checkpointer.AfterCommit(writer);
    }

    public ValueTask<List<T>> ReadAsync<T>(string sql, Func<ISqlRow, T> map, CancellationToken ct, params object?[] arguments)
    {
        ct.ThrowIfCancellationRequested();
        try
        {
            return new ValueTask<List<T>>(_readers.Read(sql, map, arguments));
        }
        catch (SqliteException e)
        {
            throw Explain("the storage could not be read", e);
        }
    }

    public StorageException Explain(string what, Exception exception) => new($"{what}: {_path}: {exception.Message}", exception);

    public ValueTask DisposeAsync()
    {
        _checkpointer.Dispose();
        _readers.Dispose();
        // The last connection to close moves the rest of the log into the database and deletes it.
        _writer?.Dispose();
        _writer = null;
        return default;
    }

    private void Write(SqliteConnection writer, WriteBatch batch)
    {
        if (!batch.LogIsEmpty) (_log ??= new SqliteLogWriter(writer)).Write(batch);
        foreach (var work in batch.Work) work.Run(writer);
        if (batch.Work.Count > 0) _log?.ForgetAddresses();
    }

    private SqliteConnection OpenWriter()
    {
        _log = null;
        return _writer = SqliteConnection.Open(_path, WriterPragmas);
    }

    private void Abandon(SqliteConnection writer, Exception exception)
    {
        _log?.ForgetAddresses();
        try
        {
            if (writer.InTransaction) writer.ExecuteScript("ROLLBACK");
        }
        catch (SqliteException)
        {
            // The connection goes below, and its transaction with it.
            exception = new SqliteException(raw.SQLITE_IOERR, exception.Message);
        }

        // A full disk or a busy database leaves the connection in order; after anything else it starts afresh.
        if (exception is SqliteException { Code: raw.SQLITE_FULL or raw.SQLITE_BUSY or raw.SQLITE_CONSTRAINT or raw.SQLITE_TOOBIG }) return;
        writer.Dispose();
        (_writer, _log) = (null, null);
    }

    private static void Migrate(SqliteConnection connection, TimeProvider clock)
    {
        // Nearly every start: up to date, nothing to lock and nothing to write.
        var known = Migrator.NewestVersion(Name);
        if (connection.Query("SELECT 1 FROM sqlite_master WHERE name = 'schema_version'", row => row.Int64(0)).Count > 0 && Migrator.CurrentVersion(connection) == known) return;
        connection.ExecuteScript("BEGIN IMMEDIATE");
        try
        {
            Migrator.Run(connection, Name, clock);
            connection.ExecuteScript("COMMIT");
        }
        catch
        {
            if (connection.InTransaction) connection.ExecuteScript("ROLLBACK");
            throw;
        }
    }

    // Keys and messages are nobody else's. SQLite gives its log and index the database's mode.
    private static void MakeFile(string path)
    {
        if (File.Exists(path)) return;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var file = new FileStream(path, options);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was first.
        }
    }
}
