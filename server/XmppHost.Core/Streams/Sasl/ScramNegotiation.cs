using System.Security.Cryptography;
using System.Text;
using XmppHost.Addressing;

namespace XmppHost.Core.Streams.Sasl;

/// <summary>SCRAM (RFC 5802) with one hash, with or without channel binding. Costs a few HMACs: the keys were made when the password was set.</summary>
/// <param name="hash">The mechanism's hash.</param>
/// <param name="plus">The mechanism's name ends with -PLUS.</param>
/// <param name="credentials">Where the keys are.</param>
/// <param name="context">The stream.</param>
/// <param name="newNonce">The server's part of the nonce.</param>
internal sealed class ScramNegotiation(ScramHash hash, bool plus, CredentialSource credentials, SaslContext context, Func<string> newNonce) : SaslNegotiation
{
    private ScramClientFirst? _first;
    private Jid? _account;
    private Credentials _credentials;
    private string _serverFirst = "", _nonce = "";
    private bool _asked;

    internal override async ValueTask<SaslStep> StepAsync(ReadOnlyMemory<byte> message, CancellationToken ct)
    {
        if (SaslText.Decode(message.Span) is not { } text) return SaslFailure.Malformed("The message is not UTF-8");
        return _first is null ? await BeginAsync(text, ct).ConfigureAwait(false) : await FinishAsync(text, ct).ConfigureAwait(false);
    }

    private async ValueTask<SaslStep> BeginAsync(string message, CancellationToken ct)
    {
        // RFC 6120 section 6.4.2: the client may leave its first message to a response.
        if (message.Length == 0 && !_asked)
        {
            _asked = true;
            return SaslStep.Challenge([]);
        }

        if (ScramClientFirst.Parse(message) is not { } first) return SaslFailure.Malformed("Not a SCRAM first message");
        ClaimedName = first.Name;
        if (CheckBinding(first) is { } refused) return refused;
        _account = Jid.TryCreate(first.Name, context.Host.Name, null);
        if (first.Authzid is not null && !SaslText.IsSelf(first.Authzid, _account)) return SaslFailure.InvalidAuthzid;

        _credentials = await credentials.FindAsync(_account, first.Name, ct, hash).ConfigureAwait(false);
        _first = first;
        _nonce = first.Nonce + newNonce();
        _serverFirst = $"r={_nonce},s={Convert.ToBase64String(_credentials.Keys.Salt)},i={_credentials.Keys.Iterations}";
        return SaslStep.Challenge(Encoding.UTF8.GetBytes(_serverFirst));
    }

    // RFC 5802 section 6.
    private SaslFailure? CheckBinding(ScramClientFirst first) => (first.BindingFlag, plus) switch
    {
        ('p', false) or ('n' or 'y', true) => SaslFailure.Malformed("The channel binding flag does not fit the mechanism"),
        ('p', true) when !context.Bindings.Takes(first.BindingType) => SaslFailure.Malformed("This channel binding is not on offer"),
        // The client could have bound the channel and saw no -PLUS, though it was on offer: someone stands between.
        ('y', _) when context.Bindings.Any => new SaslFailure("not-authorized", "The mechanisms with channel binding were stripped on the way"),
        _ => null,
    };

    private async ValueTask<SaslStep> FinishAsync(string message, CancellationToken ct)
    {
        if (ScramClientFinal.Parse(message) is not { } final) return SaslFailure.Malformed("Not a SCRAM final message");
        var key = LoginGate.KeyOf(_account, _first!.Name);
        if (!await context.Gate.AdmitAsync(key, ct).ConfigureAwait(false)) return SaslFailure.TooManyAttempts;

        var authMessage = Encoding.UTF8.GetBytes($"{_first.Bare},{_serverFirst},{final.WithoutProof}");
        var proven = IsProven(final.Proof, authMessage);
        var valid = proven && _credentials.Exist && final.Nonce == _nonce && IsBound(final.BindingInput);
        context.Gate.Report(key, valid);
        if (!valid) return SaslFailure.NotAuthorized;
        var signature = hash.Hmac(_credentials.Keys.ServerKey, authMessage);
        return SaslStep.Success(_account!, Encoding.ASCII.GetBytes("v=" + Convert.ToBase64String(signature)));
    }

    private bool IsProven(byte[] proof, byte[] authMessage)
    {
        if (proof.Length != hash.Size) return false;
        var clientKey = hash.Hmac(_credentials.Keys.StoredKey, authMessage);
        for (var i = 0; i < clientKey.Length; i++) clientKey[i] ^= proof[i];
        return CryptographicOperations.FixedTimeEquals(hash.Digest(clientKey), _credentials.Keys.StoredKey);
    }

    private bool IsBound(ReadOnlySpan<byte> input)
    {
        var header = Encoding.UTF8.GetBytes(_first!.Gs2Header);
        if (!input.StartsWith(header)) return false;
        var data = _first.BindingType is null ? [] : context.Bindings.Find(_first.BindingType);
        return data is not null && CryptographicOperations.FixedTimeEquals(input[header.Length..], data);
    }
}
