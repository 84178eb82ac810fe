using System.Diagnostics;
using Microsoft.Extensions.Logging;
using XmppHost.Storage.Sql.Dialects;

namespace XmppHost.Storage.Sql.Writing;

/// <summary>The thread that writes. What fails, fails alone: it goes on with what comes next.</summary>
internal sealed partial class BatchWriter(BatchLine line, WriteTransaction write, IdSource ids, StorageMetrics metrics, ILogger log) : IAsyncDisposable
{
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _started;
    private long? _lastSaid;
    private int _unsaid;

    internal void Start()
    {
        _started = true;
        new Thread(Run) { IsBackground = true, Name = "storage writer" }.Start();
    }

    /// <summary>Writes what is queued, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (line.Gate) line.Stop();
        if (_started) await _stopped.Task.ConfigureAwait(false);
    }

    private void Run()
    {
        while (line.Take() is { Count: > 0 } batches)
        {
            Write(batches);
            line.Return();
        }

        _stopped.TrySetResult();
    }

    private void Write(IReadOnlyList<WriteBatch> batches)
    {
        var floor = ids.NextFloor();
        var started = Stopwatch.GetTimestamp();
        try
        {
            if (floor is not null || batches.Any(batch => !batch.IsEmpty)) write(batches, floor);
            if (floor is { } written) ids.FloorIsOnDisk(written);
        }
        catch (Exception e)
        {
            metrics.Failed(batches.Sum(batch => batch.Calls));
            var exception = e as StorageException ?? new StorageException($"the storage could not write: {e.Message}", e);
            LogFailure(batches.Sum(batch => batch.Calls), exception);
            foreach (var batch in batches) batch.Fail(exception);
            return;
        }

        metrics.Committed(batches.Sum(batch => batch.Calls), Stopwatch.GetElapsedTime(started));
        foreach (var batch in batches) batch.Complete();
    }

    // A full disk fails every batch: one line a second says so, not five hundred.
    private void LogFailure(int calls, StorageException exception)
    {
        _unsaid += calls;
        if (_lastSaid is { } last && Stopwatch.GetElapsedTime(last) < TimeSpan.FromSeconds(1)) return;
        LogFailure(log, _unsaid, exception.Message);
        (_unsaid, _lastSaid) = (0, Stopwatch.GetTimestamp());
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Calls} writes failed: {Reason}")]
    private static partial void LogFailure(ILogger logger, int calls, string reason);
}
