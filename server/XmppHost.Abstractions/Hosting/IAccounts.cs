using XmppHost.Addressing;

namespace XmppHost.Hosting;

/// <summary>The accounts of one virtual host. Passwords come in, only SCRAM keys are kept.</summary>
public interface IAccounts
{
    ValueTask<bool> ExistsAsync(Jid account, CancellationToken ct = default);

    ValueTask<AccountOutcome> CreateAsync(string localpart, string password, CancellationToken ct = default);

    ValueTask<AccountOutcome> SetPasswordAsync(Jid account, string password, CancellationToken ct = default);

    /// <summary>Ends its sessions with <c>&lt;not-authorized/&gt;</c>, erases what every <see cref="IAccountDataOwner"/> keeps, and removes the account.</summary>
    ValueTask<AccountOutcome> DeleteAsync(Jid account, CancellationToken ct = default);

    /// <summary>Bare JIDs in order.</summary>
    ValueTask<IReadOnlyList<Jid>> ListAsync(CancellationToken ct = default);
}

public enum AccountOutcome
{
    Done,
    AlreadyExists,
    NotFound,

    /// <summary>Not a localpart (RFC 7622 section 3.3).</summary>
    BadName,

    /// <summary>Empty, or not allowed by the OpaqueString profile (RFC 8265 section 4).</summary>
    BadPassword,
}
