using XmppHost.Addressing;

namespace XmppHost.Plugins.HttpUpload.Slots;

/// <summary>A file that may be uploaded.</summary>
/// <param name="Token">The unguessable part of its URL.</param>
/// <param name="Name">Its name, checked: no separators, no controls, at most 255 bytes.</param>
/// <param name="Size">Bytes, exactly.</param>
/// <param name="ContentType">As the client declared it, or null.</param>
/// <param name="Prefix">What a backend with prefixes puts before the token: empty, or with a slash at its end.</param>
internal sealed record FileRequest(string Token, string Name, long Size, string? ContentType, string Prefix = "")
{
    /// <summary>A bare JID; null where a slot is made for nobody in particular.</summary>
    public Jid? Uploader { get; init; }

    /// <summary>From then on the file is not to be available; null for never.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>How long the PUT URL is to be good where the backend's URLs end; null for as long as config says.</summary>
    public TimeSpan? Lifetime { get; init; }
}

/// <summary>Where a file goes and where it is found; both URLs are percent-encoded ASCII.</summary>
/// <param name="Key">What the ledger knows the file by: prefix, token, slash and name, not percent-encoded.</param>
internal sealed record UploadSlot(string Key, string PutUrl, string GetUrl, params IReadOnlyList<(string Name, string Value)> PutHeaders)
{
    /// <summary>When the PUT URL stops being good; null where it never does.</summary>
    public DateTimeOffset? Ends { get; init; }
}
