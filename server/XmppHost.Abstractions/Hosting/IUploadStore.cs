namespace XmppHost.Hosting;

/// <summary>
/// The embedded upload service of a virtual host, for whoever hands out places in it. A URL is <see cref="BaseUrl"/>, then <c>random/name</c> percent-encoded, then the token of the external
/// upload protocol, an HMAC-SHA256 under <see cref="Secret"/>. Absent (resolve it as optional) where the FileStore plugin is off.
/// </summary>
public interface IUploadStore
{
    /// <summary>With a trailing slash: <c>https://example.org:5281/upload/example.org/</c>.</summary>
    Uri BaseUrl { get; }

    /// <summary>The key of the tokens, as its UTF-8 bytes.</summary>
    string Secret { get; }

    /// <summary>The largest file it takes, in bytes; <see cref="long.MaxValue"/> where there is no limit.</summary>
    long MaxFileSize { get; }

    /// <summary>Deletes a file for good; false when there was none.</summary>
    /// <param name="key"><c>random/name</c>, not percent-encoded.</param>
    ValueTask<bool> DeleteAsync(string key, CancellationToken ct);
}
