using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using XmppHost.Hosting;

namespace XmppHost.Plugins.FileStore;

/// <summary>Verifies what a PUT URL was signed with: versions 1 and 2 of the external upload protocol.</summary>
internal sealed class UploadTokens(IUploadStore store)
{
    private readonly byte[] _key = Encoding.UTF8.GetBytes(store.Secret);

    /// <summary>True when the URL was signed for this path, length and, in version 2, content type. A URL has exactly one token.</summary>
    internal bool Verify(IQueryCollection query, UploadPath path, long length, string? contentType)
    {
        var size = length.ToString(CultureInfo.InvariantCulture);
        return (query["v"], query["v2"]) switch
        {
            ([{ } token], []) => IsMac(token, $"{path.Decoded} {size}"),
            ([], [{ } token]) => IsMac(token, $"{path.Decoded}\0{size}\0{contentType ?? "application/octet-stream"}"),
            _ => false,
        };
    }

    private bool IsMac(string token, string text)
    {
        Span<byte> given = stackalloc byte[32];
        if (token.Length != 64 || Convert.FromHexString(token, given, out _, out _) != System.Buffers.OperationStatus.Done) return false;
        return CryptographicOperations.FixedTimeEquals(given, HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text)));
    }
}
