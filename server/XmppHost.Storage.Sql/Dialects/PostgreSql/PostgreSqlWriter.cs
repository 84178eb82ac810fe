using Microsoft.Extensions.Logging;
using Npgsql;
using XmppHost.Storage.Sql.Writing;

namespace XmppHost.Storage.Sql.Dialects.PostgreSql;

/// <summary>
/// The connection that writes, opened again after it was lost. A batch is tried again then: its log part changes nothing when it is applied twice, and of one with other work
/// the database is asked whether the commit went through.
/// </summary>
internal sealed partial class PostgreSqlWriter(NpgsqlDataSource source, IdSlots slots, ILogger log) : IDisposable
{
    private NpgsqlConnection? _connection;

    internal void Write(IReadOnlyList<WriteBatch> batches, long? idFloor)
    {
        var retry = new Retry();
        string? transaction = null;
        while (true)
        {
            try
            {
                var connection = Connect();
                if (transaction is not null && WasCommitted(connection, transaction)) return;
                transaction = null;
                if (batches.All(batch => batch.Work.Count == 0)) WriteLog(connection, batches, idFloor);
                else WriteAll(connection, batches, idFloor, out transaction);
                return;
            }
            catch (Exception e)
            {
                Disconnect();
                if (retry.After(e) is not { } pause) throw;
                LogRetry(log, e.Message);
                Thread.Sleep(pause);
            }
        }
    }

    /// <summary>Opens the connection if it is not, with an id slot of its own.</summary>
    internal NpgsqlConnection Connect()
    {
        if (_connection is { State: System.Data.ConnectionState.Open } open) return open;
        Disconnect();
        var connection = source.OpenConnection();
        try
        {
            // What was acknowledged is on disk: a server or role that is set to "off" is overruled, stricter settings are not.
            new PostgreSqlSession(connection).ExecuteScript("SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'");
            slots.Take(new PostgreSqlSession(connection));
        }
        catch
        {
            connection.Dispose();
            throw;
        }

        return _connection = connection;
    }

    public void Dispose() => Disconnect();

    // Without an explicit transaction, a batch of commands is one.
    private static void WriteLog(NpgsqlConnection connection, IReadOnlyList<WriteBatch> batches, long? idFloor)
    {
        using var commands = new NpgsqlBatch(connection);
        foreach (var batch in batches) PostgreSqlLogWriter.AddTo(commands, batch);
        if (idFloor is { } floor) commands.BatchCommands.Add(RaiseFloor(floor));
        if (commands.BatchCommands.Count > 0) commands.ExecuteNonQuery();
    }

    private static void WriteAll(NpgsqlConnection connection, IReadOnlyList<WriteBatch> batches, long? idFloor, out string? transaction)
    {
        transaction = null;
        using var begun = connection.BeginTransaction();
        var session = new PostgreSqlSession(connection);
        var number = session.Query("SELECT pg_current_xact_id()::text", row => row.Text(0))[0];
        foreach (var batch in batches)
        {
            WriteLog(connection, [batch], null);
            foreach (var work in batch.Work) work.Run(session);
        }

        WriteLog(connection, [], idFloor);
        transaction = number;
        begun.Commit();
    }

    private static NpgsqlBatchCommand RaiseFloor(long floor) =>
        new("UPDATE meta SET value = greatest(value, $1) WHERE name = 'id_floor'") { Parameters = { new NpgsqlParameter { Value = floor } } };

    private static bool WasCommitted(NpgsqlConnection connection, string transaction)
    {
        var session = new PostgreSqlSession(connection);
        while (true)
        {
            switch (session.Query("SELECT coalesce(pg_xact_status($1::text::xid8), 'unknown')", row => row.Text(0), transaction)[0])
            {
                case "committed": return true;
                case "aborted": return false;
                // The lost connection's backend is still at it.
                case "in progress": Thread.Sleep(10); break;
                default: throw new StorageException("the connection to the database was lost and whether the last writes were done is unknown");
            }
        }
    }

    private void Disconnect()
    {
        var connection = _connection;
        _connection = null;
        if (connection is null) return;
        // Not back into the pool: it holds a lock.
        NpgsqlConnection.ClearPool(connection);
        connection.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Writing to the database is tried again: {Reason}")]
    private static partial void LogRetry(ILogger logger, string reason);
}
