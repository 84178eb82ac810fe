using XmppHost.Stanzas;

namespace XmppHost.Core.Streams;

/// <summary>What other threads want of a stream's loop: that it ends, and to know when it has.</summary>
internal struct StopSignal
{
    private static readonly TaskCompletionSource Over = NewOver();

    private TaskCompletionSource? _loopEnd;
    private StreamError? _error;
    private int _given;
    private volatile bool _aborted;

    internal readonly bool IsGiven => Volatile.Read(in _given) == 1;

    /// <summary>Whether the client is told, and what.</summary>
    internal readonly (bool Clean, StreamError? Error) Outcome => (!_aborted, _error);

    /// <summary>True for the first who asks; what the loop waits for is then to be cancelled. A full fence: whoever puts something else in its place with one sees the signal.</summary>
    internal bool TryGive(StreamError? error, bool aborted = false)
    {
        _aborted |= aborted;
        _error ??= error;
        return Interlocked.Exchange(ref _given, 1) == 0;
    }

    internal Task LoopEndedAsync()
    {
        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return (Interlocked.CompareExchange(ref _loopEnd, source, null) ?? source).Task;
    }

    internal void LoopHasEnded() => Interlocked.Exchange(ref _loopEnd, Over)?.TrySetResult();

    private static TaskCompletionSource NewOver()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }
}
