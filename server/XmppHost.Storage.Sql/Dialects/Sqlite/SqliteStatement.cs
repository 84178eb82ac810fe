using SQLitePCL;

namespace XmppHost.Storage.Sql.Dialects.Sqlite;

/// <summary>A prepared statement; as a row it is the one that <see cref="Step"/> reached. Parameters count from 1, columns from 0.</summary>
internal sealed class SqliteStatement(sqlite3 db, sqlite3_stmt handle) : ISqlRow, IDisposable
{
    internal void Bind(int index, long value) => Check(raw.sqlite3_bind_int64(handle, index, value));

    internal void Bind(int index, string value) => Check(raw.sqlite3_bind_text(handle, index, value));

    internal void Bind(int index, ReadOnlySpan<byte> value) => Check(value.IsEmpty ? raw.sqlite3_bind_zeroblob(handle, index, 0) : raw.sqlite3_bind_blob(handle, index, value));

    internal void BindNull(int index) => Check(raw.sqlite3_bind_null(handle, index));

    internal void BindAll(object?[] arguments)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            switch (arguments[i])
            {
                case long number: Bind(i + 1, number); break;
                case string text: Bind(i + 1, text); break;
                case byte[] bytes: Bind(i + 1, bytes); break;
                case null: BindNull(i + 1); break;
                case var other: throw new ArgumentException($"no SQL value: {other.GetType()}", nameof(arguments));
            }
        }
    }

    /// <summary>True when it reached a row, false at the end.</summary>
    internal bool Step() => raw.sqlite3_step(handle) switch
    {
        raw.SQLITE_ROW => true,
        raw.SQLITE_DONE => false,
        var code => throw SqliteException.Of(db, code),
    };

    /// <summary>Ready for the next use. What the last one failed with was said by <see cref="Step"/>.</summary>
    internal void Reset() => raw.sqlite3_reset(handle);

    /// <summary>Runs a statement without rows, with what is bound.</summary>
    internal void Run()
    {
        try
        {
            Step();
        }
        finally
        {
            Reset();
        }
    }

    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    public long Int64(int column) => raw.sqlite3_column_int64(handle, column);

    public string Text(int column) => raw.sqlite3_column_text(handle, column).utf8_to_string();

    public byte[] Blob(int column) => raw.sqlite3_column_blob(handle, column).ToArray();

    public void Dispose() => raw.sqlite3_finalize(handle);

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK) throw SqliteException.Of(db, code);
    }
}
