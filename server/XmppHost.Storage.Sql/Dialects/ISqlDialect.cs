using XmppHost.Storage.Sql.Writing;

namespace XmppHost.Storage.Sql.Dialects;

/// <summary>What differs between the databases: connections, transactions and the message log's bulk writes.</summary>
internal interface ISqlDialect : IAsyncDisposable
{
    /// <summary>Connects, brings the schema up to date and starts the ids above those it has.</summary>
    ValueTask OpenAsync(CancellationToken ct);

    /// <summary>Applies batches in one transaction and returns when it is on disk; throws when nothing of it was written. Called by one thread.</summary>
    void Write(IReadOnlyList<WriteBatch> batches, long? idFloor);

    /// <summary>Reads on a connection of its own.</summary>
    ValueTask<List<T>> ReadAsync<T>(string sql, Func<ISqlRow, T> map, CancellationToken ct, params object?[] arguments);

    /// <summary>An exception of this database as one line for an operator.</summary>
    StorageException Explain(string what, Exception exception);
}
