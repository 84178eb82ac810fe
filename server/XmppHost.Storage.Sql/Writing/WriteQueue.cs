using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace XmppHost.Storage.Sql.Writing;

/// <summary>
/// The way of all writes: connections add to the open batch under a lock, one thread takes batch after batch and writes each in one transaction. Its memory is bounded: appends and
/// values beyond <see cref="_limit"/> are refused with a failed task, and from half of it on <see cref="WaitForRoomAsync"/> holds back who asks.
/// </summary>
internal sealed partial class WriteQueue(Action<WriteBatch> write, IdSource ids, TimeSpan window, long limit, ILogger log) : IAsyncDisposable
{
    /// <summary>
    /// What is gathered after the first write of a batch. A message to a client that reads is flushed and removed within it and so never written; at 20,000 messages/s a
    /// transaction of 40 messages costs each of them a fortieth of the fsync. Longer windows delay the acknowledgements without saving much more.
    /// </summary>
    internal static readonly TimeSpan DefaultWindow = TimeSpan.FromMilliseconds(2);

    internal const long DefaultLimit = 64 << 20;

    // One transaction stays below about 50 ms: 4,096 writes at 10 µs; a value of some megabytes counts for itself.
    private const int MaxCalls = 4096;
    private const long MaxBytes = 4 << 20;

    private readonly object _gate = new();
    private readonly Queue<WriteBatch> _full = [];
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _limit = limit;
    private WriteBatch _open = new();
    private WriteBatch? _inFlight;
    private WriteBatch? _spare;
    private long _waitingBytes, _openSince;
    private long? _lastSaid;
    private int _unsaid;
    private bool _started, _stopping, _idle, _hurry;

    private long QueuedBytes => _waitingBytes + _open.Bytes;

    internal void Start()
    {
        lock (_gate) _started = true;
        new Thread(Run) { IsBackground = true, Name = "storage writer" }.Start();
    }

    internal Task Append(ReadOnlySpan<LogRow> rows, long? senderStream, uint handled)
    {
        lock (_gate)
        {
            if (Refusal(rows.Length > 0) is { } refusal) return refusal;
            var batch = Open();
            // Rows of one message and the count stay in one transaction, so the order is looked at before the first goes in.
            if (batch.Ends.Count > 0 && ConcernsAnEnd(batch, rows, senderStream)) batch = OpenAnother();
            foreach (var row in rows) _ = batch.Append(row);
            if (senderStream is { } stream) _ = batch.SaveHandled(stream, handled);
            return Queued(batch);
        }
    }

    internal Task Remove(long id)
    {
        lock (_gate)
        {
            if (Refusal(false) is { } refusal) return refusal;
            var batch = Open();
            _ = batch.Remove(id);
            return Queued(batch);
        }
    }

    internal Task Assign(long id, Assignment to)
    {
        lock (_gate)
        {
            if (Refusal(false) is { } refusal) return refusal;
            var batch = Open();
            // An end before it decides whether there is a row to hand on.
            if (batch.Ends.Count > 0) batch = OpenAnother();
            _ = batch.Assign(id, to);
            return Queued(batch);
        }
    }

    internal Task SaveStream(StreamRecord stream)
    {
        lock (_gate)
        {
            if (Refusal(false) is { } refusal) return refusal;
            var batch = Open();
            if (batch.Ends.Contains(stream.Key)) batch = OpenAnother();
            _ = batch.SaveStream(stream);
            return Queued(batch);
        }
    }

    internal Task SaveHandled(long stream, uint handled)
    {
        lock (_gate)
        {
            if (Refusal(false) is { } refusal) return refusal;
            var batch = Open();
            if (batch.Ends.Contains(stream)) batch = OpenAnother();
            _ = batch.SaveHandled(stream, handled);
            return Queued(batch);
        }
    }

    internal Task EndStream(long stream)
    {
        lock (_gate)
        {
            if (Refusal(false) is { } refusal) return refusal;
            var batch = Open();
            _ = batch.EndStream(stream);
            return Queued(batch);
        }
    }

    /// <summary>Queues work that somebody waits for: its batch does not wait for the window.</summary>
    internal Task<T> Run<T>(SqlWork<T> work)
    {
        lock (_gate)
        {
            if (Refusal(true) is { } refusal)
            {
                work.Fail(refusal.Exception!.InnerException!);
                return work.Done;
            }

            var batch = Open();
            batch.Add(work);
            _ = Queued(batch);
            Hurry();
            return work.Done;
        }
    }

    /// <summary>Completes when everything of these kinds that was queued before was written or has failed; at once when there is none.</summary>
    internal ValueTask WaitForAsync(WriteKinds kinds, CancellationToken ct)
    {
        lock (_gate) return LastWith(kinds) is { } batch ? new ValueTask(Wait(batch.Done, ct)) : default;
    }

    /// <inheritdoc cref="IMessageLog.WaitForRoomAsync"/>
    internal async ValueTask WaitForRoomAsync(CancellationToken ct)
    {
        while (true)
        {
            Task oldest;
            lock (_gate)
            {
                if (QueuedBytes <= _limit / 2 || _stopping) return;
                oldest = (_inFlight ?? (_full.Count > 0 ? _full.Peek() : _open)).Done;
            }

            await Wait(oldest, ct).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _stopping = true;
            if (!_started) _stopped.TrySetResult();
            Monitor.Pulse(_gate);
        }

        await _stopped.Task.ConfigureAwait(false);
    }

    // A failed batch is no reason not to read what there is: whoever queued the write hears of it.
    private static async Task Wait(Task batch, CancellationToken ct)
    {
        await batch.WaitAsync(ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ct.ThrowIfCancellationRequested();
    }

    private static bool ConcernsAnEnd(WriteBatch batch, ReadOnlySpan<LogRow> rows, long? senderStream)
    {
        if (senderStream is { } sender && batch.Ends.Contains(sender)) return true;
        foreach (var row in rows)
        {
            if (row.Stream is { } stream && batch.Ends.Contains(stream)) return true;
        }

        return false;
    }

    private Task? Refusal(bool takesMemory)
    {
        if (!_started || _stopping) return Task.FromException(new StorageException("the storage is closed"));
        if (takesMemory && QueuedBytes > _limit) return Task.FromException(new StorageException($"the storage is behind: {QueuedBytes >> 20} MiB wait to be written"));
        return null;
    }

    private WriteBatch Open()
    {
        if (_open.Calls == 0) _openSince = Stopwatch.GetTimestamp();
        return _open.Sealed || _open.Calls >= MaxCalls || _open.Bytes >= MaxBytes ? OpenAnother() : _open;
    }

    private WriteBatch OpenAnother()
    {
        _open.Seal();
        _full.Enqueue(_open);
        _waitingBytes += _open.Bytes;
        (_open, _spare) = (_spare ?? new WriteBatch(), null);
        _openSince = Stopwatch.GetTimestamp();
        Wake();
        return _open;
    }

    private Task Queued(WriteBatch batch)
    {
        if (_idle) Wake();
        return batch.Done;
    }

    private void Hurry()
    {
        _hurry = true;
        Wake();
    }

    private void Wake()
    {
        _idle = false;
        Monitor.Pulse(_gate);
    }

    private WriteBatch? LastWith(WriteKinds kinds)
    {
        if ((_open.Kinds & kinds) != 0)
        {
            Hurry();
            return _open;
        }

        return _full.LastOrDefault(batch => (batch.Kinds & kinds) != 0) ?? ((_inFlight?.Kinds & kinds) is > 0 ? _inFlight : null);
    }

    private void Run()
    {
        while (Next() is { } batch)
        {
            Write(batch);
            lock (_gate)
            {
                _waitingBytes -= batch.Bytes;
                _inFlight = null;
                if (batch.TryReset()) _spare ??= batch;
            }
        }

        _stopped.TrySetResult();
    }

    private void Write(WriteBatch batch)
    {
        batch.IdFloor = ids.NextFloor();
        try
        {
            if (!batch.NeedsNoTransaction) write(batch);
            if (batch.IdFloor is { } floor) ids.FloorIsOnDisk(floor);
            batch.Complete();
        }
        catch (Exception e)
        {
            var exception = e as StorageException ?? new StorageException($"the storage could not write: {e.Message}", e);
            LogFailure(batch.Calls, exception);
            batch.Fail(exception);
        }
    }

    /// <summary>
    /// Sleeps until there is a batch to write; null at the end. While writes come it wakes once a window and looks, so that nobody has to wake it: a batch is taken at an age between
    /// half a window and one and a half.
    /// </summary>
    private WriteBatch? Next()
    {
        var quiet = window == TimeSpan.Zero;
        lock (_gate)
        {
            while (true)
            {
                if (_full.TryDequeue(out var full)) return _inFlight = full;
                if (_open.Calls > 0)
                {
                    if (_hurry || _stopping || Stopwatch.GetElapsedTime(_openSince) >= window / 2) return TakeOpen();
                    Monitor.Wait(_gate, window);
                }
                else if (_stopping)
                {
                    return null;
                }
                else
                {
                    _hurry = false;
                    _idle = quiet;
                    if (quiet) Monitor.Wait(_gate);
                    else Monitor.Wait(_gate, window);
                    _idle = false;
                    quiet = true;
                }
            }
        }
    }

    private WriteBatch TakeOpen()
    {
        _inFlight = _open;
        _inFlight.Seal();
        _waitingBytes += _inFlight.Bytes;
        (_open, _spare) = (_spare ?? new WriteBatch(), null);
        _hurry = false;
        return _inFlight;
    }

    // A full disk fails every batch: one line a second says so, not five hundred.
    private void LogFailure(int calls, StorageException exception)
    {
        _unsaid++;
        if (_lastSaid is { } last && Stopwatch.GetElapsedTime(last) < TimeSpan.FromSeconds(1)) return;
        if (_unsaid == 1) LogOneFailure(log, calls, exception.Message);
        else LogFailures(log, _unsaid, exception.Message);
        (_unsaid, _lastSaid) = (0, Stopwatch.GetTimestamp());
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Calls} writes failed together: {Reason}")]
    private static partial void LogOneFailure(ILogger logger, int calls, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Batches} batches of writes failed: {Reason}")]
    private static partial void LogFailures(ILogger logger, int batches, string reason);
}
