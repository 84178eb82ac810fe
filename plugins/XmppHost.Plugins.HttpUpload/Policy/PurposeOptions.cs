using System.ComponentModel.DataAnnotations;

namespace XmppHost.Plugins.HttpUpload.Policy;

internal sealed record PurposeOptions : IValidatedOptions
{
    private const int MaxPrefixLength = 64;

    /// <summary>The largest file for this purpose; null: what holds for its uploader.</summary>
    public ByteSize? MaxFileSize { get; init; }

    /// <summary>What one uploader's files of this purpose may take together; with this or <see cref="FilesPerUser"/> they no longer count for the general quota.</summary>
    public ByteSize? BytesPerUser { get; init; }

    [Range(typeof(long), "1", "1000000000000")]
    public long? FilesPerUser { get; init; }

    /// <summary>How long files are kept. Null: for messages and ephemeral files as long as the host's <c>retention</c> says, for the others for ever.</summary>
    public TimeSpan? Retention { get; init; }

    /// <summary>Before the key of every file, where the backend is S3; null is the purpose's name, and nothing for messages.</summary>
    public string? Prefix { get; init; }

    public IEnumerable<(string Option, string Problem)> Validate()
    {
        if (MaxFileSize is { Bytes: < 1 }) yield return ("maxFileSize", "is at least 1 byte, or unlimited");
        if (BytesPerUser is { Bytes: < 1 }) yield return ("bytesPerUser", "is at least 1 byte, or unlimited");
        if (HttpUploadOptions.ProblemOfRetention(Retention) is { } wrong) yield return ("retention", wrong);
        if (Prefix is not null && (Prefix.Length > MaxPrefixLength || Prefix.Trim('/').Split('/').Any(p => p is "." or "..") || !Prefix.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '_' or '.')))
            yield return ("prefix", "has letters, digits, '-', '_', '.' and '/' only, no part that is '.' or '..', and is not longer than 64 characters");
    }
}
