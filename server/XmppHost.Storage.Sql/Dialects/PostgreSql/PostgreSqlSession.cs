using Npgsql;

namespace XmppHost.Storage.Sql.Dialects.PostgreSql;

/// <summary>Statements on a connection, in the transaction that it has open.</summary>
internal sealed class PostgreSqlSession(NpgsqlConnection connection) : ISqlSession
{
    public int Execute(string sql, params object?[] arguments)
    {
        using var command = Command(sql, arguments);
        return command.ExecuteNonQuery();
    }

    public void ExecuteScript(string sql) => Execute(sql);

    public List<T> Query<T>(string sql, Func<ISqlRow, T> map, params object?[] arguments)
    {
        using var command = Command(sql, arguments);
        using var reader = command.ExecuteReader();
        var row = new PostgreSqlRow(reader);
        var rows = new List<T>();
        while (reader.Read()) rows.Add(map(row));
        return rows;
    }

    private NpgsqlCommand Command(string sql, object?[] arguments)
    {
        var command = new NpgsqlCommand(sql, connection);
        AddParameters(command.Parameters, arguments);
        return command;
    }

    internal static void AddParameters(NpgsqlParameterCollection parameters, object?[] arguments)
    {
        foreach (var argument in arguments) parameters.Add(new NpgsqlParameter { Value = argument ?? DBNull.Value });
    }
}
