namespace XmppHost.Storage.Sql.Dialects;

/// <summary>
/// One connection, for statements off the hot path. Parameters are <c>$1</c>, <c>$2</c>, first used in this order (so they mean the same to both databases), and are
/// <c>long</c>, <c>string</c>, <c>byte[]</c> or null.
/// </summary>
internal interface ISqlSession
{
    /// <summary>Runs one statement and says how many rows it changed.</summary>
    int Execute(string sql, params object?[] arguments);

    /// <summary>Runs a script of statements without parameters.</summary>
    void ExecuteScript(string sql);

    List<T> Query<T>(string sql, Func<ISqlRow, T> map, params object?[] arguments);
}
