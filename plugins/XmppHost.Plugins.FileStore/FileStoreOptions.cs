namespace XmppHost.Plugins.FileStore;

internal sealed record FileStoreOptions : IValidatedOptions
{
    private const int MinSecretLength = 8;

    /// <summary>Where files are kept; null for the plugin's data folder.</summary>
    public string? Directory { get; init; }

    /// <summary>The key of upload tokens of services outside this server that hand out places here; null: nobody outside does. This host's own HttpUpload has another one, made on the first run.</summary>
    public Secret? Secret { get; init; }

    /// <summary>What tokens of DELETE requests are made over beside the path; null: nobody outside deletes.</summary>
    public Secret? DeleteSecret { get; init; }

    /// <summary>The largest file taken, whoever signed for it.</summary>
    public ByteSize MaxFileSize { get; init; } = ByteSize.Unlimited;

    /// <summary>How long a file is kept that another server signed for; null for ever. A token may say less.</summary>
    public TimeSpan? Retention { get; init; }

    /// <summary>Uploads are refused when they would leave less than this on the disk.</summary>
    public ByteSize MinFreeSpace { get; init; } = new(256L << 20);

    /// <summary>An upload that is slower, in bytes per second, is ended.</summary>
    public ByteSize MinUploadRate { get; init; } = new(1 << 10);

    /// <summary>How often whoever held a file back is asked again.</summary>
    public TimeSpan HoldRetry { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How often expired files are looked for.</summary>
    public TimeSpan SweepInterval { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Content types that a browser may show in place; everything else is a download.</summary>
    public IReadOnlyList<string> InlineTypes { get; init; } =
        ["image/jpeg", "image/png", "image/gif", "image/webp", "image/avif", "image/heic", "video/*", "audio/*", "text/plain"];

    public IEnumerable<(string Option, string Problem)> Validate()
    {
        if (MaxFileSize.Bytes < 1) yield return ("maxFileSize", "is at least 1 byte, or unlimited");
        if (Secret is { } secret && secret.Reveal().Length < MinSecretLength) yield return ("secret", "is too short: 8 characters at least");
        if (DeleteSecret is { } delete && delete.Reveal().Length < MinSecretLength) yield return ("deleteSecret", "is too short: 8 characters at least");
        if (Retention is { } retention && retention < TimeSpan.FromMinutes(1)) yield return ("retention", "is at least a minute");
        if (MinUploadRate.Bytes is < 1 or > 1 << 20) yield return ("minUploadRate", "is from 1 B to 1 MiB each second");
        if (HoldRetry < TimeSpan.FromSeconds(1) || HoldRetry > TimeSpan.FromDays(1)) yield return ("holdRetry", "is between 1 s and 1 day");
        if (SweepInterval < TimeSpan.FromSeconds(1) || SweepInterval > TimeSpan.FromDays(1)) yield return ("sweepInterval", "is between 1 s and 1 day");
    }
}
