using Microsoft.Extensions.Logging;

namespace XmppHost.Storage.Sql.Dialects.Sqlite;

/// <summary>
/// Moves the write-ahead log into the database beside the writer, so that commits do not wait for it. While the writer goes on, a checkpoint never reaches the log's end and
/// the log would only grow; when it has grown, the writer is asked for the small rest between two of its batches, and starts the log over.
/// </summary>
internal sealed partial class SqliteCheckpointer(Func<SqliteConnection> open, ILogger log) : IDisposable
{
    // Twice a second: under full load that is about 10 MB at once, and an idle server does nothing.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    // 16 MB of log; below it a reader that looks for a page in it still finds it fast.
    private const int LongLogPages = 4096;

    // Pages that the writer copies in well under a millisecond's disk time or so; more and it would rather wait for the next round.
    private const int FewPages = 1024;

    private readonly ManualResetEventSlim _stop = new();
    private readonly AutoResetEvent _written = new(false);
    private Thread? _thread;
    private volatile bool _finishWanted;
    private bool _dirty;

    /// <summary>Called by the writer after each commit.</summary>
    internal void AfterCommit(SqliteConnection writer)
    {
        if (_thread is null) Start();
        if (!Volatile.Read(ref _dirty))
        {
            Volatile.Write(ref _dirty, true);
            _written.Set();
        }

        if (!_finishWanted) return;
        _finishWanted = false;
        writer.CheckpointPassively();
    }

    public void Dispose()
    {
        _stop.Set();
        _written.Set();
        _thread?.Join();
        _stop.Dispose();
        _written.Dispose();
    }

    private void Start()
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "storage checkpoints" };
        _thread.Start();
    }

    private void Run()
    {
        SqliteConnection? connection = null;
        while (_written.WaitOne() && !_stop.Wait(Interval))
        {
            Volatile.Write(ref _dirty, false);
            try
            {
                connection ??= open();
                Checkpoint(connection);
            }
            catch (SqliteException e)
            {
                LogFailure(log, e.Message);
                connection?.Dispose();
                connection = null;
            }
        }

        connection?.Dispose();
    }

    private void Checkpoint(SqliteConnection connection)
    {
        var (left, total) = connection.CheckpointPassively();
        if (total < LongLogPages) return;
        // What was written during that one, so that little is left.
        if (left > FewPages) connection.CheckpointPassively();
        _finishWanted = true;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database's write-ahead log could not be moved into it and grows: {Reason}")]
    private static partial void LogFailure(ILogger logger, string reason);
}
