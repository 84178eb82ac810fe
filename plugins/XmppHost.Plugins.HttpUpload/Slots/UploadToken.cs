using System.Buffers.Binary;
using System.Security.Cryptography;

namespace XmppHost.Plugins.HttpUpload.Slots;

/// <summary>The part of a file's URL that nobody can guess.</summary>
internal static class UploadToken
{
    private const int TimeBytes = 6, LeastRandomBytes = 16;

    /// <summary>
    /// So many bytes in hexadecimal digits. Where 16 random ones are left, the first six are the time in milliseconds: tokens that grow stand side by side in the ledger's index, where
    /// random ones would each rewrite a page of it.
    /// </summary>
    internal static string Create(int length, DateTimeOffset now)
    {
        Span<byte> bytes = stackalloc byte[length];
        RandomNumberGenerator.Fill(bytes);
        if (length >= TimeBytes + LeastRandomBytes)
        {
            Span<byte> time = stackalloc byte[sizeof(long)];
            BinaryPrimitives.WriteInt64BigEndian(time, now.ToUnixTimeMilliseconds());
            time[^TimeBytes..].CopyTo(bytes);
        }

        return Convert.ToHexStringLower(bytes);
    }
}
