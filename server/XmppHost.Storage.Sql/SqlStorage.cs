using Microsoft.Extensions.Logging;
using XmppHost.Storage.Sql.Dialects;
using XmppHost.Storage.Sql.Dialects.Sqlite;
using XmppHost.Storage.Sql.Writing;

namespace XmppHost.Storage.Sql;

/// <summary>The durable storage on SQLite or PostgreSQL.</summary>
public sealed class SqlStorage : IStorage
{
    private readonly ISqlDialect _dialect;
    private readonly IdSource _ids;
    private readonly WriteQueue _queue;
    private bool _closed;

    internal SqlStorage(ISqlDialect dialect, StorageOptions options, TimeProvider clock, ILoggerFactory loggers)
    {
        _dialect = dialect;
        _ids = new IdSource(clock);
        _queue = new WriteQueue(
            dialect.Write, _ids, options.CommitWindow ?? WriteQueue.DefaultWindow, options.QueueLimit?.Bytes ?? WriteQueue.DefaultLimit, loggers.CreateLogger("XmppHost.Storage"));
        Accounts = new AccountStore(dialect, _queue);
        Values = new KeyValueStore(dialect, _queue);
        Log = new MessageLog(dialect, _queue, _ids);
    }

    public IAccountStore Accounts { get; }

    public IKeyValueStore Values { get; }

    public IMessageLog Log { get; }

    /// <summary>Made, not opened. SQLite's file is <c>xmpphost.db</c> in the data folder, which is made when it is not there.</summary>
    public static SqlStorage Create(StorageOptions options, string dataDirectory, TimeProvider clock, ILoggerFactory loggers)
    {
        ISqlDialect dialect = options.Provider switch
        {
            StorageProvider.Sqlite => new SqliteDialect(Path.Combine(dataDirectory, "xmpphost.db"), clock, loggers.CreateLogger("XmppHost.Storage")),
            _ => throw new StorageException($"no storage provider {options.Provider}"),
        };
        return new SqlStorage(dialect, options, clock, loggers);
    }

    public async ValueTask OpenAsync(CancellationToken ct)
    {
        try
        {
            _ids.Start(await _dialect.OpenAsync(ct).ConfigureAwait(false));
        }
        catch (Exception e) when (e is not OperationCanceledException and not StorageException)
        {
            throw _dialect.Explain("the storage could not be opened", e);
        }

        _queue.Start();
    }

    /// <summary>Writes what is queued, then closes.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _closed, true)) return;
        await _queue.DisposeAsync().ConfigureAwait(false);
        await _dialect.DisposeAsync().ConfigureAwait(false);
    }
}
