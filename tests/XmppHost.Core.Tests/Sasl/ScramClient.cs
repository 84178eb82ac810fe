using System.Security.Cryptography;
using System.Text;

namespace XmppHost.Core.Tests.Sasl;

/// <summary>The client's side of SCRAM, written from RFC 5802 alone.</summary>
internal sealed class ScramClient(HashAlgorithmName hash, string name, string password)
{
    private string _first = "", _authMessage = "";
    private byte[] _salted = [];

    internal string Gs2 { get; init; } = "n,,";

    internal byte[] BindingData { get; init; } = [];

    internal string Nonce { get; init; } = Convert.ToHexString(RandomNumberGenerator.GetBytes(8));

    /// <summary>Put in the place of the server's nonce.</summary>
    internal string? ForgedNonce { get; init; }

    internal byte[] First()
    {
        _first = $"n={name},r={Nonce}";
        return Encoding.UTF8.GetBytes(Gs2 + _first);
    }

    internal byte[] Final(byte[] challenge)
    {
        var serverFirst = Encoding.UTF8.GetString(challenge);
        var fields = serverFirst.Split(',').ToDictionary(f => f[0], f => f[2..]);
        var nonce = ForgedNonce ?? fields['r'];
        byte[] binding = [.. Encoding.UTF8.GetBytes(Gs2), .. BindingData];
        var withoutProof = $"c={Convert.ToBase64String(binding)},r={nonce}";
        _authMessage = $"{_first},{serverFirst},{withoutProof}";
        var size = CryptographicOperations.HashData(hash, Array.Empty<byte>()).Length;
        _salted = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), Convert.FromBase64String(fields['s']), int.Parse(fields['i']), hash, size);
        var clientKey = Mac(_salted, "Client Key");
        var signature = Mac(CryptographicOperations.HashData(hash, clientKey), _authMessage);
        var proof = clientKey.Zip(signature, (a, b) => (byte)(a ^ b)).ToArray();
        return Encoding.UTF8.GetBytes($"{withoutProof},p={Convert.ToBase64String(proof)}");
    }

    internal bool IsServer(byte[] additionalData) =>
        Encoding.UTF8.GetString(additionalData) == "v=" + Convert.ToBase64String(Mac(Mac(_salted, "Server Key"), _authMessage));

    private byte[] Mac(byte[] key, string text) => CryptographicOperations.HmacData(hash, key, Encoding.UTF8.GetBytes(text));
}
