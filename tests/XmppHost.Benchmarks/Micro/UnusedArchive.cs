using XmppHost.Addressing;
using XmppHost.Storage;

namespace XmppHost.Benchmarks.Micro;

/// <summary>An archive for paths that must not touch it: every call is a defect of the benchmark.</summary>
internal sealed class UnusedArchive : IMessageArchive
{
    public Task Append(IReadOnlyList<ArchiveRow> rows, long? senderStream = null, uint handled = 0) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<ArchiveRow>> ReadAsync(Jid account, ArchiveQuery query, bool last, int limit, CancellationToken ct) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<ArchiveRow>> FindAsync(Jid account, IReadOnlyCollection<long> ids, CancellationToken ct) => throw new NotSupportedException();

    public ValueTask<int> CountAsync(Jid account, ArchiveQuery query, int limit, CancellationToken ct) => throw new NotSupportedException();

    public ValueTask<int> ExpireAsync(string host, DateTimeOffset before, CancellationToken ct) => throw new NotSupportedException();

    public Task Erase(Jid account) => throw new NotSupportedException();
}
