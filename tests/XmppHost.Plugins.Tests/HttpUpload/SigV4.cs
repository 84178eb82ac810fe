using System.Security.Cryptography;
using System.Text;

namespace XmppHost.Plugins.Tests.HttpUpload;

/// <summary>
/// AWS Signature Version 4 for presigned URLs, written from its specification alone: what a store computes to verify a URL.
/// </summary>
internal static class SigV4
{
    /// <summary>The signature of a presigned URL, from what arrives: the URL as it was sent, and the headers that it says are signed.</summary>
    internal static string SignatureOf(string method, string url, string secret, params (string Name, string Value)[] headers)
    {
        var query = QueryOf(url);
        var (stamp, scope) = (query["X-Amz-Date"], query["X-Amz-Credential"].Split('/', 2)[1]);
        var toSign = $"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(CanonicalRequest(method, url, headers))))}";
        var key = scope.Split('/').Aggregate(Encoding.UTF8.GetBytes("AWS4" + secret), Hmac);
        return Hex(Hmac(key, toSign));
    }

    internal static string CanonicalRequest(string method, string url, params (string Name, string Value)[] headers)
    {
        var query = QueryOf(url);
        var signed = query["X-Amz-SignedHeaders"].Split(';');
        var all = headers.Append(("host", AuthorityOf(url))).ToDictionary(h => h.Item1, h => Collapse(h.Item2), StringComparer.OrdinalIgnoreCase);
        var canonicalQuery = query.Where(p => p.Key != "X-Amz-Signature")
            .Select(p => (Name: Encode(p.Key), Value: Encode(p.Value)))
            .OrderBy(p => p.Name, StringComparer.Ordinal)
            .Select(p => $"{p.Name}={p.Value}");
        return string.Join('\n',
        [
            method,
            // Decoded and encoded anew: once, whatever the URL looks like.
            string.Join('/', PathOf(url).Split('/').Select(s => Encode(Uri.UnescapeDataString(s)))),
            string.Join('&', canonicalQuery),
            .. signed.Select(name => $"{name}:{all[name]}"),
            "",
            query["X-Amz-SignedHeaders"],
            "UNSIGNED-PAYLOAD",
        ]);
    }

    internal static Dictionary<string, string> QueryOf(string url) => url.Split('?', 2)[1].Split('&')
        .Select(p => p.Split('=', 2))
        .ToDictionary(p => Uri.UnescapeDataString(p[0]), p => Uri.UnescapeDataString(p[1]));

    internal static string PathOf(string url) => url[url.IndexOf('/', url.IndexOf("//", StringComparison.Ordinal) + 2)..].Split('?')[0];

    /// <summary>Unreserved characters of RFC 3986 as they are, every other byte of UTF-8 as upper-case hex.</summary>
    internal static string Encode(string text) => string.Concat(Encoding.UTF8.GetBytes(text)
        .Select(b => b < 0x80 && (char.IsAsciiLetterOrDigit((char)b) || (char)b is '-' or '_' or '.' or '~') ? ((char)b).ToString() : $"%{b:X2}"));

    internal static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    private static string AuthorityOf(string url)
    {
        var (scheme, rest) = (url.Split("://")[0], url.Split("://")[1]);
        var authority = rest.Split('/')[0];
        return authority.EndsWith(scheme == "https" ? ":443" : ":80", StringComparison.Ordinal) ? authority[..authority.LastIndexOf(':')] : authority;
    }

    private static string Collapse(string value) => string.Join(' ', value.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static byte[] Hmac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
