using System.Buffers;

namespace XmppHost.Core.Streams.Sasl;

/// <summary>Base64 as RFC 6120 section 13.9.1 wants it read: nothing but its alphabet, padding only at the end.</summary>
internal static class SaslBase64
{
    private static readonly SearchValues<char> Alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=");

    /// <summary>Null where it is not base64.</summary>
    internal static byte[]? Decode(ReadOnlySpan<char> text)
    {
        if (text.Length % 4 != 0 || text.ContainsAnyExcept(Alphabet)) return null;
        var bytes = new byte[text.Length / 4 * 3];
        if (!Convert.TryFromBase64Chars(text, bytes, out var written)) return null;
        return written == bytes.Length ? bytes : bytes[..written];
    }
}
