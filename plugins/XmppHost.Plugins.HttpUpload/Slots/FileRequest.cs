namespace XmppHost.Plugins.HttpUpload.Slots;

/// <summary>A file that may be uploaded.</summary>
/// <param name="Token">The unguessable part of its URL.</param>
/// <param name="Name">Its name, checked: no separators, no controls, at most 255 bytes.</param>
/// <param name="Size">Bytes, exactly.</param>
/// <param name="ContentType">As the client declared it, or null.</param>
/// <param name="Prefix">What a backend with prefixes puts before the token: empty, or with a slash at its end.</param>
internal sealed record FileRequest(string Token, string Name, long Size, string? ContentType, string Prefix = "");

/// <summary>Where a file goes and where it is found; both URLs are percent-encoded ASCII.</summary>
/// <param name="Key">What the ledger knows the file by: prefix, token, slash and name, not percent-encoded.</param>
internal sealed record UploadSlot(string Key, string PutUrl, string GetUrl, params IReadOnlyList<(string Name, string Value)> PutHeaders);
