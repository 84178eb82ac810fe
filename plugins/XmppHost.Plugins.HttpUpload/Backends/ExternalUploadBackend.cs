using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using XmppHost.Plugins.HttpUpload.Slots;

namespace XmppHost.Plugins.HttpUpload.Backends;

/// <summary>
/// A service that knows us by a shared secret: the PUT URL carries an HMAC-SHA256 over the path as it is before percent-encoding, the length and, in version 2, the content type.
/// </summary>
internal sealed class ExternalUploadBackend(Uri baseUrl, string secret, ExternalProtocol protocol, bool keepNames) : IUploadBackend
{
    private readonly string _base = BaseUrl.Text(baseUrl);
    private readonly byte[] _key = Encoding.UTF8.GetBytes(secret);

    public string Name => "external";

    public bool CanDelete => false;

    public string? KeyOf(Uri url) => BaseUrl.KeyOf(_base, url);

    public string GetUrl(string key) => BaseUrl.Append(_base, key);

    public ValueTask<UploadSlot> CreateSlotAsync(FileRequest file, CancellationToken ct)
    {
        var key = $"{file.Token}/{(keepNames ? file.Name : FileName.Portable(file.Name))}";
        var url = GetUrl(key);
        var (parameter, text) = SignedText(key, file.Size.ToString(CultureInfo.InvariantCulture), file.ContentType);
        var token = Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text)));
        return ValueTask.FromResult(new UploadSlot(key, $"{url}?{parameter}={token}", url));
    }

    private (string Parameter, string Text) SignedText(string path, string size, string? type) => protocol switch
    {
        // A client that declares no type sends this one, or none, which the service takes for it.
        ExternalProtocol.V2 => ("v2", $"{path}\0{size}\0{type ?? "application/octet-stream"}"),

        // A client that declares no type may send any: only version 1 leaves it open.
        ExternalProtocol.V2WhereTyped when type is not null => ("v2", $"{path}\0{size}\0{type}"),
        _ => ("v", $"{path} {size}"),
    };
}
