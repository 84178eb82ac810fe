using System.Security.Cryptography;
using System.Text;

namespace XmppHost.Benchmarks.Load.Protocol;

/// <summary>What RFC 5802 section 3 derives from a password and a salt; the client needs it once per salt, not once per login.</summary>
internal sealed record ScramKeys(byte[] Client, byte[] Stored, byte[] Server)
{
    public static ScramKeys Derive(string password, ReadOnlySpan<byte> salt, int iterations)
    {
        var salted = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, iterations, HashAlgorithmName.SHA1, SHA1.HashSizeInBytes);
        var client = HMACSHA1.HashData(salted, "Client Key"u8);
        return new ScramKeys(client, SHA1.HashData(client), HMACSHA1.HashData(salted, "Server Key"u8));
    }
}
