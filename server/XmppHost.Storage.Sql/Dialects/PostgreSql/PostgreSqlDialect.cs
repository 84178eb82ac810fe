using Microsoft.Extensions.Logging;
using Npgsql;
using XmppHost.Storage.Sql.Writing;

namespace XmppHost.Storage.Sql.Dialects.PostgreSql;

/// <summary>A PostgreSQL database (13 or later): one connection writes, pooled ones read.</summary>
internal sealed partial class PostgreSqlDialect : ISqlDialect
{
    private const string Name = "postgresql";

    // Every 64-bit number will do that other programs do not use for the same.
    private const long MigrationLock = 0x584d50504d494752;

    private readonly NpgsqlDataSource _source;
    private readonly TimeProvider _clock;
    private readonly IdSource _ids;
    private readonly ILogger _logger;
    private readonly PostgreSqlWriter _writer;
    private readonly string _where;

    internal PostgreSqlDialect(string connectionString, TimeProvider clock, IdSource ids, ILogger logger)
    {
        var settings = Settings(connectionString);
        _where = $"postgresql {settings.Host}:{settings.Port}/{settings.Database ?? settings.Username}";
        _source = NpgsqlDataSource.Create(settings);
        _clock = clock;
        _ids = ids;
        _logger = logger;
        _writer = new PostgreSqlWriter(_source, new IdSlots(ids), logger);
    }

    public ValueTask OpenAsync(CancellationToken ct)
    {
        var connection = _writer.Connect();
        var session = new PostgreSqlSession(connection);
        CheckServer(session);
        Migrate(connection, session);
        _ids.Start(session.Query(
            "SELECT greatest((SELECT max(id) FROM log), (SELECT max(id) FROM stream), (SELECT value FROM meta WHERE name = 'id_floor'))", row => row.Int64(0))[0]);
        return default;
    }

    public void Write(IReadOnlyList<WriteBatch> batches, long? idFloor)
    {
        try
        {
            _writer.Write(batches, idFloor);
        }
        catch (NpgsqlException e)
        {
            throw Explain("the storage could not write", e);
        }
    }

    public async ValueTask<List<T>> ReadAsync<T>(string sql, Func<ISqlRow, T> map, CancellationToken ct, params object?[] arguments)
    {
        var retry = new Retry();
        while (true)
        {
            try
            {
                return await ReadOnceAsync(sql, map, arguments, ct).ConfigureAwait(false);
            }
            catch (NpgsqlException e)
            {
                if (retry.After(e) is not { } pause) throw Explain("the storage could not be read", e);
                await Task.Delay(pause, ct).ConfigureAwait(false);
            }
        }
    }

    // Npgsql's messages have no password in them.
    public StorageException Explain(string what, Exception exception) =>
        new($"{what}: {_where}: {(exception as PostgresException)?.MessageText ?? exception.InnerException?.Message ?? exception.Message}", exception);

    public async ValueTask DisposeAsync()
    {
        _writer.Dispose();
        await _source.DisposeAsync().ConfigureAwait(false);
    }

    private static NpgsqlConnectionStringBuilder Settings(string connectionString)
    {
        NpgsqlConnectionStringBuilder settings;
        try
        {
            settings = new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (ArgumentException e)
        {
            throw new StorageException($"storage.connectionString: {e.Message}", e);
        }

        settings.ApplicationName ??= "xmpphost";
        // The statements are few and always the same: planned once per connection.
        if (settings.MaxAutoPrepare == 0) settings.MaxAutoPrepare = 64;
        return settings;
    }

    private async ValueTask<List<T>> ReadOnceAsync<T>(string sql, Func<ISqlRow, T> map, object?[] arguments, CancellationToken ct)
    {
        var command = _source.CreateCommand(sql);
        await using var commandDisposal = command.ConfigureAwait(false);
        PostgreSqlSession.AddParameters(command.Parameters, arguments);
        var reader = await command.ExecuteReaderAsync(ct).ConfigureAwait(false);
        await using var readerDisposal = reader.ConfigureAwait(false);
        var row = new PostgreSqlRow(reader);
        var rows = new List<T>();
        while (await reader.ReadAsync(ct).ConfigureAwait(false)) rows.Add(map(row));
        return rows;
    }

    private void CheckServer(PostgreSqlSession session)
    {
        var (version, encoding, fsync) = session.Query(
            "SELECT current_setting('server_version_num')::bigint, current_setting('server_encoding'), current_setting('fsync')",
            row => (row.Int64(0), row.Text(1), row.Text(2)))[0];
        if (version < 130_000) throw new StorageException($"{_where}: PostgreSQL 13 or later is needed");
        if (encoding != "UTF8") throw new StorageException($"{_where}: the database's encoding is {encoding}, UTF8 is needed (CREATE DATABASE ... ENCODING 'UTF8' TEMPLATE template0)");
        if (fsync == "off") LogNoFsync(_logger, _where);
    }

    private void Migrate(NpgsqlConnection connection, PostgreSqlSession session)
    {
        if (session.Query("SELECT to_regclass('schema_version') IS NOT NULL AS there WHERE to_regclass('schema_version') IS NOT NULL", _ => true).Count > 0
            && Migrator.CurrentVersion(session) == Migrator.NewestVersion(Name)) return;
        using var transaction = connection.BeginTransaction();
        session.Query("SELECT pg_advisory_xact_lock($1)", _ => true, MigrationLock);
        Migrator.Run(session, Name, _clock);
        transaction.Commit();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Where} runs with fsync=off: after a power failure messages that were acknowledged may be gone")]
    private static partial void LogNoFsync(ILogger logger, string where);
}
