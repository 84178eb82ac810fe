namespace XmppHost.Storage.Tests;

/// <summary>The message log in memory, each call applied when it is made: what any batching must come to.</summary>
internal sealed class LogModel
{
    private readonly SortedDictionary<long, LogRow> _rows = [];
    private readonly SortedDictionary<long, StreamRecord> _streams = [];

    internal IEnumerable<LogRow> Rows => _rows.Values;

    internal IEnumerable<StreamRecord> Streams => _streams.Values;

    internal void Append(LogRow row) => _rows.TryAdd(row.Id, row);

    internal void Remove(long id) => _rows.Remove(id);

    internal void Assign(long id, long? stream, ulong sequence)
    {
        if (_rows.TryGetValue(id, out var row)) _rows[id] = row with { Stream = stream, Sequence = stream is null ? 0 : sequence };
    }

    internal void SaveStream(StreamRecord stream) => _streams[stream.Key] = stream;

    internal void SaveHandled(long stream, uint handled)
    {
        if (_streams.TryGetValue(stream, out var record)) _streams[stream] = record with { Handled = handled };
    }

    internal void EndStream(long stream)
    {
        _streams.Remove(stream);
        foreach (var row in _rows.Values.Where(row => row.Stream == stream).ToList())
        {
            if (row.Copy) _rows.Remove(row.Id);
            else _rows[row.Id] = row with { Stream = null, Sequence = 0 };
        }
    }

    internal void Erase(Addressing.Jid account)
    {
        foreach (var row in _rows.Values.Where(row => row.Account == account).ToList()) _rows.Remove(row.Id);
        foreach (var stream in _streams.Values.Where(stream => stream.Session.Bare == account).ToList()) _streams.Remove(stream.Key);
    }
}
