using System.IO.Pipelines;
using XmppHost.Stanzas;
using XmppHost.Storage;

namespace XmppHost.Core.Sessions;

/// <summary>
/// The way out of one connection: a queue that is drained by whoever comes first, one flush per drain. Nobody waits for a slow client: what is queued counts against
/// <paramref name="maxQueuedBytes"/>, and past that the connection is given up.
/// </summary>
internal sealed class Outbox(PipeWriter output, long maxQueuedBytes, IMessageLog log) : IThreadPoolWorkItem
{
    private static readonly byte[] AckRequest = "<r xmlns='urn:xmpp:sm:3'/>"u8.ToArray();

    private readonly Lock _gate = new();
    private PipeWriter _output = output;
    private Queue<OutboundItem>? _incoming;
    private Queue<OutboundItem>? _current;      // touched only by the thread that drains
    private List<long>? _flushedRows;           // likewise
    private TaskCompletionSource? _drained;
    private Action? _continue;
    private long _queuedBytes;
    private bool _active;
    private bool _closed;

    /// <summary>Asked before each flush: does the session want its client to acknowledge?</summary>
    internal Session? Session { get; set; }

    /// <summary>Set when the client read too slowly or its connection failed; the stream's reader is then cancelled.</summary>
    internal Action? Failed { get; set; }

    internal bool Enqueue(in OutboundItem item)
    {
        var overflow = false;
        lock (_gate)
        {
            if (_closed) return false;
            if (_queuedBytes + item.Bytes.Length > maxQueuedBytes)
            {
                _closed = overflow = true;
            }
            else
            {
                (_incoming ??= new Queue<OutboundItem>(4)).Enqueue(item);
                _queuedBytes += item.Bytes.Length;
                if (_active) return true;
                _active = true;
            }
        }

        if (overflow)
        {
            Failed?.Invoke();
            return false;
        }

        if (!FlushScope.TryNote(this)) Schedule();
        return true;
    }

    /// <summary>Completes when everything queued so far was flushed, or the connection is gone.</summary>
    internal Task DrainAsync()
    {
        lock (_gate)
        {
            if (!_active) return Task.CompletedTask;
            return (_drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    /// <summary>Writes to another pipe from now on (after STARTTLS); call it only when drained.</summary>
    internal void SwitchTo(PipeWriter output) => _output = output;

    /// <summary>What was queued and will not be flushed, because the connection was given up. The stream's own last words still go out.</summary>
    internal IReadOnlyList<OutboundItem> TakeUnflushed()
    {
        lock (_gate)
        {
            if (_active) return [];
            List<OutboundItem> left = [.. _current ?? [], .. _incoming ?? []];
            _current = _incoming = null;
            return left;
        }
    }

    /// <summary>Takes nothing more.</summary>
    internal void Close()
    {
        lock (_gate) _closed = true;
    }

    private void Schedule() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    public void Execute()
    {
        try
        {
            while (WriteQueued())
            {
                var flush = _output.FlushAsync();
                if (!flush.IsCompletedSuccessfully)
                {
                    _ = FinishFlushAsync(flush);
                    return;
                }

                if (!AfterFlush(flush.Result)) return;
            }
        }
        catch (Exception e) when (e is IOException or InvalidOperationException or ObjectDisposedException)
        {
            GiveUp();
        }
    }

    /// <summary>Writes until the queue is empty or its head must wait. True when something was written and wants a flush.</summary>
    private bool WriteQueued()
    {
        var wrote = 0L;
        while (TryPeek(ref wrote, out var item))
        {
            if (item.Gate is { IsCompleted: false } gate)
            {
                if (wrote > 0) break;
                gate.GetAwaiter().UnsafeOnCompleted(_continue ??= Execute);
                return false;
            }

            _current!.Dequeue();
            wrote += item.Bytes.Length;
            System.Buffers.BuffersExtensions.Write(_output, item.Bytes.Span);
            if (item.RemoveFromLog != 0) (_flushedRows ??= []).Add(item.RemoveFromLog);
        }

        if (wrote == 0) return false;
        if (Session?.TakeAckRequest() == true) System.Buffers.BuffersExtensions.Write(_output, AckRequest);
        lock (_gate) _queuedBytes -= wrote;
        return true;
    }

    private bool TryPeek(ref long wrote, out OutboundItem item)
    {
        if (_current is not null && _current.TryPeek(out item)) return true;
        lock (_gate)
        {
            (_current, _incoming) = (_incoming, _current);
            if (_current is not null && _current.TryPeek(out item)) return true;
            item = default;
            if (wrote > 0) return false;

            // Idle: an idle connection holds no queue.
            _current = _incoming = null;
            _active = false;
            _drained?.TrySetResult();
            _drained = null;
            return false;
        }
    }

    private bool AfterFlush(FlushResult result)
    {
        if (result.IsCompleted || result.IsCanceled)
        {
            GiveUp();
            return false;
        }

        if (_flushedRows is { Count: > 0 } rows)
        {
            foreach (var row in rows) _ = log.Remove(row);
            rows.Clear();
        }

        return true;
    }

    private async Task FinishFlushAsync(ValueTask<FlushResult> flush)
    {
        try
        {
            if (AfterFlush(await flush.ConfigureAwait(false))) Execute();
        }
        catch (Exception e) when (e is IOException or InvalidOperationException or ObjectDisposedException or OperationCanceledException)
        {
            GiveUp();
        }
    }

    private void GiveUp()
    {
        lock (_gate)
        {
            _closed = true;
            _active = false;
            _drained?.TrySetResult();
            _drained = null;
        }

        Failed?.Invoke();
    }
}
