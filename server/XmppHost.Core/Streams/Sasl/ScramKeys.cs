using System.Security.Cryptography;
using System.Text;
using XmppHost.Addressing;
using XmppHost.Storage;

namespace XmppHost.Core.Streams.Sasl;

/// <summary>Makes of a password what is kept of it (RFC 5802 section 3).</summary>
internal static class ScramKeys
{
    internal const int DefaultIterations = 10_000;
    internal const int SaltSize = 16;

    /// <summary>Keys for every hash; null when the password is not allowed (RFC 8265 section 4).</summary>
    internal static IReadOnlyList<ScramCredential>? DeriveAll(string password, int iterations = DefaultIterations) =>
        Precis.OpaqueString(password) is { } prepared
            ? [.. ScramHash.All.Select(hash => Derive(prepared, hash, RandomNumberGenerator.GetBytes(SaltSize), iterations))]
            : null;

    /// <summary>Takes a prepared password.</summary>
    internal static ScramCredential Derive(string password, ScramHash hash, byte[] salt, int iterations)
    {
        var salted = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, iterations, hash.Algorithm, hash.Size);
        return new ScramCredential(hash.Mechanism, salt, iterations, hash.Digest(hash.Hmac(salted, "Client Key"u8)), hash.Hmac(salted, "Server Key"u8));
    }
}
