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
    internal string Key => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Decoded)));

    /// <summary>Null for anything but two segments that can be names: no encoded slashes, dots, NUL or controls, no over-long ones.</summary>
    internal static UploadPath? TryParse(string rawTarget, string prefix)
    {
        var path = rawTarget.Split('?', 2)[0];
        if (!path.StartsWith(prefix, StringComparison.Ordinal)) return null;
        var segments = path[prefix.Length..].Split('/');
        if (segments.Length != 2 || Decode(segments[0]) is not { } random || Decode(segments[1]) is not { } name) return null;
        return new UploadPath($"{random}/{name}", name);
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
