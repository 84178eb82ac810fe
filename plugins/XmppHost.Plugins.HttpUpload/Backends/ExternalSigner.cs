using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using XmppHost.Plugins.HttpUpload.Slots;

namespace XmppHost.Plugins.HttpUpload.Backends;

/// <summary>
/// Makes slots of a service that knows us by a shared secret: an HMAC-SHA256 over the path as it is before percent-encoding and what else the protocol wants, in the URL or, with
/// <see cref="ExternalProtocol.Jwt"/>, in a header; never both.
/// </summary>
/// <param name="baseUrl">Where the service's URLs start.</param>
/// <param name="secret">What the service shares with us.</param>
/// <param name="protocol">What the service verifies.</param>
/// <param name="keepNames">Leave file names as they are.</param>
/// <param name="ttl">How long a slot is good where the protocol has an end.</param>
/// <param name="time">The clock.</param>
internal sealed class ExternalSigner(Uri baseUrl, string secret, ExternalProtocol protocol, bool keepNames, TimeSpan ttl, TimeProvider time)
{
    private readonly string _base = BaseUrl.Text(baseUrl);
    private readonly byte[] _key = Encoding.UTF8.GetBytes(secret);

    internal string? KeyOf(Uri url) => BaseUrl.KeyOf(_base, url);

    internal string GetUrl(string key) => BaseUrl.Append(_base, key);

    /// <summary>Metronome's: the same secret, over the path and another one.</summary>
    internal string DeleteUrl(string key, string deleteSecret) => $"{GetUrl(key)}?token={Mac($"{key}\0{deleteSecret}")}";

    internal UploadSlot Sign(FileRequest file)
    {
        var name = keepNames ? file.Name : FileName.Portable(file.Name);
        var key = $"{file.Token}/{name}";
        var url = GetUrl(key);
        if (protocol == ExternalProtocol.Jwt) return SignByToken(file, name, key, url);
        var (parameter, text) = SignedText(key, file.Size.ToString(CultureInfo.InvariantCulture), file.ContentType);
        return new UploadSlot(key, $"{url}?{parameter}={Mac(text)}", url);
    }

    private UploadSlot SignByToken(FileRequest file, string name, string key, string url)
    {
        // NumericDate has whole seconds.
        var now = DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());
        var ends = now + (file.Lifetime ?? ttl);
        return new UploadSlot(key, url, url, ("Authorization", $"Bearer {WebToken.Sign(_key, file, file.Token, name, now, ends)}")) { Ends = ends };
    }

    private (string Parameter, string Text) SignedText(string path, string size, string? type) => protocol switch
    {
        // A client that declares no type sends this one, or none, which the service takes for it.
        ExternalProtocol.V2 => ("v2", $"{path}\0{size}\0{type ?? "application/octet-stream"}"),
        ExternalProtocol.Token => ("token", $"{path}\0{size}\0{type ?? "application/octet-stream"}"),

        // A client that declares no type may send any: only version 1 leaves it open.
        ExternalProtocol.V2WhereTyped when type is not null => ("v2", $"{path}\0{size}\0{type}"),
        _ => ("v", $"{path} {size}"),
    };

    private string Mac(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text)));
}
