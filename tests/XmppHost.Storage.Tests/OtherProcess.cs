using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using XmppHost.Addressing;
using XmppHost.Plugins;
using XmppHost.Storage.Sql;

namespace XmppHost.Storage.Tests;

/// <summary>This assembly run as a program: it opens the storage and works on it until it is killed, saying on its output what is done.</summary>
internal static class OtherProcess
{
    /// <summary>Starts it: <c>append</c> or <c>accounts</c>, on this database.</summary>
    internal static Process Start(string work, StorageOptions options, string folder) => Process.Start(new ProcessStartInfo(
        "dotnet", [typeof(OtherProcess).Assembly.Location, work, folder, options.ConnectionString?.Reveal() ?? ""])
    {
        RedirectStandardOutput = true,
    })!;

    internal static async Task<int> RunAsync(string[] args)
    {
        if (args is not [var work, var folder, var connectionString])
        {
            await Console.Error.WriteLineAsync("This is started by the tests of this assembly: WORK FOLDER CONNECTION-STRING");
            return 2;
        }

        var options = connectionString.Length == 0 ? new StorageOptions() : new StorageOptions(StorageProvider.PostgreSql, new Secret(connectionString));
        await using var storage = SqlStorage.Create(options, folder, TimeProvider.System, NullLoggerFactory.Instance);
        await storage.OpenAsync(CancellationToken.None);
        if (work == "append") await Task.WhenAll(Enumerable.Range(0, 4).Select(sender => AppendAsync(storage.Log, sender)));
        else await CreateAccountsAsync(storage.Accounts);
        return 0;
    }

    // Each message goes to the recipient "for" the sender, one of every three is taken again after it was written: "S n" means acknowledged, "R n" that the removal was, too.
    private static async Task AppendAsync(IMessageLog log, int sender)
    {
        var recipient = Jid.Parse($"for{sender}@capulet.example");
        for (var i = 0; ; i++)
        {
            var row = new LogRow(log.NextId(), recipient, DateTimeOffset.UnixEpoch, Encoding.UTF8.GetBytes(i.ToString(CultureInfo.InvariantCulture)));
            await log.Append([row]);
            Say($"S {sender} {i}");
            if (i % 3 != 0) continue;
            await log.Remove(row.Id);
            Say($"R {sender} {i}");
        }
    }

    private static async Task CreateAccountsAsync(IAccountStore accounts)
    {
        for (var i = 0; i < 100; i++)
        {
            await accounts.TryCreateAsync(new StoredAccount(Jid.Parse($"other{i}@capulet.example"), [], DateTimeOffset.UnixEpoch), CancellationToken.None);
            Say($"{i}");
        }
    }

    private static void Say(string line)
    {
        lock (Console.Out) Console.Out.WriteLine(line);
    }
}
