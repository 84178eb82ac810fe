using System.ComponentModel.DataAnnotations;

namespace XmppHost.Plugins.HttpUpload;

internal sealed record HttpUploadOptions : IValidatedOptions
{
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

    /// <summary>Random bytes in a file's URL.</summary>
    [Range(16, 64)]
    public int TokenBytes { get; init; } = 32;

    /// <summary>Content types that may be uploaded: <c>image/png</c>, <c>image/*</c>; empty for all.</summary>
    public IReadOnlyList<string> AllowedTypes { get; init; } = [];

    /// <summary>Who may upload besides the host's own accounts: bare JIDs and domains.</summary>
    public IReadOnlyList<string> Access { get; init; } = [];

    /// <summary>Answer the namespace of before 2017 too.</summary>
    public bool LegacyNamespace { get; init; } = true;

    public S3Options? S3 { get; init; }

    public ExternalOptions? External { get; init; }

    public IEnumerable<(string Option, string Problem)> Validate()
    {
        if (Backend == UploadBackendKind.S3 && S3 is null) yield return ("s3", "is required with backend s3");
        if (Backend == UploadBackendKind.External && External is null) yield return ("external", "is required with backend external");
        if (MaxFileSize.Bytes < 1) yield return ("maxFileSize", "is at least 1 byte, or unlimited");

        // AWS Signature Version 4 ends there; beyond, signing would silently fall back to an older, weaker scheme.
        if (SlotTtl < TimeSpan.FromSeconds(1) || SlotTtl > TimeSpan.FromDays(7)) yield return ("slotTtl", "is between 1 s and 7 days");
        foreach (var entry in Access)
            if (Addressing.Jid.TryParse(entry) is not { IsBare: true })
                yield return ("access", $"'{entry}' is neither a bare JID nor a domain");
    }
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
