using XmppHost.Addressing;
using XmppHost.Hosting;
using XmppHost.Storage;

namespace XmppHost.Plugins.Blocking;

/// <summary>The block lists of the host's accounts: cached, stored, and pushed to the sessions that have asked for them.</summary>
internal sealed class BlockLists : IBlockList
{
    /// <summary>Marks a session whose client has asked for the list.</summary>
    internal const string InterestedNote = "blocking.interested";

    private const string Space = "blocking";

    private readonly IKeyValueStore _values;
    private readonly AccountCache<BlockList> _cache;

    public BlockLists(IKeyValueStore values, BlockingOptions options)
    {
        _values = values;
        _cache = new AccountCache<BlockList>(options.CachedLists, LoadAsync);
    }

    internal ValueTask<BlockList> GetAsync(Jid account, CancellationToken ct = default) => _cache.GetAsync(account, ct);

    public async ValueTask<Predicate<Jid>?> BlockedByAsync(Jid account, CancellationToken ct = default)
    {
        var list = await GetAsync(account, ct).ConfigureAwait(false);
        return list.IsEmpty ? null : list.Matches;
    }

    /// <summary>Puts addresses on the list or takes them off; <paramref name="changed"/> runs before anyone else can change it. False when the list would be longer than allowed.</summary>
    internal ValueTask<bool> ChangeAsync(Jid account, Func<BlockList, IReadOnlyCollection<Jid>> add, Func<BlockList, IReadOnlyCollection<Jid>> remove, int limit, Action changed, CancellationToken ct) =>
        _cache.UpdateAsync(account, async before =>
        {
            var (added, removed) = (add(before), remove(before));
            if (before.Items.Count + added.Count - removed.Count > limit && added.Count > 0) return (before, false);
            var after = new BlockList(before.Items.Except(removed).Concat(added));
            KeyValueChange[] changes = [.. removed.Select(jid => new KeyValueChange(jid.ToString(), null)), .. added.Select(jid => new KeyValueChange(jid.ToString(), ""))];
            if (changes.Length > 0) await _values.WriteAsync(account.Bare.ToString(), Space, changes, ct).ConfigureAwait(false);
            changed();
            return (after.IsEmpty ? BlockList.Empty : after, true);
        }, ct);

    internal async ValueTask EraseAsync(Jid account, CancellationToken ct) =>
        await _cache.UpdateAsync(account, async _ =>
        {
            await _values.EraseAsync(account.Bare.ToString(), Space, ct).ConfigureAwait(false);
            return (BlockList.Empty, true);
        }, ct).ConfigureAwait(false);

    private async ValueTask<BlockList> LoadAsync(Jid account, CancellationToken ct)
    {
        var stored = await _values.ListAsync(account.ToString(), Space, ct).ConfigureAwait(false);
        return stored.Count == 0 ? BlockList.Empty : new BlockList(stored.Select(entry => Jid.Parse(entry.Key)));
    }
}
