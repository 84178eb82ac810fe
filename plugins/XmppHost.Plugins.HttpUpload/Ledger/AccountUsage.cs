using XmppHost.Plugins.HttpUpload.Policy;

namespace XmppHost.Plugins.HttpUpload.Ledger;

/// <summary>What one uploader has and was given lately, kept in memory so that no slot costs a query.</summary>
/// <param name="loaded">When it was read from the ledger.</param>
/// <param name="tallies">Files and bytes that are stored, by the quota that they count in.</param>
internal sealed class AccountUsage(DateTimeOffset loaded, (long Files, long Bytes)[] tallies, RecentSlots recent)
{
    private readonly Lock _gate = new();

    internal DateTimeOffset Loaded => loaded;

    /// <summary>Counts a slot in, or says what would be too much.</summary>
    /// <param name="tally">Which of the quotas for stored files it counts in.</param>
    internal UsageExcess? TryReserve(DateTimeOffset now, int tally, Quota quota, long size, Limits limits)
    {
        lock (_gate)
        {
            recent.Drop(now);
            if (Lately(limits, size) is { } soon) return soon;
            if (Stored(tallies[tally], quota, size) is { } full) return full;
            recent.Add(now, size);
            tallies[tally].Files++;
            tallies[tally].Bytes += size;
            return null;
        }
    }

    private UsageExcess? Lately(Limits limits, long size)
    {
        if (limits.SlotsPerMinute is { } slots && recent.Slots >= slots)
            return new UsageExcess(UsageKind.SlotsPerMinute, slots, recent.Slots - slots + 1, 0, recent.FewerThan(slots));
        if (limits.BytesPerDay is not { } bytes || Excess(recent.Bytes, size, bytes) is not (> 0 and var excess)) return null;
        return new UsageExcess(UsageKind.BytesPerDay, bytes, excess, Math.Max(0, bytes - recent.Bytes), recent.LessBy(excess));
    }

    private static UsageExcess? Stored((long Files, long Bytes) tally, Quota quota, long size)
    {
        if (quota.Files is { } files && tally.Files >= files) return new UsageExcess(UsageKind.FilesPerUser, files, tally.Files - files + 1, 0, null);
        if (quota.Bytes is not { } bytes || Excess(tally.Bytes, size, bytes) is not (> 0 and var excess)) return null;
        return new UsageExcess(UsageKind.BytesPerUser, bytes, excess, Math.Max(0, bytes - tally.Bytes), null);
    }

    // A file that is just as large as the quota fits into it, encrypted too.
    private static long Excess(long used, long size, long limit) => used - limit + size - SizeLimits.TagBytes;
}
