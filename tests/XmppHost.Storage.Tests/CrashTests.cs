using System.Globalization;

namespace XmppHost.Storage.Tests;

[TestFixture(Database.Sqlite)]
[TestFixture(Database.PostgreSql)]
public sealed class CrashTests(Database database) : StorageTest(database)
{
    private const int Senders = 4;

    [Test]
    public async Task What_was_acknowledged_is_there_after_the_process_was_killed([Values(1, 2, 3, 4, 5)] int round)
    {
        await Storage.DisposeAsync();
        var (sent, removed) = await KillInTheMiddleAsync(TimeSpan.FromMilliseconds(100 + 130 * round));
        await ReopenAsync();
        Assert.That(sent.Sum(), Is.GreaterThanOrEqualTo(Senders), "it was in the middle of it");
        for (var sender = 0; sender < Senders; sender++)
        {
            var there = (await OfflineAsync(Addressing.Jid.Parse($"for{sender}@capulet.example"))).Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToList();
            var lost = Enumerable.Range(0, sent[sender] + 1).Where(i => i % 3 != 0).Except(there).ToList();
            Assert.Multiple(() =>
            {
                Assert.That(lost, Is.Empty);
                Assert.That(there, Is.Ordered.And.Unique);
                Assert.That(there.Where(i => i % 3 == 0 && i <= removed[sender]), Is.Empty, "removed and acknowledged");
                Assert.That(there.LastOrDefault(), Is.LessThanOrEqualTo(sent[sender] + 1), "at most the one under way");
            });
        }
    }

    [Test]
    public async Task Another_process_adds_accounts_while_messages_are_written()
    {
        using var other = OtherProcess.Start("accounts", Options, Folder);
        var exit = other.WaitForExitAsync();
        var messages = 0;
        while (!exit.IsCompleted)
        {
            await Log.Append([Row(Juliet, $"{messages}")]);
            messages++;
        }

        Assert.That(other.ExitCode, Is.Zero);
        Assert.That(await Log.CountOfflineAsync(Juliet, Ct), Is.EqualTo(messages));
        Assert.That(await Storage.Accounts.ListAsync("capulet.example", Ct), Has.Count.EqualTo(100));
    }

    /// <summary>The last message of each sender that was acknowledged, and the last whose removal was.</summary>
    private async Task<(int[] Sent, int[] Removed)> KillInTheMiddleAsync(TimeSpan after)
    {
        using var process = OtherProcess.Start("append", Options, Folder);
        var (sent, removed) = (new int[Senders], new int[Senders]);
        Array.Fill(removed, -1);
        Task? killing = null;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            // The last line may be cut.
            if (line.Split(' ') is [var what, var sender, var number] && int.TryParse(number, out var n)) (what == "S" ? sent : removed)[sender[0] - '0'] = n;
            // However slow the machine: every sender is under way before the clock runs.
            if (killing is null && sent.All(last => last > 0)) killing = KillAsync();
        }

        Assert.That(killing, Is.Not.Null, "it has started");
        await killing!;
        await process.WaitForExitAsync();
        return (sent, removed);

        async Task KillAsync()
        {
            await Task.Delay(after);
            process.Kill();
        }
    }
}
