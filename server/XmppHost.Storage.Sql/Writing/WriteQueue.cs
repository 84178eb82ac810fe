namespace XmppHost.Storage.Sql.Writing;

/// <summary>
/// The way of all writes: connections add to the open batch under a lock, one thread takes what has gathered and writes it in one transaction. Its memory is bounded: messages and
/// values beyond the limit are refused with a failed task, and from half of it on <see cref="WaitForRoomAsync"/> holds back who asks.
/// </summary>
internal sealed class WriteQueue(BatchLine line, long limit)
{
    internal const long DefaultLimit = 64 << 20;

    private bool _open;

    internal void Open()
    {
        lock (line.Gate) _open = true;
    }

    internal Task Append(ReadOnlySpan<LogRow> rows, long? senderStream, uint handled)
    {
        lock (line.Gate)
        {
            if (Refusal(rows.Length > 0) is { } refusal) return refusal;
            var batch = line.Open();
            // Rows of one message and the count stay in one batch, so the order is looked at before the first goes in.
            if (batch.Ends.Count > 0 && ConcernsAnEnd(batch, rows, senderStream)) batch = line.OpenAnother();
            foreach (var row in rows) batch.Append(row);
            if (senderStream is { } stream) batch.SaveHandled(stream, handled);
            return Added(batch, rows.Length > 0);
        }
    }

    internal Task Archive(IReadOnlyList<ArchiveRow> rows, long? senderStream, uint handled)
    {
        lock (line.Gate)
        {
            if (Refusal(rows.Count > 0) is { } refusal) return refusal;
            var batch = line.Open();
            if (batch.Ends.Count > 0 && ConcernsAnEnd(batch, [], senderStream)) batch = line.OpenAnother();
            foreach (var row in rows) batch.Archive(row);
            if (senderStream is { } stream) batch.SaveHandled(stream, handled);
            return Added(batch, rows.Count > 0);
        }
    }

    internal Task Remove(long id)
    {
        lock (line.Gate)
        {
            if (Refusal(false) is { } refusal) return refusal;
            var batch = line.Open();
            batch.Remove(id);
            return Added(batch);
        }
    }

    internal Task Assign(long id, Assignment to)
    {
        lock (line.Gate)
        {
            if (Refusal(false) is { } refusal) return refusal;
            var batch = line.Open();
            // An end before it decides whether there is a row to hand on.
            if (batch.Ends.Count > 0) batch = line.OpenAnother();
            batch.Assign(id, to);
            return Added(batch);
        }
    }

    internal Task SaveStream(StreamRecord stream)
    {
        lock (line.Gate)
        {
            if (Refusal(false) is { } refusal) return refusal;
            var batch = line.Open();
            if (batch.Ends.Contains(stream.Key)) batch = line.OpenAnother();
            batch.SaveStream(stream);
            return Added(batch);
        }
    }

    internal Task SaveHandled(long stream, uint handled)
    {
        lock (line.Gate)
        {
            if (Refusal(false) is { } refusal) return refusal;
            var batch = line.Open();
            if (batch.Ends.Contains(stream)) batch = line.OpenAnother();
            batch.SaveHandled(stream, handled);
            return Added(batch);
        }
    }

    internal Task EndStream(long stream)
    {
        lock (line.Gate)
        {
            if (Refusal(false) is { } refusal) return refusal;
            var batch = line.Open();
            batch.EndStream(stream);
            return Added(batch);
        }
    }

    /// <summary>Queues work that somebody waits for: its batch does not wait for the window, unless the work is to wait as messages do.</summary>
    internal Task<T> Run<T>(SqlWork<T> work)
    {
        lock (line.Gate)
        {
            if (Refusal(true) is { } refusal)
            {
                work.Fail(refusal.Exception!.InnerException!);
                return work.Done;
            }

            line.Open().Add(work);
            if (work.IsMessage) line.Added(isMessage: true);
            else line.Hurry();
            return work.Done;
        }
    }

    /// <summary>Completes when everything of these kinds that was queued before was written or has failed; at once when there is none.</summary>
    internal ValueTask WaitForAsync(WriteKinds kinds, CancellationToken ct)
    {
        lock (line.Gate) return line.LastWith(kinds) is { } batch ? new ValueTask(Wait(batch.Done, ct)) : default;
    }

    /// <inheritdoc cref="IMessageLog.WaitForRoomAsync"/>
    internal ValueTask WaitForRoomAsync(CancellationToken ct) => line.Bytes <= limit / 2 ? default : WaitUntilThereIsRoomAsync(ct);

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

    private async ValueTask WaitUntilThereIsRoomAsync(CancellationToken ct)
    {
        while (true)
        {
            Task oldest;
            lock (line.Gate)
            {
                if (line.Bytes <= limit / 2 || line.IsStopping) return;
                oldest = line.Oldest.Done;
            }

            await Wait(oldest, ct).ConfigureAwait(false);
        }
    }

    private Task? Refusal(bool takesMemory)
    {
        if (!_open || line.IsStopping) return Task.FromException(new StorageException("the storage is closed"));
        if (takesMemory && line.Bytes > limit) return Task.FromException(new StorageException($"the storage is behind: {line.Bytes >> 20} MiB wait to be written"));
        return null;
    }

    private Task Added(WriteBatch batch, bool isMessage = false)
    {
        line.Added(isMessage);
        return batch.Done;
    }
}
