using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using XmppHost.Addressing;
using XmppHost.Core.Streams.Sasl;
using XmppHost.Storage;
using XmppHost.Storage.Sql;

namespace XmppHost.Benchmarks.Peers;

/// <summary>Puts accounts into a data folder before the server runs on it: ten thousand registrations would take minutes of key derivation.</summary>
internal static class XmppHostAccounts
{
    public static async Task WriteAsync(string dataFolder, PeerPlan plan, CancellationToken ct)
    {
        var credentials = ScramKeys.DeriveAll(plan.Password, SharedCredential.Iterations)!;
        var now = TimeProvider.System.GetUtcNow();
        await using var storage = SqlStorage.Create(new StorageOptions(), dataFolder, TimeProvider.System, NullLoggerFactory.Instance);
        await storage.OpenAsync(ct);
        var writes = Enumerable.Range(0, plan.Accounts)
            .Select(i => Jid.Parse(string.Create(CultureInfo.InvariantCulture, $"{plan.UserPrefix}{i}@{plan.Host}")))
            .Select(jid => storage.Accounts.TryCreateAsync(new StoredAccount(jid, credentials, now), ct).AsTask());
        if ((await Task.WhenAll(writes)).Contains(false)) throw new InvalidOperationException("An account existed already.");
    }
}
