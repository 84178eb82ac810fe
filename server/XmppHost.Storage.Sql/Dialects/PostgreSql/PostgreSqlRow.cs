using Npgsql;

namespace XmppHost.Storage.Sql.Dialects.PostgreSql;

/// <summary>All numbers of the schema are bigint.</summary>
internal sealed class PostgreSqlRow(NpgsqlDataReader reader) : ISqlRow
{
    public bool IsNull(int column) => reader.IsDBNull(column);

    public long Int64(int column) => reader.GetInt64(column);

    public string Text(int column) => reader.GetString(column);

    public byte[] Blob(int column) => reader.GetFieldValue<byte[]>(column);
}
