using System.Security.Cryptography;
using System.Text;
using XmppHost.Addressing;
using XmppHost.Core.VHosts;
using XmppHost.Storage;

namespace XmppHost.Core.Streams.Sasl;

/// <summary>
/// Finds the keys of an account, and makes them up for one that does not exist: always the same for one name, so that asking twice tells nothing either.
/// </summary>
/// <param name="accounts">The durable accounts.</param>
/// <param name="secret">Kept over restarts.</param>
/// <param name="options">The host's; new keys have its rounds, and so have made up ones.</param>
internal sealed class CredentialSource(IAccountStore accounts, LoginSecret secret, AuthOptions options)
{
    /// <summary>The keys for the first of <paramref name="hashes"/> that the account has; made up ones where it has none or does not exist.</summary>
    /// <param name="account">The bare JID, or null where the name cannot be one.</param>
    /// <param name="name">The name as the client wrote it.</param>
    internal async ValueTask<Credentials> FindAsync(Jid? account, string name, CancellationToken ct, params IReadOnlyList<ScramHash> hashes)
    {
        var stored = account is null ? null : await accounts.FindAsync(account, ct).ConfigureAwait(false);
        foreach (var hash in hashes)
            if (stored?.Credentials.FirstOrDefault(c => c.Mechanism == hash.Mechanism) is { } credential)
                return new Credentials(hash, credential, true);
        return new Credentials(hashes[0], MakeUp(account?.ToString() ?? name, hashes[0]), false);
    }

    private ScramCredential MakeUp(string name, ScramHash hash)
    {
        var seed = HMACSHA256.HashData(secret.Key, Encoding.UTF8.GetBytes(hash.Mechanism + "\0" + name));
        return new ScramCredential(hash.Mechanism, seed[..ScramKeys.SaltSize], options.ScramIterations, hash.Digest(seed), hash.Digest(seed));
    }
}

/// <param name="Hash">What the keys were made with.</param>
/// <param name="Keys">The keys.</param>
/// <param name="Exist">False: made up, no password fits.</param>
internal readonly record struct Credentials(ScramHash Hash, ScramCredential Keys, bool Exist);
