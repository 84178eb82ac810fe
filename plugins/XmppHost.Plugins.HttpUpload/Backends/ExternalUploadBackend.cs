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
    private readonly string _base = baseUrl.AbsoluteUri.EndsWith('/') ? baseUrl.AbsoluteUri : baseUrl.AbsoluteUri + "/";
    private readonly byte[] _key = Encoding.UTF8.GetBytes(secret);

    public ValueTask<UploadSlot> CreateSlotAsync(FileRequest file, CancellationToken ct)
    {
        var name = keepNames ? file.Name : FileName.Portable(file.Name);
        var url = $"{_base}{file.Token}/{FileName.Encode(name)}";
        var token = Sign($"{file.Token}/{name}", file.Size, file.ContentType);
        return ValueTask.FromResult(new UploadSlot($"{url}?{(protocol == ExternalProtocol.V2 ? "v2" : "v")}={token}", url));
    }

    private string Sign(string path, long size, string? type)
    {
        var length = size.ToString(CultureInfo.InvariantCulture);

        // A client that declares no type sends this one, or none, which the service takes for it.
        var text = protocol == ExternalProtocol.V2 ? $"{path}\0{length}\0{type ?? "application/octet-stream"}" : $"{path} {length}";
        return Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text)));
    }
}
