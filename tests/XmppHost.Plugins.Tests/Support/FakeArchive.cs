using XmppHost.Addressing;
using XmppHost.Storage;

namespace XmppHost.Plugins.Tests.Support;

/// <summary>An archive in memory.</summary>
internal sealed class FakeArchive : IMessageArchive
{
    private readonly SortedDictionary<long, ArchiveRow> _rows = [];

    public IReadOnlyCollection<ArchiveRow> Rows => _rows.Values;

    public Task Append(IReadOnlyList<ArchiveRow> rows, long? senderStream = null, uint handled = 0)
    {
        foreach (var row in rows) _rows.Add(row.Id, row);
        return Task.CompletedTask;
    }

    public ValueTask<IReadOnlyList<ArchiveRow>> ReadAsync(Jid account, ArchiveQuery query, bool last, int limit, CancellationToken ct)
    {
        var rows = Matching(account, query);
        return ValueTask.FromResult<IReadOnlyList<ArchiveRow>>([.. last ? rows.TakeLast(limit) : rows.Take(limit)]);
    }

    public ValueTask<IReadOnlyList<ArchiveRow>> FindAsync(Jid account, IReadOnlyCollection<long> ids, CancellationToken ct) =>
        ValueTask.FromResult<IReadOnlyList<ArchiveRow>>([.. Matching(account, new ArchiveQuery()).Where(row => ids.Contains(row.Id))]);

    public ValueTask<int> CountAsync(Jid account, ArchiveQuery query, int limit, CancellationToken ct) => ValueTask.FromResult(Matching(account, query).Take(limit).Count());

    public ValueTask<int> ExpireAsync(string host, DateTimeOffset before, CancellationToken ct) => ValueTask.FromResult(Remove(row => row.Account.Domain == host && row.Stamp < before));

    public Task Erase(Jid account) => Task.FromResult(Remove(row => row.Account == account));

    private IEnumerable<ArchiveRow> Matching(Jid account, ArchiveQuery query) => _rows.Values.Where(row =>
        row.Account == account
        && (query.With is not { } with || row.Peer == with || (with.IsBare && row.Peer.Bare == with))
        && !(row.Stamp < query.Start) && !(row.Stamp > query.End) && !(row.Id <= query.After) && !(row.Id >= query.Before));

    private int Remove(Predicate<ArchiveRow> match)
    {
        var rows = _rows.Values.Where(row => match(row)).ToArray();
        foreach (var row in rows) _rows.Remove(row.Id);
        return rows.Length;
    }
}
