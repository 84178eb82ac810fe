using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;
using XmppHost.Plugins.HttpUpload.Slots;

namespace XmppHost.Plugins.HttpUpload.Backends;

/// <summary>
/// Presigned URLs by AWS Signature Version 4 in its query form. The SDK's own presigner takes several times the work, knows no clock but the system's, and falls back to version 2, which
/// signs neither length nor host.
/// </summary>
internal sealed class S3Signer(S3Location location, string region)
{
    internal static readonly TimeSpan LongestLifetime = TimeSpan.FromDays(7);

    private readonly string _origin = location.Origin;
    private readonly string _host = location.Origin[(location.Origin.IndexOf("//", StringComparison.Ordinal) + 2)..];
    private readonly string _path = location.ObjectsUrl[location.Origin.Length..];
    private DayKey? _key;

    internal string Sign(S3Request request, ImmutableCredentials keys, DateTimeOffset now)
    {
        if (request.Lifetime < TimeSpan.FromSeconds(1) || request.Lifetime > LongestLifetime) throw new ArgumentOutOfRangeException(nameof(request), "a presigned URL lives from 1 s to 7 days");
        var stamp = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var key = KeyOf(stamp[..8], keys);
        var path = BaseUrl.Append(_path, request.Key);
        var (names, headers) = SignedHeaders(request);
        var query = Query(request, key, stamp, keys.Token, names);

        // The parameters are in the order that the canonical request wants, so that the text serves for both.
        var digest = Hash($"{request.Method}\n{path}\n{query}\n{headers}\n{names}\nUNSIGNED-PAYLOAD");
        var signature = Hmac(key.Key, $"AWS4-HMAC-SHA256\n{stamp}\n{key.Scope}\n{digest}");
        return $"{_origin}{path}?{query}&X-Amz-Signature={Convert.ToHexStringLower(signature)}";
    }

    private static string Query(in S3Request request, DayKey key, string stamp, string? token, string names)
    {
        var seconds = ((long)request.Lifetime.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        var session = string.IsNullOrEmpty(token) ? "" : "&X-Amz-Security-Token=" + Uri.EscapeDataString(token);
        var more = request.Query is null ? "" : "&" + request.Query;
        return $"X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={key.Credential}&X-Amz-Date={stamp}&X-Amz-Expires={seconds}{session}&X-Amz-SignedHeaders={names.Replace(";", "%3B", StringComparison.Ordinal)}{more}";
    }

    /// <summary>In the order of their names; a line each, and after the last an empty one.</summary>
    private (string Names, string Lines) SignedHeaders(in S3Request request)
    {
        var (names, lines) = ("host", $"host:{_host}\n");
        if (request.ContentType is { } type) (names, lines) = ("content-type;" + names, $"content-type:{Collapse(type)}\n{lines}");
        if (request.Length is { } length) (names, lines) = ("content-length;" + names, string.Create(CultureInfo.InvariantCulture, $"content-length:{length}\n{lines}"));
        return request.HasAclHeader ? (names + ";x-amz-acl", lines + "x-amz-acl:public-read\n") : (names, lines);
    }

    private static string Collapse(string value)
    {
        value = value.Trim(' ');
        while (value.Contains("  ", StringComparison.Ordinal)) value = value.Replace("  ", " ", StringComparison.Ordinal);
        return value;
    }

    // A signing key is good for one day of one region, and costs four times what the rest does.
    private DayKey KeyOf(string day, ImmutableCredentials keys)
    {
        if (_key is { } known && known.Day == day && known.SecretKey == keys.SecretKey && known.AccessKey == keys.AccessKey) return known;
        var secret = Encoding.UTF8.GetBytes("AWS4" + keys.SecretKey);
        var key = Hmac(Hmac(Hmac(Hmac(secret, day), region), "s3"), "aws4_request");
        var scope = $"{day}/{region}/s3/aws4_request";
        return _key = new DayKey(day, keys.AccessKey, keys.SecretKey, scope, Uri.EscapeDataString($"{keys.AccessKey}/{scope}"), key);
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static byte[] Hmac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private sealed record DayKey(string Day, string AccessKey, string SecretKey, string Scope, string Credential, byte[] Key);
}
