using XmppHost.Addressing;

namespace XmppHost.Plugins.FileStore.Credentials;

/// <summary>What whoever signed a PUT said of the file, beside path and length.</summary>
/// <param name="ContentType">What it is to be served as; null where nobody said.</param>
internal sealed record UploadGrant(string? ContentType)
{
    /// <summary>This host's own HttpUpload signed, and not another server.</summary>
    public bool IsOurs { get; init; }

    /// <summary>A bare JID; null where the protocol has no place for it.</summary>
    public Jid? Uploader { get; init; }

    /// <summary>When the file is to go; null where the protocol has no place for it.</summary>
    public DateTimeOffset? Expires { get; init; }
}
