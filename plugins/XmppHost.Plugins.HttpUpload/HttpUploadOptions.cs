using System.ComponentModel.DataAnnotations;
using XmppHost.Plugins.HttpUpload.Policy;

namespace XmppHost.Plugins.HttpUpload;

internal sealed record HttpUploadOptions : IValidatedOptions
{
    private static readonly TimeSpan ShortestRetention = TimeSpan.FromMinutes(1);

    // Beyond, times would end before files do.
    private static readonly TimeSpan LongestRetention = TimeSpan.FromDays(36_500);

    /// <summary>Where files go.</summary>
    public UploadBackendKind Backend { get; init; } = UploadBackendKind.FileStore;

    /// <summary>The service's address; <c>@HOST@</c> is the virtual host.</summary>
    [RegularExpression("[^/@]*(@HOST@)?[^/@]*")]
    public string Host { get; init; } = "upload.@HOST@";

    /// <summary>What a person reads in service discovery.</summary>
    public string Name { get; init; } = "HTTP File Upload";

    /// <summary>The largest file, in bytes; 16 bytes more are allowed for the tag of an encrypted one (XEP-0454).</summary>
    public ByteSize MaxFileSize { get; init; } = new(100L << 20);

    /// <summary>How long a PUT URL is good, where the backend's URLs expire.</summary>
    public TimeSpan SlotTtl { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Bytes in a file's URL that nobody can guess; see <see cref="Slots.UploadToken"/>.</summary>
    [Range(16, 64)]
    public int TokenBytes { get; init; } = 32;

    /// <summary>Content types that may be uploaded: <c>image/png</c>, <c>image/*</c>; empty for all.</summary>
    public IReadOnlyList<string> AllowedTypes { get; init; } = [];

    /// <summary>Content types that may not, even if they are among those that may.</summary>
    public IReadOnlyList<string> DeniedTypes { get; init; } = [];

    /// <summary>Who may upload besides the host's own accounts: bare JIDs and domains.</summary>
    public IReadOnlyList<string> Access { get; init; } = [];

    /// <summary>Who may or may not upload and with which limits; the first that names the requester holds, before <see cref="Access"/>.</summary>
    public IReadOnlyList<AccessRuleOptions> Rules { get; init; } = [];

    /// <summary>Slots that one uploader gets in a minute; null for no limit.</summary>
    [Range(1, int.MaxValue)]
    public int? SlotsPerMinute { get; init; }

    /// <summary>Bytes that one uploader may be promised in 24 hours.</summary>
    public ByteSize? BytesPerDay { get; init; }

    /// <summary>Bytes that one uploader's files may take together.</summary>
    public ByteSize? BytesPerUser { get; init; }

    /// <summary>Files that one uploader may have.</summary>
    [Range(typeof(long), "1", "1000000000000")]
    public long? FilesPerUser { get; init; }

    /// <summary>How long files are kept; null for ever. Purposes may have their own.</summary>
    public TimeSpan? Retention { get; init; }

    /// <summary>What files may be for, beside messages.</summary>
    public PurposesOptions Purposes { get; init; } = new();

    /// <summary>Who removes expired files.</summary>
    public ExpiryMode ExpiredFiles { get; init; } = ExpiryMode.Delete;

    /// <summary>Answer the namespace of before 2017 too.</summary>
    public bool LegacyNamespace { get; init; } = true;

    /// <summary>Whether an upload's whole way is tried at the start.</summary>
    public Check.StartupCheckMode StartupCheck { get; init; } = Check.StartupCheckMode.Off;

    public S3Options? S3 { get; init; }

    public ExternalOptions? External { get; init; }

    public IEnumerable<(string Option, string Problem)> Validate()
    {
        if (Backend == UploadBackendKind.S3 && S3 is null) yield return ("s3", "is required with backend s3");
        if (Backend == UploadBackendKind.External && External is null) yield return ("external", "is required with backend external");

        // AWS Signature Version 4 ends there; beyond, signing would silently fall back to an older, weaker scheme.
        if (SlotTtl < TimeSpan.FromSeconds(1) || SlotTtl > TimeSpan.FromDays(7)) yield return ("slotTtl", "is between 1 s and 7 days");
        foreach (var entry in Access)
            if (Addressing.Jid.TryParse(entry) is not { IsBare: true })
                yield return ("access", $"'{entry}' is neither a bare JID nor a domain");
        foreach (var (option, size) in new[] { ("maxFileSize", (ByteSize?)MaxFileSize), ("bytesPerDay", BytesPerDay), ("bytesPerUser", BytesPerUser) })
            if (size is { Bytes: < 1 })
                yield return (option, "is at least 1 byte, or unlimited");
        foreach (var problem in RetentionProblems()) yield return problem;
    }

    /// <summary>Null, or why files cannot be kept so long.</summary>
    internal static string? ProblemOfRetention(TimeSpan? retention) => retention < ShortestRetention || retention > LongestRetention ? "is between a minute and 36500 days" : null;

    private IEnumerable<(string Option, string Problem)> RetentionProblems()
    {
        if (ProblemOfRetention(Retention) is { } wrong) yield return ("retention", wrong);
        if (Purposes.Ephemeral is not null && Backend == UploadBackendKind.External && External is { DeleteSecret: null, Protocol: not ServiceProtocol.Jwt })
            yield return ("purposes.ephemeral", "cannot be kept to with this service: it must take DELETE (external.deleteSecret), or be told when files expire (external.protocol jwt)");
        var prefixes = new Purposes(this).All.Select(p => p.Prefix).ToArray();
        if (Backend == UploadBackendKind.S3 && prefixes.Distinct(StringComparer.Ordinal).Count() < prefixes.Length) yield return ("purposes", "two of them have the same prefix");
        if (ExpiredFiles != ExpiryMode.Lifecycle) yield break;
        if (Backend != UploadBackendKind.S3) yield return ("expiredFiles", "lifecycle rules are of the backend s3");
        else if (prefixes.Length > 1 && prefixes.Contains("")) yield return ("purposes.message.prefix", "is required with expiredFiles lifecycle, since a rule for no prefix would delete the files of all purposes");
    }
}

internal enum ExpiryMode
{
    /// <summary>This server deletes them when they expire.</summary>
    Delete,

    /// <summary>The bucket's lifecycle rules do, within a day or two; here they are only forgotten. Ephemeral files, whose time must be kept to, are deleted all the same.</summary>
    Lifecycle,
}

internal enum UploadBackendKind
{
    /// <summary>The embedded upload service of this host: the FileStore plugin.</summary>
    FileStore,

    /// <summary>Any S3-compatible store, by presigned PUT.</summary>
    S3,

    /// <summary>An upload service that verifies an HMAC in the URL.</summary>
    External,
}
