using System.Net;
using System.Security.Cryptography;
using System.Text;
using XmppHost.Addressing;
using XmppHost.Core.Streams.Sasl;
using XmppHost.Core.Tests.Support;
using XmppHost.Core.VHosts;
using XmppHost.Storage;

namespace XmppHost.Core.Tests.Sasl;

/// <summary>A host with one account, juliet@capulet.example with the password "Wherefore art thou".</summary>
internal sealed class SaslFixture
{
    internal const string Password = "Wherefore art thou";

    internal static readonly ChannelBindings Bindings = new([1, 2, 3], () => [4, 5, 6]);

    internal SaslFixture(AuthOptions? options = null, Func<string>? nonce = null)
    {
        Options = options ?? new AuthOptions();
        Mechanisms = new SaslMechanisms(Options, new CredentialSource(Store, new LoginSecret(new byte[32]), Options), nonce);
        Throttle = new LoginThrottle(Time);
        Add("juliet", Password);
    }

    internal AuthOptions Options { get; }

    internal MemoryAccountStore Store { get; } = new();

    internal ManualTime Time { get; } = new();

    internal TestHost Host { get; } = new("capulet.example");

    internal LoginThrottle Throttle { get; }

    internal SaslMechanisms Mechanisms { get; }

    internal static HashAlgorithmName HashOf(string mechanism) => ScramHash.Find(mechanism.Replace("-PLUS", ""))!.Algorithm;

    internal void Add(string name, string password) => Add(name, [.. ScramKeys.DeriveAll(password, Options.ScramIterations)!]);

    internal void Add(string name, params ScramCredential[] keys) =>
        Store.Add(new StoredAccount(Jid.TryCreate(name, Host.Name, null)!, keys, Time.GetUtcNow()));

    internal SaslNegotiation Start(string mechanism, ChannelBindings? bindings = null, IPAddress? address = null) =>
        Mechanisms.Start(mechanism, new SaslContext(Host, true, bindings ?? ChannelBindings.None, new LoginGate(Throttle, address)))!;

    internal async Task<SaslStep> ScramAsync(string mechanism, ScramClient client, ChannelBindings? bindings = null)
    {
        var negotiation = Start(mechanism, bindings);
        var first = await negotiation.StepAsync(client.First(), CancellationToken.None);
        return first.Error is not null ? first : await negotiation.StepAsync(client.Final(first.Data!), CancellationToken.None);
    }

    internal async Task<SaslStep> StepAsync(string mechanism, string message) =>
        await Start(mechanism).StepAsync(Encoding.UTF8.GetBytes(message), CancellationToken.None);
}
