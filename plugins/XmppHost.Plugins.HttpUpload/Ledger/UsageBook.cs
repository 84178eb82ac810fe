using System.Collections.Concurrent;
using XmppHost.Addressing;
using XmppHost.Hosting;
using XmppHost.Plugins.HttpUpload.Policy;
using XmppHost.Storage;

namespace XmppHost.Plugins.HttpUpload.Ledger;

/// <summary>
/// What everybody has uploaded, as far as limits ask for it: read from the ledger at somebody's first slot, counted on from there. Who deletes something says so with <see cref="Forget"/>;
/// what others do to the ledger is seen before somebody is refused, and after ten minutes at the latest.
/// </summary>
internal sealed class UsageBook(IUploadLedger ledger, IVHost host, AccessPolicy access, Purposes purposes, TimeProvider time)
{
    private const int MaxAccounts = 10_000, Page = 1000, MaxPages = 20;

    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(10);

    // A refusal reads the ledger again, but a flood of requests does not.
    private static readonly TimeSpan FreshEnough = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Jid, AccountUsage> _accounts = new();
    private readonly Purpose[] _apart = [.. purposes.All.Where(p => p.Quota is not null)];
    private readonly bool _countsSlots = access.All.Any(l => l.SlotsPerMinute is not null);
    private readonly bool _countsDays = access.All.Any(l => l.BytesPerDay is not null);
    private readonly bool _countsFiles = access.All.Any(l => l.Quota is not { Bytes: null, Files: null }) || purposes.All.Any(p => p.Quota is not null);

    /// <summary>Counts a slot in, or says what would be too much.</summary>
    internal async ValueTask<UsageExcess?> ReserveAsync(Jid account, Purpose purpose, long size, Limits limits, CancellationToken ct)
    {
        if (!_countsSlots && !_countsDays && !_countsFiles) return null;
        var (tally, quota) = (Array.IndexOf(_apart, purpose) + 1, purpose.Quota ?? limits.Quota);
        var usage = await GetAsync(account, MaxAge, ct).ConfigureAwait(false);
        var excess = usage.TryReserve(time.GetUtcNow(), tally, quota, size, limits);
        if (excess is not { IsOfStoredFiles: true }) return excess;

        usage = await GetAsync(account, FreshEnough, ct).ConfigureAwait(false);
        excess = usage.TryReserve(time.GetUtcNow(), tally, quota, size, limits);
        return excess is { IsOfStoredFiles: true } ? excess with { RetryAt = await NextRoomAsync(account, purpose, excess, ct).ConfigureAwait(false) } : excess;
    }

    /// <summary>Something of the account was deleted, or a slot came to nothing.</summary>
    internal void Forget(Jid account) => _accounts.TryRemove(account, out _);

    private ValueTask<AccountUsage> GetAsync(Jid account, TimeSpan maxAge, CancellationToken ct) =>
        _accounts.TryGetValue(account, out var usage) && time.GetUtcNow() - usage.Loaded < maxAge ? ValueTask.FromResult(usage) : LoadAsync(account, usage, ct);

    private async ValueTask<AccountUsage> LoadAsync(Jid account, AccountUsage? stale, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var usage = new AccountUsage(now, await TalliesAsync(account, now, ct).ConfigureAwait(false), await RecentAsync(account, now, ct).ConfigureAwait(false));
        if (stale is not null) _accounts.TryRemove(KeyValuePair.Create(account, stale));

        // Who was not here for long costs one query when he comes back.
        if (_accounts.Count >= MaxAccounts) _accounts.Clear();
        return _accounts.GetOrAdd(account, usage);
    }

    /// <summary>First what counts in the general quota, then each purpose that has one of its own.</summary>
    private async ValueTask<(long Files, long Bytes)[]> TalliesAsync(Jid account, DateTimeOffset now, CancellationToken ct)
    {
        var tallies = new (long Files, long Bytes)[_apart.Length + 1];
        if (!_countsFiles) return tallies;
        var all = await ledger.UsageAsync(host.Name, account, null, now, ct).ConfigureAwait(false);
        tallies[0] = (all.Files, all.Bytes);
        for (var i = 0; i < _apart.Length; i++)
        {
            var part = await ledger.UsageAsync(host.Name, account, _apart[i].Name, now, ct).ConfigureAwait(false);
            tallies[i + 1] = (part.Files, part.Bytes);
            tallies[0] = (tallies[0].Files - part.Files, tallies[0].Bytes - part.Bytes);
        }

        return tallies;
    }

    private async ValueTask<RecentSlots> RecentAsync(Jid account, DateTimeOffset now, CancellationToken ct)
    {
        var recent = new RecentSlots();
        if (!_countsSlots && !_countsDays) return recent;
        var query = new UploadQuery(host.Name)
        {
            Uploader = account,
            States = Enum.GetValues<UploadState>(),
            IssuedSince = _countsDays ? RecentSlots.Since(now) : now - TimeSpan.FromMinutes(1),
        };
        foreach (var entry in (await ReadAsync(query, ct).ConfigureAwait(false)).OrderBy(e => e.Issued)) recent.Add(entry.Issued, entry.Size);
        return recent;
    }

    /// <summary>When enough of the uploader's files will have expired; null where too few of them expire.</summary>
    private async ValueTask<DateTimeOffset?> NextRoomAsync(Jid account, Purpose purpose, UsageExcess excess, CancellationToken ct)
    {
        var left = excess.Excess;
        var entries = await ReadAsync(new UploadQuery(host.Name) { Uploader = account }, ct).ConfigureAwait(false);
        foreach (var entry in entries.Where(e => e.Expires is not null && CountsWith(e, purpose)).OrderBy(e => e.Expires))
        {
            left -= excess.Kind == UsageKind.FilesPerUser ? 1 : entry.Size;
            if (left <= 0) return entry.Expires;
        }

        return null;
    }

    private bool CountsWith(UploadEntry entry, Purpose purpose) =>
        purpose.Quota is not null ? entry.Purpose == purpose.Name : Array.TrueForAll(_apart, p => p.Name != entry.Purpose);

    private async ValueTask<List<UploadEntry>> ReadAsync(UploadQuery query, CancellationToken ct)
    {
        var entries = new List<UploadEntry>();
        query = query with { Limit = Page };
        for (var i = 0; i < MaxPages; i++)
        {
            var page = await ledger.ListAsync(query, ct).ConfigureAwait(false);
            entries.AddRange(page);
            if (page.Count < Page) break;
            query = query with { After = page[^1].Key };
        }

        return entries;
    }
}
