using System.Diagnostics;

namespace XmppHost.Storage.Sql.Writing;

/// <summary>
/// The batches on their way: some that are full, then the open one. Every member but <see cref="Take"/> and <see cref="Return"/> is called under <see cref="Gate"/>.
/// </summary>
/// <param name="window">
/// How long writes are gathered that nobody waits for: removals, counts, presence. Messages are committed at once when there was nothing to do, and else at most once in half of it,
/// so that under load a transaction and its fsync are shared by all that came meanwhile.
/// </param>
internal sealed class BatchLine(TimeSpan window)
{
    // One transaction stays below about 50 ms: 4,096 writes at 10 µs; a value of some megabytes counts for itself.
    private const int MaxCalls = 4096;
    private const long MaxBytes = 4 << 20;

    private readonly Queue<WriteBatch> _full = [];
    private readonly List<WriteBatch> _taken = [];
    private WriteBatch _open = new();
    private WriteBatch? _spare;
    private long _closedBytes, _openSince, _takenAt;
    private bool _stopping, _hurry;

    // What wakes the writer: anything, a message, or only somebody in a hurry.
    private bool _sleepsDeeply, _sleepsLightly;

    internal object Gate { get; } = new();

    /// <summary>What is kept in memory, about; may also be asked outside the gate, for a hint.</summary>
    internal long Bytes => Volatile.Read(ref _closedBytes) + Volatile.Read(ref _open).Bytes;

    internal bool IsStopping => _stopping;

    internal WriteBatch Oldest => _taken.Count > 0 ? _taken[0] : _full.TryPeek(out var full) ? full : _open;

    /// <summary>The batch for the next call.</summary>
    internal WriteBatch Open()
    {
        if (_open.Calls == 0) _openSince = Stopwatch.GetTimestamp();
        return _open.Sealed || _open.Calls >= MaxCalls || _open.Bytes >= MaxBytes ? OpenAnother() : _open;
    }

    /// <summary>A further batch, because what comes may not be reordered with what is in this one. Both may still share a transaction.</summary>
    internal WriteBatch OpenAnother()
    {
        Close(_open);
        _openSince = Stopwatch.GetTimestamp();
        return _open;
    }

    /// <summary>A call went in.</summary>
    /// <param name="isMessage">Its sender or recipient waits for it.</param>
    internal void Added(bool isMessage)
    {
        if (_sleepsDeeply || (isMessage && _sleepsLightly)) Wake();
    }

    /// <summary>Somebody waits for what was queued: no window.</summary>
    internal void Hurry()
    {
        _hurry = true;
        Wake();
    }

    internal void Stop()
    {
        _stopping = true;
        Wake();
    }

    /// <summary>The last batch that touches any of these, which then does not wait for the window.</summary>
    internal WriteBatch? LastWith(WriteKinds kinds)
    {
        if ((_open.Kinds & kinds) != 0)
        {
            Hurry();
            return _open;
        }

        return _full.LastOrDefault(batch => (batch.Kinds & kinds) != 0) ?? _taken.FindLast(batch => (batch.Kinds & kinds) != 0);
    }

    /// <summary>Sleeps until there is something to write, and takes what may share a transaction; nothing at the end. Called by the writer.</summary>
    internal IReadOnlyList<WriteBatch> Take()
    {
        lock (Gate)
        {
            var quiet = window == TimeSpan.Zero;
            while (true)
            {
                if (_full.Count > 0) return TakeDue();
                if (_open.Calls > 0)
                {
                    if (TimeToDue() is not { } wait) return TakeDue();
                    _sleepsLightly = !_open.HasMessages;
                    Monitor.Wait(Gate, wait);
                }
                else if (_stopping)
                {
                    return [];
                }
                else
                {
                    _hurry = false;
                    // Where something was written more follows soon, as a rule, and nobody has to wake a writer that looks by itself.
                    (_sleepsDeeply, _sleepsLightly) = (quiet, !quiet);
                    if (quiet) Monitor.Wait(Gate);
                    else Monitor.Wait(Gate, window);
                    quiet = true;
                }

                (_sleepsDeeply, _sleepsLightly) = (false, false);
            }
        }
    }

    /// <summary>What was taken is done with. Called by the writer.</summary>
    internal void Return()
    {
        lock (Gate)
        {
            foreach (var batch in _taken)
            {
                _closedBytes -= batch.Bytes;
                if (_spare is null && batch.TryReset()) _spare = batch;
            }

            _taken.Clear();
        }
    }

    private List<WriteBatch> TakeDue()
    {
        var (calls, bytes) = (0, 0L);
        bool Fits(WriteBatch next) => calls == 0 || (calls + next.Calls <= MaxCalls && bytes + next.Bytes <= MaxBytes);

        while (_full.TryPeek(out var next) && Fits(next))
        {
            _taken.Add(_full.Dequeue());
            calls += next.Calls;
            bytes += next.Bytes;
        }

        if (_full.Count == 0 && _open.Calls > 0 && Fits(_open))
        {
            Close(_open);
            _taken.Add(_full.Dequeue());
            _hurry = false;
        }

        _takenAt = Stopwatch.GetTimestamp();
        return _taken;
    }

    /// <summary>How long the open batch has still to wait, or null. In whole milliseconds, as the wait takes them.</summary>
    private TimeSpan? TimeToDue()
    {
        if (_hurry || _stopping) return null;
        if (!_open.HasMessages) return Stopwatch.GetElapsedTime(_openSince) >= window / 2 ? null : window;
        var left = window / 2 - Stopwatch.GetElapsedTime(_takenAt);
        return left > TimeSpan.Zero ? TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)) : null;
    }

    private void Close(WriteBatch batch)
    {
        batch.Seal();
        _full.Enqueue(batch);
        _closedBytes += batch.Bytes;
        (_open, _spare) = (_spare ?? new WriteBatch(), null);
    }

    private void Wake()
    {
        (_sleepsDeeply, _sleepsLightly) = (false, false);
        Monitor.Pulse(Gate);
    }
}
