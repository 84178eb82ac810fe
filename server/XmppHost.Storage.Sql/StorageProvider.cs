namespace XmppHost.Storage.Sql;

/// <summary>The databases that the storage speaks.</summary>
public enum StorageProvider
{
    /// <summary>One file in the data folder.</summary>
    Sqlite,

    /// <summary>A server named by a connection string.</summary>
    PostgreSql,
}
