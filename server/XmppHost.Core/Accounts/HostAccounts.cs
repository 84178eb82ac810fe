using XmppHost.Addressing;
using XmppHost.Core.Streams.Sasl;
using XmppHost.Core.VHosts;
using XmppHost.Hosting;
using XmppHost.Stanzas;
using XmppHost.Storage;

namespace XmppHost.Core.Accounts;

/// <summary>The accounts of one host.</summary>
/// <param name="host">The host.</param>
/// <param name="store">Where they are kept.</param>
/// <param name="owners">Asked for only when an account is deleted: the plugins that own data may want <see cref="IAccounts"/> themselves.</param>
/// <param name="sessions">The host's.</param>
/// <param name="auth">The host's.</param>
/// <param name="time">The clock.</param>
internal sealed class HostAccounts(IVHost host, IAccountStore store, Func<IEnumerable<IAccountDataOwner>> owners, ISessionDirectory sessions, AuthOptions auth, TimeProvider time) : IAccounts
{
    public async ValueTask<bool> ExistsAsync(Jid account, CancellationToken ct = default) =>
        IsOurs(account) && await store.FindAsync(account.Bare, ct).ConfigureAwait(false) is not null;

    public async ValueTask<AccountOutcome> CreateAsync(string localpart, string password, CancellationToken ct = default)
    {
        if (Jid.TryCreate(localpart, host.Name, null) is not { } account) return AccountOutcome.BadName;
        if (ScramKeys.DeriveAll(password, auth.ScramIterations) is not { } keys) return AccountOutcome.BadPassword;
        var created = await store.TryCreateAsync(new StoredAccount(account, keys, time.GetUtcNow()), ct).ConfigureAwait(false);
        return created ? AccountOutcome.Done : AccountOutcome.AlreadyExists;
    }

    public async ValueTask<AccountOutcome> SetPasswordAsync(Jid account, string password, CancellationToken ct = default)
    {
        if (!IsOurs(account)) return AccountOutcome.NotFound;
        if (ScramKeys.DeriveAll(password, auth.ScramIterations) is not { } keys) return AccountOutcome.BadPassword;
        return await store.TryReplaceCredentialsAsync(account.Bare, keys, ct).ConfigureAwait(false) ? AccountOutcome.Done : AccountOutcome.NotFound;
    }

    public async ValueTask<AccountOutcome> DeleteAsync(Jid account, CancellationToken ct = default)
    {
        if (!await ExistsAsync(account, ct).ConfigureAwait(false)) return AccountOutcome.NotFound;
        account = account.Bare;
        // First, so that none writes what was just erased; and the account last, so that a deletion that broke off can be repeated.
        await CloseSessionsAsync(account).ConfigureAwait(false);
        foreach (var owner in owners()) await owner.EraseAsync(account, ct).ConfigureAwait(false);
        var deleted = await store.DeleteAsync(account, ct).ConfigureAwait(false);
        // One may have logged in meanwhile.
        await CloseSessionsAsync(account).ConfigureAwait(false);
        return deleted ? AccountOutcome.Done : AccountOutcome.NotFound;
    }

    public ValueTask<IReadOnlyList<Jid>> ListAsync(CancellationToken ct = default) => store.ListAsync(host.Name, ct);

    private async ValueTask CloseSessionsAsync(Jid account)
    {
        foreach (var session in sessions.Of(account)) await session.CloseAsync(StreamError.NotAuthorized).ConfigureAwait(false);
    }

    private bool IsOurs(Jid account) => account.Local is not null && account.Domain == host.Name;
}
