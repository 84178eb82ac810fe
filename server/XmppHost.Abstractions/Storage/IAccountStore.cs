using XmppHost.Addressing;

namespace XmppHost.Storage;

/// <summary>What SCRAM needs of an account (RFC 5802 section 3), for one hash; the password cannot be had back from it.</summary>
/// <param name="Mechanism">Without <c>-PLUS</c>: <c>SCRAM-SHA-256</c>.</param>
public sealed record ScramCredential(string Mechanism, byte[] Salt, int Iterations, byte[] StoredKey, byte[] ServerKey);

public sealed record StoredAccount(Jid Jid, IReadOnlyList<ScramCredential> Credentials, DateTimeOffset Created);

/// <summary>The accounts of all hosts, durable. JIDs are bare.</summary>
public interface IAccountStore
{
    ValueTask<StoredAccount?> FindAsync(Jid account, CancellationToken ct);

    /// <summary>False when it exists already.</summary>
    ValueTask<bool> TryCreateAsync(StoredAccount account, CancellationToken ct);

    /// <summary>False when it does not exist.</summary>
    ValueTask<bool> TryReplaceCredentialsAsync(Jid account, IReadOnlyList<ScramCredential> credentials, CancellationToken ct);

    /// <summary>False when it did not exist. Its log rows go with it.</summary>
    ValueTask<bool> DeleteAsync(Jid account, CancellationToken ct);

    /// <summary>Bare JIDs of one host, in order.</summary>
    ValueTask<IReadOnlyList<Jid>> ListAsync(string host, CancellationToken ct);
}
