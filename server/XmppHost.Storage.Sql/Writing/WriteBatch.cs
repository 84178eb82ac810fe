using System.Runtime.InteropServices;

namespace XmppHost.Storage.Sql.Writing;

/// <summary>
/// The writes that share one transaction, folded as they are queued: a row removed before it was written is gone, a row handed on is inserted where it belongs by then, of
/// several counts the last remains. What is left is applied in the order of the properties; <see cref="WriteQueue"/> starts another batch where that order would not be
/// the order of the calls.
/// </summary>
internal sealed class WriteBatch
{
    // Roughly what an entry takes besides its stanza: the LogRow, its slot and index; or a number in one of the tables.
    private const int RowBytes = 200, EntryBytes = 48;

    // A batch object serves again and again; after a peak it is dropped rather than kept at that size.
    private const int MaxKeptRows = 8192;

    private readonly Dictionary<long, int> _slots = [];
    private readonly List<PendingRow> _rows = [];
    private readonly List<SqlWork> _work = [];
    private TaskCompletionSource _done = NewSource();

    /// <summary>Rows of earlier batches to delete.</summary>
    internal HashSet<long> Removes { get; } = [];

    /// <summary>Rows to insert, those without a <see cref="PendingRow.Row"/> excepted.</summary>
    internal ReadOnlySpan<PendingRow> Rows => CollectionsMarshal.AsSpan(_rows);

    internal int RowCount { get; private set; }

    /// <summary>Where rows of earlier batches belong now.</summary>
    internal Dictionary<long, Assignment> Assignments { get; } = [];

    internal Dictionary<long, StreamRecord> Streams { get; } = [];

    internal Dictionary<long, uint> Handled { get; } = [];

    internal HashSet<long> Ends { get; } = [];

    /// <summary>Rows of the archive to insert.</summary>
    internal List<ArchiveRow> Archived { get; } = [];

    internal IReadOnlyList<SqlWork> Work => _work;

    /// <summary>What it keeps in memory, about.</summary>
    internal long Bytes { get; private set; }

    /// <summary>Calls that went in, elided ones included.</summary>
    internal int Calls { get; private set; }

    internal WriteKinds Kinds { get; private set; }

    /// <summary>Nothing more may go in.</summary>
    internal bool Sealed { get; private set; }

    internal Task Done => _done.Task;

    /// <summary>Messages came in, gone again or not, or work that waits like them.</summary>
    internal bool HasMessages { get; private set; }

    /// <summary>Everything in it cancelled out.</summary>
    internal bool IsEmpty => LogIsEmpty && _work.Count == 0;

    /// <summary>Of the message log there is nothing to write.</summary>
    internal bool LogIsEmpty => RowCount + Removes.Count + Assignments.Count + Streams.Count + Handled.Count + Ends.Count + Archived.Count == 0;

    internal void Append(LogRow row)
    {
        if (_slots.TryAdd(row.Id, _rows.Count))
        {
            _rows.Add(new PendingRow(row));
            RowCount++;
            HasMessages = true;
            // What was asked of the row before there was one had no effect.
            Assignments.Remove(row.Id);
        }

        Count(RowBytes + row.Stanza.Length);
        foreach (var archived in row.Archived ?? []) Archive(archived);
    }

    internal void Archive(ArchiveRow row)
    {
        Archived.Add(row);
        HasMessages = true;
        Count(WriteKinds.Archive, RowBytes + row.Stanza.Length);
    }

    internal void Remove(long id)
    {
        if (!_slots.Remove(id, out var slot))
        {
            Assignments.Remove(id);
            Count(Removes.Add(id) ? EntryBytes : 0);
            return;
        }

        ref var pending = ref CollectionsMarshal.AsSpan(_rows)[slot];
        var freed = pending.Row!.Stanza.Length;
        pending.Row = null;
        RowCount--;
        Count(-freed);
    }

    internal void Assign(long id, Assignment to)
    {
        if (_slots.TryGetValue(id, out var slot))
        {
            ref var pending = ref CollectionsMarshal.AsSpan(_rows)[slot];
            (pending.Stream, pending.Sequence) = (to.Stream, to.Sequence);
            Count(0);
            return;
        }

        if (!Removes.Contains(id)) Assignments[id] = to;
        Count(EntryBytes);
    }

    internal void SaveStream(StreamRecord stream)
    {
        Streams[stream.Key] = stream;
        Handled.Remove(stream.Key);
        Count(RowBytes + stream.State.Length * sizeof(char));
    }

    internal void SaveHandled(long stream, uint handled)
    {
        Handled[stream] = handled;
        Count(EntryBytes);
    }

    internal void EndStream(long stream)
    {
        Streams.Remove(stream);
        Handled.Remove(stream);
        Count(Ends.Add(stream) ? EntryBytes : 0);
    }

    internal void Add(SqlWork work)
    {
        _work.Add(work);
        Sealed |= work.EndsBatch;
        HasMessages |= work.IsMessage;
        Count(work.Kinds, work.Bytes);
    }

    internal void Seal() => Sealed = true;

    internal void Complete()
    {
        foreach (var work in _work) work.Complete();
        _done.SetResult();
    }

    internal void Fail(StorageException exception)
    {
        foreach (var work in _work) work.Fail(exception);
        _done.SetException(exception);
        // Seen: a caller that does not wait for its batch must not bring it up as unobserved.
        _ = _done.Task.Exception;
    }

    /// <summary>Makes it empty for the next use; false when it is not worth keeping.</summary>
    internal bool TryReset()
    {
        if (_rows.Capacity > MaxKeptRows || _slots.Count > MaxKeptRows || Removes.Count > MaxKeptRows || Archived.Capacity > MaxKeptRows) return false;
        _slots.Clear();
        _rows.Clear();
        _work.Clear();
        Removes.Clear();
        Assignments.Clear();
        Streams.Clear();
        Handled.Clear();
        Ends.Clear();
        Archived.Clear();
        (RowCount, Bytes, Calls, Kinds, Sealed, HasMessages) = (0, 0, 0, WriteKinds.None, false, false);
        _done = NewSource();
        return true;
    }

    private void Count(long bytes) => Count(WriteKinds.Log, bytes);

    private void Count(WriteKinds kinds, long bytes)
    {
        Kinds |= kinds;
        Bytes += bytes;
        Calls++;
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
