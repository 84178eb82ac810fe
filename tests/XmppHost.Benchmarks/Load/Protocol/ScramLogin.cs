using System.Security.Cryptography;
using System.Text;

namespace XmppHost.Benchmarks.Load.Protocol;

/// <summary>One SCRAM-SHA-1 exchange without channel binding (RFC 5802). Errors are exceptions: a load run with wrong passwords has nothing to measure.</summary>
internal sealed class ScramLogin
{
    private readonly Account _account;
    private readonly ScramKeyCache _cache;
    private readonly string _nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(18));
    private byte[] _serverSignature = [];

    public ScramLogin(Account account, ScramKeyCache cache)
    {
        _account = account;
        _cache = cache;
    }

    private string ClientFirstBare => $"n={_account.User},r={_nonce}";

    public string AuthElement() =>
        $"<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='SCRAM-SHA-1'>{Base64("n,," + ClientFirstBare)}</auth>";

    public string ResponseElement(ReadOnlySpan<byte> challenge)
    {
        var serverFirst = Encoding.UTF8.GetString(Convert.FromBase64String(TextOf(challenge)));
        var parts = serverFirst.Split(',');
        if (parts.Length < 3 || !parts[0].StartsWith("r=" + _nonce, StringComparison.Ordinal)) throw new InvalidDataException($"The server's SCRAM challenge is wrong: {serverFirst}");
        var keys = _cache.For(_account.Password, parts[1][2..], int.Parse(parts[2][2..]));
        var withoutProof = $"c=biws,{parts[0]}";
        var authMessage = Encoding.UTF8.GetBytes($"{ClientFirstBare},{serverFirst},{withoutProof}");
        var proof = HMACSHA1.HashData(keys.Stored, authMessage);
        for (var i = 0; i < proof.Length; i++) proof[i] ^= keys.Client[i];
        _serverSignature = HMACSHA1.HashData(keys.Server, authMessage);
        return $"<response xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>{Base64($"{withoutProof},p={Convert.ToBase64String(proof)}")}</response>";
    }

    /// <summary>Whether the server proved that it knows the account too.</summary>
    public bool Accepts(ReadOnlySpan<byte> success) =>
        Encoding.UTF8.GetString(Convert.FromBase64String(TextOf(success))) == "v=" + Convert.ToBase64String(_serverSignature);

    private static string TextOf(ReadOnlySpan<byte> element)
    {
        var text = element[(element.IndexOf((byte)'>') + 1)..];
        var end = text.IndexOf((byte)'<');
        return end < 0 ? "" : Encoding.ASCII.GetString(text[..end]);
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
