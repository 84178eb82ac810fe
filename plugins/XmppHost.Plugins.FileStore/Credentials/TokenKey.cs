using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace XmppHost.Plugins.FileStore.Credentials;

/// <summary>The shared secret, and what was made with it. Comparisons take the same time wherever the first difference is.</summary>
internal sealed class TokenKey(string secret)
{
    private readonly byte[] _key = Encoding.UTF8.GetBytes(secret);

    /// <summary>Whether the token is the HMAC-SHA256 of the text, in hex.</summary>
    internal bool IsHexMac(string? token, string text)
    {
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return token?.Length == 2 * given.Length && Convert.FromHexString(token, given, out _, out _) == OperationStatus.Done && IsMac(given, text);
    }

    /// <summary>Whether the token is the HMAC-SHA256 of the text, in base64url (RFC 7515 section 2).</summary>
    internal bool IsBase64Mac(ReadOnlySpan<char> token, string text)
    {
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return token.Length == 43 && Base64Url.IsValid(token) && Base64Url.TryDecodeFromChars(token, given, out var length) && length == given.Length && IsMac(given, text);
    }

    private bool IsMac(ReadOnlySpan<byte> given, string text)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text), mac);
        return CryptographicOperations.FixedTimeEquals(given, mac);
    }
}
