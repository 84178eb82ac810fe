using System.Collections.Concurrent;
using XmppHost.Addressing;
using XmppHost.Storage;

namespace XmppHost.Core.Tests.Support;

internal sealed class MemoryAccountStore : IAccountStore
{
    private readonly ConcurrentDictionary<Jid, StoredAccount> _accounts = new();

    /// <summary>What every call throws, as a broken database would.</summary>
    internal Exception? Broken { get; set; }

    internal int Reads { get; private set; }

    internal void Add(StoredAccount account) => _accounts[account.Jid] = account;

    public ValueTask<StoredAccount?> FindAsync(Jid account, CancellationToken ct)
    {
        Reads++;
        if (Broken is not null) throw Broken;
        return ValueTask.FromResult(_accounts.GetValueOrDefault(account));
    }

    public ValueTask<bool> TryCreateAsync(StoredAccount account, CancellationToken ct) => ValueTask.FromResult(_accounts.TryAdd(account.Jid, account));

    public ValueTask<bool> TryReplaceCredentialsAsync(Jid account, IReadOnlyList<ScramCredential> credentials, CancellationToken ct) =>
        ValueTask.FromResult(_accounts.TryGetValue(account, out var old) && _accounts.TryUpdate(account, old with { Credentials = credentials }, old));

    public ValueTask<bool> DeleteAsync(Jid account, CancellationToken ct) => ValueTask.FromResult(_accounts.TryRemove(account, out _));

    public ValueTask<IReadOnlyList<Jid>> ListAsync(string host, CancellationToken ct) =>
        ValueTask.FromResult<IReadOnlyList<Jid>>([.. _accounts.Keys.Where(j => j.Domain == host).OrderBy(j => j.ToString(), StringComparer.Ordinal)]);
}
