using XmppHost.Addressing;
using XmppHost.Storage;

namespace XmppHost.Core.Tests.Support;

/// <summary>
/// A message log whose disk is the test's: writes wait for <see cref="Commit"/> or <see cref="Fail"/>, as a batch does, unless <see cref="AutoCommit"/>. What was not committed is gone after
/// <see cref="Crash"/>.
/// </summary>
internal sealed class ManualLog : IMessageLog
{
    private readonly Lock _gate = new();
    private readonly List<Action<LogState>> _queued = [];
    private LogState _disk = new();
    private LogState _view = new();
    private TaskCompletionSource _batch = new();
    private long _lastId;

    internal bool AutoCommit { get; set; } = true;

    /// <summary>What every append fails with at once, as when the storage is behind.</summary>
    internal StorageException? Refusal { get; set; }

    /// <summary>Everything that was queued, committed or not.</summary>
    internal IReadOnlyCollection<LogRow> Rows => Read(s => s.Rows.Values.ToArray());

    internal IReadOnlyCollection<StreamRecord> Streams => Read(s => s.Streams.Values.ToArray());

    internal IEnumerable<LogRow> Offline => Rows.Where(r => r.Stream is null);

    /// <summary>What was queued for the archive, committed or not.</summary>
    internal IReadOnlyCollection<ArchiveRow> Archived => Read(s => s.Archived.ToArray());

    /// <summary>The archive on the same disk, as far as the core uses it.</summary>
    internal IMessageArchive Archive => new ManualArchive(this);

    public long NextId() => Interlocked.Increment(ref _lastId);

    internal void Commit()
    {
        TaskCompletionSource done;
        lock (_gate)
        {
            foreach (var write in _queued) write(_disk);
            _queued.Clear();
            (done, _batch) = (_batch, new TaskCompletionSource());
        }

        done.SetResult();
    }

    internal void Fail()
    {
        TaskCompletionSource done;
        lock (_gate)
        {
            _queued.Clear();
            _view = _disk.Copy();
            (done, _batch) = (_batch, new TaskCompletionSource());
        }

        done.SetException(new StorageException("the disk is full"));
        _ = done.Task.Exception;
    }

    /// <summary>The process ends here; rows of streams that were never saved are offline at the next start.</summary>
    internal void Crash()
    {
        lock (_gate)
        {
            _queued.Clear();
            foreach (var row in _disk.Rows.Values.Where(r => r.Stream is { } stream && !_disk.Streams.ContainsKey(stream)).ToArray()) _disk.EndRow(row);
            _view = _disk.Copy();
            _batch = new TaskCompletionSource();
        }
    }

    public Task Append(ReadOnlySpan<LogRow> rows, long? senderStream = null, uint handled = 0)
    {
        if (Refusal is { } refusal) return Task.FromException(refusal);
        var copies = rows.ToArray();
        return Write(state =>
        {
            foreach (var row in copies)
            {
                state.Rows[row.Id] = row;
                state.Archived.AddRange(row.Archived ?? []);
            }

            if (senderStream is { } stream) state.SaveHandled(stream, handled);
        });
    }

    public Task Remove(long id) => Write(state => state.Rows.Remove(id));

    public Task Assign(long id, long? stream, ulong sequence) => Write(state =>
    {
        if (state.Rows.TryGetValue(id, out var row)) state.Rows[id] = row with { Stream = stream, Sequence = stream is null ? 0 : sequence };
    });

    public Task SaveStream(StreamRecord stream) => Write(state => state.Streams[stream.Key] = stream);

    public Task SaveHandled(long stream, uint handled) => Write(state => state.SaveHandled(stream, handled));

    public Task EndStream(long stream) => Write(state =>
    {
        state.Streams.Remove(stream);
        foreach (var row in state.Rows.Values.Where(r => r.Stream == stream).ToArray()) state.EndRow(row);
    });

    public ValueTask<IReadOnlyList<LogRow>> ReadOfflineAsync(Jid account, long afterId, int limit, CancellationToken ct) =>
        ValueTask.FromResult<IReadOnlyList<LogRow>>([.. Offline.Where(r => r.Account == account.Bare && r.Id > afterId).OrderBy(r => r.Id).Take(limit)]);

    public ValueTask<int> CountOfflineAsync(Jid account, CancellationToken ct) => ValueTask.FromResult(Offline.Count(r => r.Account == account.Bare));

    public ValueTask<IReadOnlyList<LogRow>> ReadStreamAsync(long stream, CancellationToken ct) =>
        ValueTask.FromResult<IReadOnlyList<LogRow>>([.. Rows.Where(r => r.Stream == stream).OrderBy(r => r.Sequence).ThenBy(r => r.Id)]);

    public ValueTask<IReadOnlyList<StreamRecord>> LoadStreamsAsync(CancellationToken ct) => ValueTask.FromResult<IReadOnlyList<StreamRecord>>([.. Streams]);

    public Task Erase(Jid account) => Write(state =>
    {
        foreach (var row in state.Rows.Values.Where(r => r.Account == account).ToArray()) state.Rows.Remove(row.Id);
    });

    internal Task AppendToArchive(IReadOnlyList<ArchiveRow> rows, long? senderStream, uint handled) => Write(state =>
    {
        state.Archived.AddRange(rows);
        if (senderStream is { } stream) state.SaveHandled(stream, handled);
    });

    private T Read<T>(Func<LogState, T> read)
    {
        lock (_gate) return read(_view);
    }

    private Task Write(Action<LogState> write)
    {
        lock (_gate)
        {
            write(_view);
            if (AutoCommit)
            {
                write(_disk);
                return Task.CompletedTask;
            }

            _queued.Add(write);
            return _batch.Task;
        }
    }

    private sealed class LogState
    {
        internal Dictionary<long, LogRow> Rows { get; private init; } = [];

        internal Dictionary<long, StreamRecord> Streams { get; private init; } = [];

        internal List<ArchiveRow> Archived { get; private init; } = [];

        internal LogState Copy() => new() { Rows = new(Rows), Streams = new(Streams), Archived = [.. Archived] };

        internal void SaveHandled(long stream, uint handled)
        {
            if (Streams.TryGetValue(stream, out var record)) Streams[stream] = record with { Handled = handled };
        }

        internal void EndRow(LogRow row)
        {
            if (row.Copy) Rows.Remove(row.Id);
            else Rows[row.Id] = row with { Stream = null, Sequence = 0 };
        }
    }
}
