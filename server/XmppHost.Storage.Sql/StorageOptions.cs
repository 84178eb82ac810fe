using XmppHost.Plugins;

namespace XmppHost.Storage.Sql;

/// <summary>The config section <c>storage</c>.</summary>
/// <param name="Provider"><c>sqlite</c> or <c>postgresql</c>.</param>
/// <param name="ConnectionString">For PostgreSQL, in Npgsql's form: <c>Host=...;Username=...;Password=...;Database=...</c>.</param>
/// <param name="CommitWindow">How long writes are gathered that nobody waits for; messages are committed at once while there is little to do, and under load in steps of half of it. Null for the default of 2 ms.
/// Longer saves work, and delays deliveries and acknowledgements.</param>
/// <param name="QueueLimit">What may wait to be written; more is refused. Null for the default of 64 MiB.</param>
public sealed record StorageOptions(
    StorageProvider Provider = StorageProvider.Sqlite,
    Secret? ConnectionString = null,
    TimeSpan? CommitWindow = null,
    ByteSize? QueueLimit = null) : IValidatedOptions
{
    public IEnumerable<(string Option, string Problem)> Validate()
    {
        if (Provider == StorageProvider.PostgreSql && ConnectionString is null) yield return ("connectionString", "is required for postgresql");
        if (Provider == StorageProvider.Sqlite && ConnectionString is not null) yield return ("connectionString", "is for postgresql only: SQLite's file lies in the data folder");
        if (CommitWindow is { } window && (window < TimeSpan.Zero || window > TimeSpan.FromSeconds(1))) yield return ("commitWindow", "must be between 0 and 1 s");
        if (QueueLimit is { Bytes: < 1 << 20 }) yield return ("queueLimit", "must be at least 1 MiB");
    }
}
