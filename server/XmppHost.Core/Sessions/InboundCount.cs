using XmppHost.Storage;

namespace XmppHost.Core.Sessions;

/// <summary>
/// Which of a client's stanzas are handled, and which of those are safe: the side of XEP-0198 section 4 that the server answers for. Touched by the loop of the connection that carries
/// the session, and by the next one's only when that loop has ended.
/// </summary>
internal sealed class InboundCount
{
    // The log writes in batches, each one task that all its appends share; more than one is under way only while the disk is slow.
    private Queue<Task>? _earlier;
    private Task? _last;
    private Task? _failed;

    /// <summary>Stanzas received and handled.</summary>
    internal uint Handled { get; private set; }

    /// <summary>The last count that went to the log.</summary>
    internal uint Stored { get; private set; }

    /// <summary>The last count that the client was told.</summary>
    internal uint Answered { get; set; }

    internal void Restore(uint handled) => Handled = Stored = Answered = handled;

    internal void Count() => Handled++;

    /// <summary>The count once the stanza that is being handled now is done, for the log.</summary>
    internal uint StoreWithCurrent() => Stored = unchecked(Handled + 1);

    /// <summary>The effects of a stanza are on their way to the disk.</summary>
    internal void Note(Task append)
    {
        if (ReferenceEquals(append, _last)) return;
        Settle();
        if (_last is { } last) (_earlier ??= new Queue<Task>(2)).Enqueue(last);
        _last = append;
    }

    /// <summary>
    /// Completes when the count so far and the effects of all that it counts are on disk. Once an append has failed this fails for good: a count that passed over what was lost would
    /// acknowledge it.
    /// </summary>
    internal Task OnDisk(long? stream, IMessageLog log)
    {
        if (stream is { } key && Stored != Handled)
        {
            Stored = Handled;
            Note(log.SaveHandled(key, Handled));
        }

        Settle();
        if (_failed is not null) return _failed;
        if (_earlier is { Count: > 0 }) return Task.WhenAll(_last is null ? _earlier : _earlier.Append(_last));
        return _last ?? Task.CompletedTask;
    }

    private void Settle()
    {
        while (_earlier is not null && _earlier.TryPeek(out var oldest) && IsOver(oldest)) _earlier.Dequeue();
        if (_last is not null && IsOver(_last)) _last = null;
    }

    private bool IsOver(Task append)
    {
        if (!append.IsCompleted) return false;
        if (!append.IsCompletedSuccessfully) _failed ??= append;
        return true;
    }
}
