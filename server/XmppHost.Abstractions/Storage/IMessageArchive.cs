using XmppHost.Addressing;

namespace XmppHost.Storage;

/// <summary>
/// The messages that accounts look back to. Rows come in by <see cref="Handlers.StanzaContext.Archive"/>, in the transaction that makes the message safe; reads see everything queued before
/// them.
/// </summary>
public interface IMessageArchive
{
    /// <summary>Queues rows that no log row carries, with the count of the sender's stream as in <see cref="IMessageLog.Append"/>.</summary>
    Task Append(IReadOnlyList<ArchiveRow> rows, long? senderStream = null, uint handled = 0);

    /// <summary>Rows by id: the first ones, or with <paramref name="last"/> the last ones, at most <paramref name="limit"/>.</summary>
    ValueTask<IReadOnlyList<ArchiveRow>> ReadAsync(Jid account, ArchiveQuery query, bool last, int limit, CancellationToken ct);

    /// <summary>Those of the ids that are there, by id.</summary>
    ValueTask<IReadOnlyList<ArchiveRow>> FindAsync(Jid account, IReadOnlyCollection<long> ids, CancellationToken ct);

    /// <summary>How many there are; counts no further than <paramref name="limit"/>.</summary>
    ValueTask<int> CountAsync(Jid account, ArchiveQuery query, int limit, CancellationToken ct);

    /// <summary>Deletes what the accounts of a host have from before a time, in portions, and says how many it was.</summary>
    ValueTask<int> ExpireAsync(string host, DateTimeOffset before, CancellationToken ct);

    /// <summary>Deletes an account's archive.</summary>
    Task Erase(Jid account);
}
