using XmppHost.Storage.Sql.Dialects;

namespace XmppHost.Storage.Sql.Writing;

/// <summary>A write off the hot path, run inside a batch's transaction.</summary>
/// <param name="kinds">What it touches.</param>
/// <param name="endsBatch">Nothing may follow it in its transaction, because it concerns rows that the batch writes in bulk.</param>
/// <param name="isMessage">It may wait as long as a message may, so that many share a transaction.</param>
internal abstract class SqlWork(WriteKinds kinds, bool endsBatch, long bytes, bool isMessage)
{
    internal WriteKinds Kinds => kinds;

    internal bool EndsBatch => endsBatch;

    internal long Bytes => bytes;

    internal bool IsMessage => isMessage;

    internal abstract void Run(ISqlSession session);

    internal abstract void Complete();

    internal abstract void Fail(Exception exception);
}

internal sealed class SqlWork<T>(Func<ISqlSession, T> run, WriteKinds kinds, bool endsBatch = false, long bytes = 256, bool isMessage = false)
    : SqlWork(kinds, endsBatch, bytes, isMessage)
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    internal Task<T> Done => _done.Task;

    internal override void Run(ISqlSession session) => _result = run(session);

    internal override void Complete() => _done.TrySetResult(_result!);

    internal override void Fail(Exception exception)
    {
        _done.TrySetException(exception);
        _ = _done.Task.Exception;
    }
}
