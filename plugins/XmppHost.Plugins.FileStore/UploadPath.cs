using System.Security.Cryptography;
using System.Text;

namespace XmppHost.Plugins.FileStore;

/// <summary>Which file a request is about: <c>random/name</c>, decoded once from the request line as the client wrote it.</summary>
/// <param name="Decoded">What tokens are made over.</param>
/// <param name="Name">The part after the slash.</param>
internal sealed record UploadPath(string Decoded, string Name)
{
    private const int MaxSegmentBytes = 255;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>The name on disk: nothing of what a client wrote reaches the file system.</summary>
    internal string Key => KeyOf(Decoded);

    internal static string KeyOf(string decoded) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(decoded)));

    /// <summary>
    /// Null for anything but <c>/upload/HOST/</c> and two segments that can be names: no encoded slashes, dots, NUL or controls, no over-long ones. Clients encode as they like, so that the
    /// segments are compared decoded.
    /// </summary>
    internal static UploadPath? TryParse(string rawTarget, string host)
    {
        // RFC 9112 section 3.2.2: a request through a proxy names the whole URL.
        if (rawTarget.Split("://", 2) is [var scheme, var rest] && !scheme.Contains('/')) rawTarget = rest[Math.Max(0, rest.IndexOf('/'))..];
        if (rawTarget.Split('?', 2)[0].Split('/', 6) is not ["", "upload", var label, var first, var second]) return null;
        if (!string.Equals(Decode(label), host, StringComparison.OrdinalIgnoreCase)) return null;
        return Decode(first) is { } random && Decode(second) is { } name ? new UploadPath($"{random}/{name}", name) : null;
    }

    private static string? Decode(string segment)
    {
        // Three characters of the URL make one byte at the most.
        if (segment.Length is 0 or > 3 * MaxSegmentBytes) return null;
        var bytes = new byte[segment.Length];
        var length = 0;
        for (var i = 0; i < segment.Length; i++, length++)
        {
            if (segment[i] != '%')
            {
                if (segment[i] is <= ' ' or > '~') return null;
                bytes[length] = (byte)segment[i];
                continue;
            }

            if (i + 2 >= segment.Length || !char.IsAsciiHexDigit(segment[i + 1]) || !char.IsAsciiHexDigit(segment[i + 2])) return null;
            bytes[length] = Convert.FromHexString(segment.AsSpan(i + 1, 2))[0];
            i += 2;
        }

        return length > MaxSegmentBytes ? null : Checked(bytes.AsSpan(0, length));
    }

    private static string? Checked(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var text = Strict.GetString(utf8);
            return text is "." or ".." || text.Any(c => char.IsControl(c) || c is '/' or '\\') ? null : text;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
