using System.Security.Cryptography;

namespace XmppHost.Core.Streams.Sasl;

/// <summary>A hash that SCRAM is used with: RFC 5802, RFC 7677, and SHA-512 in their image.</summary>
internal sealed record ScramHash(string Mechanism, HashAlgorithmName Algorithm, int Size)
{
    internal const string PlusSuffix = "-PLUS";

    /// <summary>Strongest first.</summary>
    internal static IReadOnlyList<ScramHash> All { get; } =
    [
        new("SCRAM-SHA-512", HashAlgorithmName.SHA512, SHA512.HashSizeInBytes),
        new("SCRAM-SHA-256", HashAlgorithmName.SHA256, SHA256.HashSizeInBytes),
        new("SCRAM-SHA-1", HashAlgorithmName.SHA1, SHA1.HashSizeInBytes),
    ];

    internal string PlusMechanism { get; } = Mechanism + PlusSuffix;

    internal static ScramHash? Find(string mechanism)
    {
        foreach (var hash in All)
            if (hash.Mechanism == mechanism)
                return hash;
        return null;
    }

    internal byte[] Hmac(byte[] key, ReadOnlySpan<byte> data) => CryptographicOperations.HmacData(Algorithm, key, data);

    internal byte[] Digest(ReadOnlySpan<byte> data) => CryptographicOperations.HashData(Algorithm, data);
}
