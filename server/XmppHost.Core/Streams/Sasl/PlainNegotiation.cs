using System.Security.Cryptography;
using XmppHost.Addressing;

namespace XmppHost.Core.Streams.Sasl;

/// <summary>PLAIN (RFC 4616): the password itself, so only under TLS; checked against the SCRAM keys.</summary>
internal sealed class PlainNegotiation(CredentialSource credentials, SaslContext context) : SaslNegotiation
{
    // The cheapest of the good ones comes first: one login runs all the rounds of PBKDF2.
    private static readonly ScramHash[] Preference = [ScramHash.Find("SCRAM-SHA-256")!, ScramHash.Find("SCRAM-SHA-512")!, ScramHash.Find("SCRAM-SHA-1")!];

    private bool _asked;

    internal override async ValueTask<SaslStep> StepAsync(ReadOnlyMemory<byte> message, CancellationToken ct)
    {
        if (message.IsEmpty && !_asked)
        {
            _asked = true;
            return SaslStep.Challenge([]);
        }

        // RFC 4616 section 2: [authzid] NUL authcid NUL passwd
        if (SaslText.Decode(message.Span)?.Split('\0') is not [var authzid, { Length: > 0 } name, { Length: > 0 } password])
            return SaslFailure.Malformed("Not a PLAIN message");
        ClaimedName = name;
        var account = Jid.TryCreate(name, context.Host.Name, null);
        if (authzid.Length > 0 && !SaslText.IsSelf(authzid, account)) return SaslFailure.InvalidAuthzid;

        var key = LoginGate.KeyOf(account, name);
        if (!await context.Gate.AdmitAsync(key, ct).ConfigureAwait(false)) return SaslFailure.TooManyAttempts;
        var found = await credentials.FindAsync(account, name, ct, Preference).ConfigureAwait(false);
        var valid = Fits(password, found) && found.Exist;
        context.Gate.Report(key, valid);
        return valid ? SaslStep.Success(account!) : SaslFailure.NotAuthorized;
    }

    private static bool Fits(string password, Credentials found)
    {
        // A password that no account can have costs as much time as any other.
        var derived = ScramKeys.Derive(Precis.OpaqueString(password) ?? password, found.Hash, found.Keys.Salt, found.Keys.Iterations);
        return CryptographicOperations.FixedTimeEquals(derived.StoredKey, found.Keys.StoredKey);
    }
}
