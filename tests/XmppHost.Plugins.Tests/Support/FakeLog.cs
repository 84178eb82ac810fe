using XmppHost.Addressing;
using XmppHost.Storage;

namespace XmppHost.Plugins.Tests.Support;

/// <summary>A message log in memory; every write is "on disk" at once.</summary>
internal sealed class FakeLog : IMessageLog
{
    private readonly SortedDictionary<long, LogRow> _rows = [];
    private readonly Dictionary<long, StreamRecord> _streams = [];
    private long _lastId;

    public IReadOnlyCollection<LogRow> Rows => _rows.Values;

    /// <summary>How often the offline rows were read or counted.</summary>
    public int Reads { get; private set; }

    /// <summary>Where rows of the archive go.</summary>
    public FakeArchive Archive { get; } = new();

    /// <summary>Makes ids of the time, where there is one.</summary>
    public TimeProvider? Clock { get; init; }

    public long NextId() => _lastId = Math.Max(_lastId + 1, Clock is null ? 0 : (Clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);

    public Task Append(ReadOnlySpan<LogRow> rows, long? senderStream = null, uint handled = 0)
    {
        foreach (var row in rows)
        {
            _rows.Add(row.Id, row);
            Archive.Append(row.Archived ?? []);
        }

        return senderStream is { } stream ? SaveHandled(stream, handled) : Task.CompletedTask;
    }

    public Task Remove(long id)
    {
        _rows.Remove(id);
        return Task.CompletedTask;
    }

    public Task Assign(long id, long? stream, ulong sequence)
    {
        if (_rows.TryGetValue(id, out var row)) _rows[id] = row with { Stream = stream, Sequence = sequence };
        return Task.CompletedTask;
    }

    public Task SaveStream(StreamRecord stream)
    {
        _streams[stream.Key] = stream;
        return Task.CompletedTask;
    }

    public Task SaveHandled(long stream, uint handled)
    {
        if (_streams.TryGetValue(stream, out var record)) _streams[stream] = record with { Handled = handled };
        return Task.CompletedTask;
    }

    public Task EndStream(long stream)
    {
        _streams.Remove(stream);
        foreach (var row in _rows.Values.Where(r => r.Stream == stream).ToArray())
        {
            if (row.Copy) _rows.Remove(row.Id);
            else _rows[row.Id] = row with { Stream = null, Sequence = 0 };
        }

        return Task.CompletedTask;
    }

    public ValueTask<IReadOnlyList<LogRow>> ReadOfflineAsync(Jid account, long afterId, int limit, CancellationToken ct)
    {
        Reads++;
        return ValueTask.FromResult<IReadOnlyList<LogRow>>([.. Offline(account).Where(r => r.Id > afterId).Take(limit)]);
    }

    public ValueTask<int> CountOfflineAsync(Jid account, CancellationToken ct)
    {
        Reads++;
        return ValueTask.FromResult(Offline(account).Count());
    }

    public ValueTask<IReadOnlyList<LogRow>> ReadStreamAsync(long stream, CancellationToken ct) =>
        ValueTask.FromResult<IReadOnlyList<LogRow>>([.. _rows.Values.Where(r => r.Stream == stream).OrderBy(r => r.Sequence)]);

    public ValueTask<IReadOnlyList<StreamRecord>> LoadStreamsAsync(CancellationToken ct) => ValueTask.FromResult<IReadOnlyList<StreamRecord>>([.. _streams.Values]);

    public Task Erase(Jid account)
    {
        foreach (var row in _rows.Values.Where(r => r.Account == account).ToArray()) _rows.Remove(row.Id);
        return Task.CompletedTask;
    }

    private IEnumerable<LogRow> Offline(Jid account) => _rows.Values.Where(r => r.Account == account && r.Stream is null);
}
