using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using XmppHost.Storage.Sql.Dialects;
using XmppHost.Storage.Sql.Dialects.PostgreSql;
using XmppHost.Storage.Sql.Dialects.Sqlite;
using XmppHost.Storage.Sql.Uploads;
using XmppHost.Storage.Sql.Writing;

namespace XmppHost.Storage.Sql;

/// <summary>The durable storage on SQLite or PostgreSQL.</summary>
public sealed class SqlStorage : IStorage
{
    // A millisecond between the commits of messages takes 20 of them together at 20,000/s, and nobody sees it; removals and counts can wait twice as long.
    private static readonly TimeSpan DefaultWindow = TimeSpan.FromMilliseconds(2);

    /// <summary>Of the meter that <see cref="Create"/> is given.</summary>
    public const string MeterName = "XmppHost.Storage";

    private readonly ISqlDialect _dialect;
    private readonly BatchWriter _writer;
    private bool _closed;

    private SqlStorage(ISqlDialect dialect, IdSource ids, StorageOptions options, Meter meter, ILogger logger)
    {
        var line = new BatchLine(options.CommitWindow ?? DefaultWindow);
        var queue = new WriteQueue(line, options.QueueLimit?.Bytes ?? WriteQueue.DefaultLimit);
        _dialect = dialect;
        _writer = new BatchWriter(line, dialect.Write, ids, new StorageMetrics(meter, () => line.Bytes), logger);
        Queue = queue;
        Accounts = new AccountStore(dialect, queue);
        Values = new KeyValueStore(dialect, queue);
        Log = new MessageLog(dialect, queue, ids);
        Archive = new MessageArchive(dialect, queue);
        Uploads = new UploadLedger(dialect, queue);
    }

    internal WriteQueue Queue { get; }

    public IAccountStore Accounts { get; }

    public IKeyValueStore Values { get; }

    public IMessageLog Log { get; }

    public IMessageArchive Archive { get; }

    public IUploadLedger Uploads { get; }

    /// <summary>Made, not opened. SQLite's file is <c>xmpphost.db</c> in the data folder, which is made when it is not there.</summary>
    public static SqlStorage Create(StorageOptions options, string dataDirectory, TimeProvider clock, ILoggerFactory loggers, Meter? meter = null)
    {
        var logger = loggers.CreateLogger("XmppHost.Storage");
        var ids = new IdSource(clock);
        ISqlDialect dialect = options.Provider switch
        {
            StorageProvider.Sqlite => new SqliteDialect(Path.Combine(dataDirectory, "xmpphost.db"), clock, ids, logger),
            StorageProvider.PostgreSql => new PostgreSqlDialect(options.ConnectionString?.Reveal() ?? "", clock, ids, logger),
            _ => throw new StorageException($"no storage provider {options.Provider}"),
        };
        return new SqlStorage(dialect, ids, options, meter ?? new Meter(MeterName), logger);
    }

    public async ValueTask OpenAsync(CancellationToken ct)
    {
        try
        {
            await _dialect.OpenAsync(ct).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException and not StorageException)
        {
            throw _dialect.Explain("the storage could not be opened", e);
        }

        Queue.Open();
        _writer.Start();
    }

    /// <summary>Writes what is queued, then closes.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _closed, true)) return;
        await _writer.DisposeAsync().ConfigureAwait(false);
        await _dialect.DisposeAsync().ConfigureAwait(false);
    }
}
