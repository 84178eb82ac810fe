using XmppHost.Addressing;

namespace XmppHost.Storage;

/// <summary>
/// What was uploaded through the upload services of all hosts, by whom, and where it is in its life: the base of quotas, expiry and deletion, whatever the backend. An entry is
/// known by its host and its key.
/// </summary>
public interface IUploadLedger
{
    /// <summary>Adds an entry, on disk when it completes. An entry of the same host and key is an <see cref="InvalidOperationException"/>.</summary>
    ValueTask AddAsync(UploadEntry entry, CancellationToken ct);

    ValueTask<UploadEntry?> FindAsync(string host, string key, CancellationToken ct);

    /// <summary>Moves an entry on, on disk when it completes. False when there is no such entry, or it is in none of the states that <paramref name="from"/> names (none named: any).</summary>
    ValueTask<bool> MoveAsync(string host, string key, UploadState to, CancellationToken ct, params IReadOnlyList<UploadState> from);

    /// <summary>Forgets entries altogether; those that do not exist are no error.</summary>
    ValueTask RemoveAsync(string host, IReadOnlyList<string> keys, CancellationToken ct);

    /// <summary>
    /// For the end of an account: its entries are nobody's from now on and expire at <paramref name="at"/> at the latest, so that their files go as soon as somebody can delete them; those
    /// that are deleted already are forgotten. On disk when it completes.
    /// </summary>
    ValueTask ReleaseAsync(string host, Jid uploader, DateTimeOffset at, CancellationToken ct);

    /// <summary>Entries that match, by key in the order of its bytes, at most <see cref="UploadQuery.Limit"/>.</summary>
    ValueTask<IReadOnlyList<UploadEntry>> ListAsync(UploadQuery query, CancellationToken ct);

    /// <summary>
    /// What counts for an uploader's quotas: files and bytes are those that are issued, stored, held or quarantined; recent ones are those issued at or after <paramref name="since"/>,
    /// deleted ones included, so that deleting gives no more to upload today.
    /// </summary>
    /// <param name="uploader">A bare JID.</param>
    /// <param name="purpose">Only of this purpose; null for all.</param>
    ValueTask<UploadUsage> UsageAsync(string host, Jid uploader, string? purpose, DateTimeOffset since, CancellationToken ct);

    /// <summary>Files and bytes that are stored, held or quarantined, for each uploader (null: unknown) and purpose of a host.</summary>
    ValueTask<IReadOnlyList<UploadTotal>> TotalsAsync(string host, CancellationToken ct);
}

/// <summary>Where an upload is in its life.</summary>
public enum UploadState
{
    /// <summary>A slot was handed out; nothing is known to have arrived.</summary>
    Issued = 0,

    /// <summary>The file is there and served.</summary>
    Stored = 1,

    /// <summary>The file is there, and not served until an observer has decided.</summary>
    Held = 2,

    /// <summary>The file was found to be harmful: kept aside, never served.</summary>
    Quarantined = 3,

    /// <summary>The file is gone; the entry stays for a day, since it counts for the bytes of that day.</summary>
    Deleted = 4,
}

/// <summary>One upload.</summary>
/// <param name="Host">The virtual host that gave the slot.</param>
/// <param name="Key">What stands behind the backend's base URL, not percent-encoded: <c>random/name</c>, with a purpose's prefix where it has one.</param>
/// <param name="Backend">Who keeps the file: <c>fileStore</c>, <c>s3</c>, <c>external</c>.</param>
/// <param name="Uploader">A bare JID; null for a slot that another server signed.</param>
/// <param name="Name">The file's name.</param>
/// <param name="Size">Bytes, as promised and enforced.</param>
/// <param name="ContentType">As declared, or null.</param>
/// <param name="Purpose">XEP-0363 section 4.1: <c>message</c>, <c>profile</c>, <c>ephemeral</c>, <c>permanent</c>.</param>
/// <param name="Issued">When the slot was given, to the microsecond.</param>
/// <param name="SlotEnds">After this nothing can arrive any more; null where slots do not end.</param>
/// <param name="Expires">From then on the file is not available; null for never.</param>
/// <param name="State">Where it is in its life.</param>
public sealed record UploadEntry(
    string Host,
    string Key,
    string Backend,
    Jid? Uploader,
    string Name,
    long Size,
    string? ContentType,
    string Purpose,
    DateTimeOffset Issued,
    DateTimeOffset? SlotEnds,
    DateTimeOffset? Expires,
    UploadState State)
{
    /// <summary>The largest <see cref="Size"/>, 16 TiB: sums of half a million such files are numbers still.</summary>
    public const long MaxSize = 1L << 44;
}

/// <summary>Which entries to list; what is null does not restrict.</summary>
/// <param name="Host">The virtual host.</param>
public sealed record UploadQuery(string Host)
{
    public string? Backend { get; init; }

    public Jid? Uploader { get; init; }

    /// <summary>Empty: in any state but <see cref="UploadState.Deleted"/>.</summary>
    public IReadOnlyList<UploadState> States { get; init; } = [];

    public DateTimeOffset? IssuedBefore { get; init; }

    /// <summary>Only entries issued at or after this.</summary>
    public DateTimeOffset? IssuedSince { get; init; }

    /// <summary>Only entries whose slot ended at or before this.</summary>
    public DateTimeOffset? SlotEndedBy { get; init; }

    /// <summary>Only entries that expire at or before this.</summary>
    public DateTimeOffset? ExpiredBy { get; init; }

    /// <summary>Only keys after this one: the last of the page before.</summary>
    public string? After { get; init; }

    public int Limit { get; init; } = 1000;
}

/// <param name="Files">Files that an uploader has.</param>
/// <param name="Bytes">Their size.</param>
/// <param name="RecentFiles">Slots since the given time.</param>
/// <param name="RecentBytes">Their size.</param>
/// <param name="OldestRecent">When the first of these slots was given; null when there was none.</param>
public sealed record UploadUsage(long Files, long Bytes, long RecentFiles, long RecentBytes, DateTimeOffset? OldestRecent);

public sealed record UploadTotal(Jid? Uploader, string Purpose, long Files, long Bytes);
