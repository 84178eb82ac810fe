using System.Security.Cryptography;
using System.Text;

namespace XmppHost.Plugins.FileStore;

/// <summary>Which file a request is about: <c>random/name</c>, decoded once from the request line as the client wrote it.</summary>
/// <param name="Decoded">What tokens are made over; the ledger's key.</param>
internal sealed record UploadPath(string Decoded)
{
    private const int MaxSegmentBytes = 255;

    // ejabberd puts the uploader before the random part, ours a purpose; nobody needs more than a few.
    private const int MaxSegments = 8;
    private const int MaxBytes = 1024;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private string? _key;

    /// <summary>The name on disk: nothing of what a client wrote reaches the file system.</summary>
    internal string Key => _key ??= KeyOf(Decoded);

    /// <summary>The part after the last slash.</summary>
    internal string Name => Decoded[(Decoded.LastIndexOf('/') + 1)..];

    internal static string KeyOf(string decoded) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(decoded)));

    /// <summary>
    /// Null for anything but <c>/upload/HOST/</c> and two to eight segments that can be names: no encoded slashes, dots, NUL or controls, no over-long ones. Clients encode as they like, so
    /// that the segments are compared decoded.
    /// </summary>
    internal static UploadPath? TryParse(string rawTarget, string host)
    {
        // RFC 9112 section 3.2.2: a request through a proxy names the whole URL.
        if (rawTarget.Split("://", 2) is [var scheme, var rest] && !scheme.Contains('/')) rawTarget = rest[Math.Max(0, rest.IndexOf('/'))..];
        if (rawTarget.Split('?', 2)[0].Split('/', MaxSegments + 4) is not ["", "upload", var label, .. var segments]) return null;
        if (segments.Length is < 2 or > MaxSegments || !string.Equals(Decode(label), host, StringComparison.OrdinalIgnoreCase)) return null;
        var decoded = new string[segments.Length];
        for (var i = 0; i < segments.Length; i++)
        {
            if (Decode(segments[i]) is not { } segment) return null;
            decoded[i] = segment;
        }

        var path = string.Join('/', decoded);
        return Encoding.UTF8.GetByteCount(path) > MaxBytes ? null : new UploadPath(path);
    }

    private static string? Decode(string segment)
    {
        // Three characters of the URL make one byte at the most.
        if (segment.Length is 0 or > 3 * MaxSegmentBytes) return null;
        Span<byte> bytes = stackalloc byte[segment.Length];
        var length = 0;
        for (var i = 0; i < segment.Length; i++, length++)
        {
            if (segment[i] != '%')
            {
                if (segment[i] is <= ' ' or > '~') return null;
                bytes[length] = (byte)segment[i];
                continue;
            }

            if (i + 2 >= segment.Length || Convert.FromHexString(segment.AsSpan(i + 1, 2), bytes[length..], out _, out _) != System.Buffers.OperationStatus.Done) return null;
            i += 2;
        }

        return length > MaxSegmentBytes ? null : Checked(bytes[..length]);
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
