using System.Security.Cryptography;
using XmppHost.Core.VHosts;

namespace XmppHost.Core.Streams.Sasl;

/// <summary>Which mechanisms a stream is offered, and the exchange of each.</summary>
internal sealed class SaslMechanisms(AuthOptions options, CredentialSource credentials, Func<string>? newNonce = null)
{
    private const string Plain = "PLAIN", Anonymous = "ANONYMOUS";
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
        if (options.Plain && isSecure) yield return Plain;
        if (options.Anonymous) yield return Anonymous;
    }

    /// <summary>Null for a mechanism that is not on offer on this stream.</summary>
    internal SaslNegotiation? Start(string mechanism, SaslContext context)
    {
        if (!Offered(context.IsSecure, context.Bindings).Contains(mechanism)) return null;
        if (mechanism == Plain) return new PlainNegotiation(credentials, context);
        if (mechanism == Anonymous) return new AnonymousNegotiation(context);
        var plus = mechanism.EndsWith(ScramHash.PlusSuffix, StringComparison.Ordinal);
        var hash = ScramHash.Find(plus ? mechanism[..^ScramHash.PlusSuffix.Length] : mechanism)!;
        return new ScramNegotiation(hash, plus, credentials, context, _newNonce);
    }
}
