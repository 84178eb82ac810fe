using System.Collections.Concurrent;

namespace XmppHost.Storage.Sql.Dialects.Sqlite;

/// <summary>Connections for reads, kept for the next one. A read takes microseconds, so a few serve many callers.</summary>
internal sealed class SqliteReaders(Func<SqliteConnection> open) : IDisposable
{
    private readonly ConcurrentBag<SqliteConnection> _free = [];
    private readonly int _kept = Math.Clamp(Environment.ProcessorCount, 2, 8);
    private volatile bool _closed;

    internal List<T> Read<T>(string sql, Func<ISqlRow, T> map, object?[] arguments)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        var connection = _free.TryTake(out var free) ? free : open();
        try
        {
            var rows = connection.Query(sql, map, arguments);
            Return(connection);
            return rows;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _closed = true;
        while (_free.TryTake(out var connection)) connection.Dispose();
    }

    private void Return(SqliteConnection connection)
    {
        if (_free.Count >= _kept || _closed) connection.Dispose();
        else _free.Add(connection);
    }
}
