using XmppHost.Addressing;
using XmppHost.Storage.Sql.Dialects;

namespace XmppHost.Storage.Sql.Uploads;

/// <summary>An upload as the database has it.</summary>
internal static class UploadRow
{
    internal const string Columns = "host, key, backend, uploader, name, size, content_type, purpose, issued, slot_ends, expires, state";

    internal static UploadEntry Read(ISqlRow row) => new(
        row.Text(0),
        row.Text(1),
        row.Text(2),
        row.IsNull(3) ? null : Jid.Parse(row.Text(3)),
        row.Text(4),
        row.Int64(5),
        row.IsNull(6) ? null : row.Text(6),
        row.Text(7),
        Micros.ToTime(row.Int64(8)),
        Time(row, 9),
        Time(row, 10),
        (UploadState)row.Int64(11));

    /// <summary>What the columns get, checked to be what both databases keep as it is.</summary>
    internal static object?[] Values(UploadEntry entry) =>
    [
        SqlText.Check(entry.Host),
        SqlText.Check(entry.Key),
        SqlText.Check(entry.Backend),
        entry.Uploader?.Bare.ToString(),
        SqlText.Check(entry.Name),
        CheckSize(entry.Size),
        entry.ContentType is null ? null : SqlText.Check(entry.ContentType),
        SqlText.Check(entry.Purpose),
        Micros.From(entry.Issued),
        Number(entry.SlotEnds),
        Number(entry.Expires),
        (long)entry.State,
    ];

    private static long CheckSize(long size) =>
        size is >= 0 and <= UploadEntry.MaxSize ? size : throw new ArgumentException($"a file of {size} bytes", nameof(size));

    private static DateTimeOffset? Time(ISqlRow row, int column) => row.IsNull(column) ? null : Micros.ToTime(row.Int64(column));

    private static long? Number(DateTimeOffset? time) => time is { } some ? Micros.From(some) : null;
}
