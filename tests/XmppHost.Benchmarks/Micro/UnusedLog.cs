using XmppHost.Addressing;
using XmppHost.Storage;

namespace XmppHost.Benchmarks.Micro;

/// <summary>A message log for paths that must not touch it: every call is a defect of the benchmark.</summary>
internal sealed class UnusedLog : IMessageLog
{
    public long NextId() => throw new NotSupportedException();

    public Task Append(ReadOnlySpan<LogRow> rows, long? senderStream = null, uint handled = 0) => throw new NotSupportedException();

    public Task Remove(long id) => throw new NotSupportedException();

    public Task Assign(long id, long? stream, ulong sequence) => throw new NotSupportedException();

    public Task SaveStream(StreamRecord stream) => throw new NotSupportedException();

    public Task SaveHandled(long stream, uint handled) => throw new NotSupportedException();

    public Task EndStream(long stream) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<LogRow>> ReadOfflineAsync(Jid account, long afterId, int limit, CancellationToken ct) => throw new NotSupportedException();

    public ValueTask<int> CountOfflineAsync(Jid account, CancellationToken ct) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<LogRow>> ReadStreamAsync(long stream, CancellationToken ct) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<StreamRecord>> LoadStreamsAsync(CancellationToken ct) => throw new NotSupportedException();

    public Task Erase(Jid account) => throw new NotSupportedException();
}
