using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace XmppHost.Scripting.Sasl;

/// <summary>RFC 5802 and RFC 7677, with or without channel binding.</summary>
internal sealed class ScramExchange(string mechanism, string user, string password, ChannelBinding binding, string? fixedNonce = null) : ISaslExchange
{
    private const int MostIterations = 10_000_000;

    private readonly HashAlgorithmName _hash = HashOf(mechanism);
    private readonly string _nonce = fixedNonce ?? Convert.ToBase64String(RandomNumberGenerator.GetBytes(24));
    private byte[]? _serverSignature;
    private byte[] _serverFinal = [];

    public string Mechanism => mechanism;

    private string FirstBare => $"n={user.Replace("=", "=3D", StringComparison.Ordinal).Replace(",", "=2C", StringComparison.Ordinal)},r={_nonce}";

    public byte[] Begin() => Encoding.UTF8.GetBytes(binding.Gs2Header + FirstBare);

    public byte[] Answer(byte[] challenge)
    {
        if (_serverSignature is not null)
        {
            _serverFinal = challenge;   // RFC 6120 section 6.4.5: the final message may come as a challenge of its own.
            return [];
        }

        var serverFirst = Encoding.UTF8.GetString(challenge);
        var fields = Fields(serverFirst);
        var nonce = fields.GetValueOrDefault('r', "");
        if (!nonce.StartsWith(_nonce, StringComparison.Ordinal) || nonce.Length == _nonce.Length)
            throw new ScriptedClientException($"the server's nonce does not begin with ours, or adds nothing to it: {serverFirst}");

        byte[] bound = [.. Encoding.UTF8.GetBytes(binding.Gs2Header), .. binding.Data];
        var finalWithoutProof = $"c={Convert.ToBase64String(bound)},r={nonce}";
        var message = Encoding.UTF8.GetBytes($"{FirstBare},{serverFirst},{finalWithoutProof}");
        var salted = SaltedPassword(fields, serverFirst);
        var clientKey = Hmac(salted, "Client Key"u8);
        var signature = Hmac(CryptographicOperations.HashData(_hash, clientKey), message);
        var proof = clientKey.Zip(signature, (a, b) => (byte)(a ^ b)).ToArray();
        _serverSignature = Hmac(Hmac(salted, "Server Key"u8), message);
        return Encoding.UTF8.GetBytes($"{finalWithoutProof},p={Convert.ToBase64String(proof)}");
    }

    public string? Verify(byte[] additionalData)
    {
        if (_serverSignature is null) return "the server accepted the login before it asked for the proof";
        var text = Encoding.UTF8.GetString(additionalData.Length == 0 ? _serverFinal : additionalData);
        var expected = Convert.ToBase64String(_serverSignature);
        return Fields(text).GetValueOrDefault('v') == expected ? null : $"the server's signature is wrong or missing: \"{text}\" instead of \"v={expected}\"";
    }

    private byte[] SaltedPassword(Dictionary<char, string> fields, string serverFirst)
    {
        var saltText = fields.GetValueOrDefault('s', "");
        var buffer = new byte[saltText.Length];
        var isUsable = int.TryParse(fields.GetValueOrDefault('i'), NumberStyles.None, CultureInfo.InvariantCulture, out var iterations)
            && iterations is >= 1 and <= MostIterations
            && Convert.TryFromBase64String(saltText, buffer, out var saltLength)
            && saltLength > 0;
        if (!isUsable) throw new ScriptedClientException($"the server's SCRAM challenge cannot be used: {serverFirst}");
        var salt = Convert.FromBase64String(saltText);
        var length = CryptographicOperations.HashData(_hash, []).Length;
        return Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, iterations, _hash, length);
    }

    private byte[] Hmac(byte[] key, ReadOnlySpan<byte> data) => CryptographicOperations.HmacData(_hash, key, data);

    private static Dictionary<char, string> Fields(string message) =>
        message.Split(',').Where(f => f.Length > 2 && f[1] == '=').GroupBy(f => f[0]).ToDictionary(g => g.Key, g => g.First()[2..]);

    private static HashAlgorithmName HashOf(string mechanism) => mechanism switch
    {
        "SCRAM-SHA-512" or "SCRAM-SHA-512-PLUS" => HashAlgorithmName.SHA512,
        "SCRAM-SHA-256" or "SCRAM-SHA-256-PLUS" => HashAlgorithmName.SHA256,
        _ => HashAlgorithmName.SHA1,
    };
}
