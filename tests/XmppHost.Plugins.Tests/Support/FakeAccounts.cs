using XmppHost.Addressing;
using XmppHost.Hosting;

namespace XmppHost.Plugins.Tests.Support;

/// <summary>Accounts with their passwords, as plain as a test wants them.</summary>
internal sealed class FakeAccounts(string host, params IEnumerable<IAccountDataOwner> owners) : IAccounts
{
    private readonly SortedDictionary<string, string> _passwords = new(StringComparer.Ordinal);

    public string? PasswordOf(Jid account) => account.Local is { } name && account.Domain == host ? _passwords.GetValueOrDefault(name) : null;

    public ValueTask<bool> ExistsAsync(Jid account, CancellationToken ct = default) => ValueTask.FromResult(PasswordOf(account) is not null);

    public ValueTask<AccountOutcome> CreateAsync(string localpart, string password, CancellationToken ct = default)
    {
        if (Jid.TryCreate(localpart, host, null) is not { } account) return ValueTask.FromResult(AccountOutcome.BadName);
        if (password.Length == 0) return ValueTask.FromResult(AccountOutcome.BadPassword);
        return ValueTask.FromResult(_passwords.TryAdd(account.Local!, password) ? AccountOutcome.Done : AccountOutcome.AlreadyExists);
    }

    public ValueTask<AccountOutcome> SetPasswordAsync(Jid account, string password, CancellationToken ct = default)
    {
        if (PasswordOf(account) is null) return ValueTask.FromResult(AccountOutcome.NotFound);
        if (password.Length == 0) return ValueTask.FromResult(AccountOutcome.BadPassword);
        _passwords[account.Local!] = password;
        return ValueTask.FromResult(AccountOutcome.Done);
    }

    public async ValueTask<AccountOutcome> DeleteAsync(Jid account, CancellationToken ct = default)
    {
        if (PasswordOf(account) is null) return AccountOutcome.NotFound;
        foreach (var owner in owners) await owner.EraseAsync(account, ct);
        _passwords.Remove(account.Local!);
        return AccountOutcome.Done;
    }

    public ValueTask<IReadOnlyList<Jid>> ListAsync(CancellationToken ct = default) =>
        ValueTask.FromResult<IReadOnlyList<Jid>>([.. _passwords.Keys.Select(name => Jid.TryCreate(name, host, null)!)]);
}
