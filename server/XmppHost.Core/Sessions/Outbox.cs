using System.Diagnostics.Metrics;
using System.IO.Pipelines;
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
    private Queue<OutboundItem>? _current;      // while _writing, of the thread that writes alone
    private List<OutboundItem>? _written;       // likewise: what someone wants to hear of after the flush
    private TaskCompletionSource? _drained;
    private Action? _continue;
    private long _queuedBytes;
    private bool _active;
    private bool _writing;
    private bool _closed;

    /// <summary>Asked before each flush: does the session want its client to acknowledge?</summary>
    internal Session? Session { get; set; }

    /// <summary>Set when the client read too slowly or its connection failed; the stream's reader is then cancelled.</summary>
    internal Action? Failed { get; set; }

    /// <summary>Counts connections that are given up because their client reads too slowly.</summary>
    internal Counter<long>? Overflows { get; init; }

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
            Overflows?.Add(1);
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

    /// <summary>Takes the messages out that were queued and not written: their session is over. The stream's own last words stay and go out if they can.</summary>
    internal IReadOnlyList<OutboundItem> TakeMessages()
    {
        lock (_gate)
        {
            List<OutboundItem>? taken = null;
            // What a thread is writing now is as good as sent.
            if (!_writing)
            {
                taken = Interlocked.Exchange(ref _written, null);
                Take(ref _current, ref taken);
            }

            Take(ref _incoming, ref taken);
            return taken ?? (IReadOnlyList<OutboundItem>)[];
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
        var written = 0L;
        while (TryTakeCurrent(written) is { } current)
        {
            while (current.TryPeek(out var item))
            {
                if (item.Gate is { IsCompleted: false } gate)
                {
                    Pause(written);
                    if (written > 0) return RequestAck();
                    gate.GetAwaiter().UnsafeOnCompleted(_continue ??= Execute);
                    return false;
                }

                current.Dequeue();
                written += item.Bytes.Length;
                System.Buffers.BuffersExtensions.Write(_output, item.Bytes.Span);
                if (item.RemoveFromLog != 0 || item.Origin.IsShared) (_written ??= []).Add(item);
            }
        }

        return written > 0 && RequestAck();
    }

    private bool RequestAck()
    {
        if (Session?.TakeAckRequest() == true) System.Buffers.BuffersExtensions.Write(_output, AckRequest);
        return true;
    }

    /// <summary>The queue to write from; null when there is nothing more now, and then nobody writes any more.</summary>
    private Queue<OutboundItem>? TryTakeCurrent(long written)
    {
        lock (_gate)
        {
            if (_current is not { Count: > 0 }) (_current, _incoming) = (_incoming, _current);
            _writing = _current is { Count: > 0 };
            if (_writing) return _current;
            _queuedBytes -= written;
            if (written > 0) return null;

            // Idle: an idle connection holds no queue.
            _current = _incoming = null;
            _written = null;
            _active = false;
            _drained?.TrySetResult();
            _drained = null;
            return null;
        }
    }

    private void Pause(long written)
    {
        lock (_gate)
        {
            _writing = false;
            _queuedBytes -= written;
        }
    }

    private bool AfterFlush(FlushResult result)
    {
        if (result.IsCompleted || result.IsCanceled)
        {
            GiveUp();
            return false;
        }

        if (Interlocked.Exchange(ref _written, null) is not { } written) return true;
        foreach (var item in written)
        {
            if (item.RemoveFromLog != 0) _ = log.Remove(item.RemoveFromLog);
            item.Origin.Taken(log);
        }

        written.Clear();
        _written = written;
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
            _active = _writing = false;
            _drained?.TrySetResult();
            _drained = null;
        }

        Failed?.Invoke();
    }

    private void Take(ref Queue<OutboundItem>? queue, ref List<OutboundItem>? taken)
    {
        if (queue is not { Count: > 0 }) return;
        var rest = new Queue<OutboundItem>(queue.Count);
        foreach (var item in queue)
        {
            if (!item.Origin.IsMessage)
            {
                rest.Enqueue(item);
                continue;
            }

            (taken ??= []).Add(item);
            _queuedBytes -= item.Bytes.Length;
        }

        queue = rest;
    }
}
