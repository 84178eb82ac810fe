namespace XmppHost.Plugins.FileStore;

internal sealed record FileStoreOptions : IValidatedOptions
{
    /// <summary>Where files are kept; null for the plugin's data folder.</summary>
    public string? Directory { get; init; }

    /// <summary>The key of upload tokens, for services outside this server that hand out places here; null for one of our own, made on the first run.</summary>
    public Secret? Secret { get; init; }

    /// <summary>The largest file taken, whoever signed for it.</summary>
    public ByteSize MaxFileSize { get; init; } = ByteSize.Unlimited;

    /// <summary>Uploads are refused when they would leave less than this on the disk.</summary>
    public ByteSize MinFreeSpace { get; init; } = new(256L << 20);

    /// <summary>Content types that a browser may show in place; everything else is a download.</summary>
    public IReadOnlyList<string> InlineTypes { get; init; } =
        ["image/jpeg", "image/png", "image/gif", "image/webp", "image/avif", "image/heic", "video/*", "audio/*", "text/plain"];

    public IEnumerable<(string Option, string Problem)> Validate()
    {
        if (MaxFileSize.Bytes < 1) yield return ("maxFileSize", "is at least 1 byte, or unlimited");
        if (Secret is { } secret && secret.Reveal().Length < 8) yield return ("secret", "is too short: 8 characters at least");
    }
}
