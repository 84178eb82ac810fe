using XmppHost.Storage;

namespace XmppHost.Plugins.HttpUpload.Ledger;

/// <summary>When it is over with a slot: an upload that began in its last moment takes its time.</summary>
internal static class SlotEnd
{
    // 16 KiB/s: a bad mobile connection.
    private const long SlowestBytesPerSecond = 16 << 10;

    private static readonly TimeSpan Least = TimeSpan.FromMinutes(1);

    /// <summary>From when on nothing can arrive any more; null where slots do not end.</summary>
    internal static DateTimeOffset? LastArrival(this UploadEntry entry) =>
        entry.SlotEnds + Least + TimeSpan.FromSeconds(entry.Size / SlowestBytesPerSecond);

    /// <summary>The file may arrive still, or again where the backend lets it be replaced.</summary>
    internal static bool IsOpen(this UploadEntry entry, DateTimeOffset now) => entry.LastArrival() > now;
}
