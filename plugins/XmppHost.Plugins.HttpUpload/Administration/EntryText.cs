using System.Globalization;
using System.Text.Json.Nodes;
using XmppHost.Plugins.HttpUpload.Policy;
using XmppHost.Stanzas;
using XmppHost.Storage;

namespace XmppHost.Plugins.HttpUpload.Administration;

/// <summary>How an entry of the ledger is printed.</summary>
internal static class EntryText
{
    internal static string Size(long bytes) => Languages.English.Size(bytes);

    internal static string Files(long count) => count == 1 ? "1 file" : string.Create(CultureInfo.InvariantCulture, $"{count} files");

    internal static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    internal static string State(UploadState state) => state.ToString().ToLowerInvariant();

    /// <param name="url">Where it can be got; null where no configured backend has it.</param>
    internal static JsonObject Json(UploadEntry entry, string? url) => new()
    {
        ["key"] = entry.Key,
        ["url"] = url,
        ["user"] = entry.Uploader?.ToString(),
        ["name"] = entry.Name,
        ["size"] = entry.Size,
        ["contentType"] = entry.ContentType,
        ["purpose"] = entry.Purpose,
        ["state"] = State(entry.State),
        ["backend"] = entry.Backend,
        ["issued"] = Json(entry.Issued),
        ["slotEnds"] = Json(entry.SlotEnds),
        ["expires"] = Json(entry.Expires),
    };

    internal static JsonNode? Json(DateTimeOffset? time) => time is { } known ? XmppDateTime.Format(known) : null;

    /// <summary>Columns as wide as their widest values; the last one as it is.</summary>
    internal static IEnumerable<string> Table(IReadOnlyList<string[]> rows, params int[] rightAligned)
    {
        if (rows.Count == 0) yield break;
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(i => rows.Max(r => r[i].Length))];
        foreach (var row in rows)
            yield return string.Join("  ", row.Select((cell, i) => rightAligned.Contains(i) ? cell.PadLeft(widths[i]) : i == row.Length - 1 ? cell : cell.PadRight(widths[i])));
    }
}
