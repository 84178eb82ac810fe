using System.Security.Cryptography;

namespace XmppHost.Core.Streams.Sasl;

/// <summary>Which mechanisms a stream is offered, and the exchange of each.</summary>
internal sealed class SaslMechanisms(SaslOptions options, CredentialSource credentials, Func<string>? newNonce = null)
{
    private const int NonceSize = 18;

    private readonly Func<string> _newNonce = newNonce ?? (() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(NonceSize)));

    /// <summary>The strongest first; empty when nothing is on offer before TLS.</summary>
    internal IEnumerable<string> Offered(bool isSecure, ChannelBindings bindings)
    {
        if (!isSecure && options.RequireTls) yield break;
        if (bindings.Any)
        {
            foreach (var hash in ScramHash.All) yield return hash.PlusMechanism;
        }

        foreach (var hash in ScramHash.All) yield return hash.Mechanism;
        if (options.Plain && isSecure) yield return "PLAIN";
        if (options.Anonymous) yield return "ANONYMOUS";
    }

    /// <summary>Null for a mechanism that is not on offer on this stream.</summary>
    internal SaslNegotiation? Start(string mechanism, SaslContext context)
    {
        if (!Offered(context.IsSecure, context.Bindings).Contains(mechanism)) return null;
        if (mechanism == "PLAIN") return new PlainNegotiation(credentials, context);
        if (mechanism == "ANONYMOUS") return new AnonymousNegotiation(context);
        var plus = mechanism.EndsWith(ScramHash.PlusSuffix, StringComparison.Ordinal);
        var hash = ScramHash.Find(plus ? mechanism[..^ScramHash.PlusSuffix.Length] : mechanism)!;
        return new ScramNegotiation(hash, plus, credentials, context, _newNonce);
    }
}
