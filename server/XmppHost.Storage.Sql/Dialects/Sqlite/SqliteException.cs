using SQLitePCL;

namespace XmppHost.Storage.Sql.Dialects.Sqlite;

/// <summary>A call that SQLite refused, with its own words.</summary>
internal sealed class SqliteException(int code, string message) : Exception(message)
{
    /// <summary>The primary result code, <c>SQLITE_FULL</c> and so on.</summary>
    internal int Code => code & 0xff;

    internal static SqliteException Of(sqlite3 db, int code) =>
        new(code, $"{raw.sqlite3_errmsg(db).utf8_to_string()} (SQLite error {code})");
}
