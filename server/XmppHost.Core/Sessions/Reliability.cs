using XmppHost.Storage;

namespace XmppHost.Core.Sessions;

/// <summary>A stanza that was handed to the client and not acknowledged yet.</summary>
/// <param name="Sequence">Its count on the stream, from 1.</param>
/// <param name="Item">What to send again; <see cref="OutboundItem.RemoveFromLog"/> is its log row.</param>
internal readonly record struct Unacknowledged(ulong Sequence, OutboundItem Item);

/// <summary>What a stream with XEP-0198 counts: what was sent and not acknowledged, guarded by its session's lock, and <see cref="Inbound"/>.</summary>
internal sealed class Reliability
{
    /// <summary>Sequences after a restart start here: no client can have counted that far, so nothing handed out since is taken for acknowledged.</summary>
    internal const ulong AfterRestart = 1UL << 40;

    private readonly Queue<Unacknowledged> _queue = new();

    internal InboundCount Inbound { get; } = new();

    /// <summary>Stanzas sent.</summary>
    internal ulong Sent { get; private set; }

    internal ulong Acknowledged { get; private set; }

    /// <summary>The key of the stored stream, or null when the session cannot be resumed.</summary>
    internal long? StreamKey { get; init; }

    /// <summary>The hash of the resumption id.</summary>
    internal string? Token { get; init; }

    internal TimeSpan Window { get; init; }

    /// <summary>An <c>&lt;r/&gt;</c> is on its way and not answered yet.</summary>
    internal bool AckRequested { get; set; }

    internal long QueuedBytes { get; private set; }

    internal int Count => _queue.Count;

    internal IEnumerable<Unacknowledged> Queue => _queue;

    internal ulong Next() => ++Sent;

    internal void Add(ulong sequence, in OutboundItem item)
    {
        _queue.Enqueue(new Unacknowledged(sequence, item));
        QueuedBytes += item.Bytes.Length;
    }

    /// <summary>After a restart: what the log still holds for this stream.</summary>
    internal void Restore(IEnumerable<LogRow> rows)
    {
        foreach (var row in rows) Add(row.Sequence, new OutboundItem(row.Stanza, RemoveFromLog: row.Id));
        Sent = AfterRestart;
    }

    /// <summary>The client has handled that many; false when it cannot have. Rows of what it handled leave the log.</summary>
    internal bool TryAcknowledge(uint handled, IMessageLog log)
    {
        var delta = unchecked(handled - (uint)Acknowledged);
        if (delta > Sent - Acknowledged) return false;
        Acknowledged += delta;
        Forget(log);
        return true;
    }

    /// <summary>
    /// The client is back and reports its count: what it has handled is forgotten, the rest is numbered anew from there, as the client will count it.
    /// </summary>
    internal bool TryResume(uint handled, IMessageLog log)
    {
        if (Sent < AfterRestart)
        {
            if (!TryAcknowledge(handled, log)) return false;
        }
        else
        {
            Acknowledged = handled;
            Forget(log);
        }

        Sent = Acknowledged;
        var again = _queue.ToArray();
        _queue.Clear();
        QueuedBytes = 0;
        foreach (var (_, item) in again)
        {
            var sequence = Next();
            Add(sequence, item);
            if (item.RemoveFromLog != 0) _ = log.Assign(item.RemoveFromLog, StreamKey, sequence);
        }

        AckRequested = false;
        return true;
    }

    /// <summary>The stream is over. Adds the messages to <paramref name="lost"/> that neither the client nor the log has; rows that are not copies are offline from now on.</summary>
    internal void End(IMessageLog log, List<Stanzas.Stanza> lost)
    {
        // First who else has them: what goes offline is seen by other devices at once.
        foreach (var (_, item) in _queue)
            if (item.Origin.GiveUp(item.RemoveFromLog, log) is { } message)
                lost.Add(message);
        if (StreamKey is { } key) _ = log.EndStream(key);
        _queue.Clear();
    }

    private void Forget(IMessageLog log)
    {
        while (_queue.TryPeek(out var head) && head.Sequence <= Acknowledged)
        {
            _queue.Dequeue();
            QueuedBytes -= head.Item.Bytes.Length;
            if (head.Item.RemoveFromLog != 0) _ = log.Remove(head.Item.RemoveFromLog);
            head.Item.Origin.Taken(log);
        }
    }
}
