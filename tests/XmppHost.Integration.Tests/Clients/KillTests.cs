using XmppHost.Testing;

namespace XmppHost.Integration.Tests.Clients;

/// <summary>
/// The promise of the message log: what the server has acknowledged is on disk. Clients with stream management talk while the server is killed
/// with SIGKILL at random moments and started again; every session goes on, nothing is lost, nothing comes twice.
/// </summary>
public sealed class KillTests
{
    private const int Kills = 12;
    private const int Rate = 500; // messages a second: some are on their way to the disk at any moment
    private const int LongestLife = 1500; // ms

    // More than can be sent until the last kill.
    private const int Messages = Kills * LongestLife * Rate / 1000 + 100;

    [TestCase("strict", "strict")]
    [TestCase("slixmpp", "slixmpp")]
    public async Task Messages_survive_a_server_that_is_killed_again_and_again(string sender, string receiver)
    {
        await using var server = await ServerProcess.StartAsync();
        var (from, to) = (await AccountAsync(server, "from"), await AccountAsync(server, "to"));
        await using var run = await NumberedMessages.StartAsync(server, sender, receiver, from, to, "--count", $"{Messages}", "--rate", $"{Rate}", "--ask-every", "1");
        for (var kill = 0; kill < Kills; kill++)
        {
            await Task.Delay(Random.Shared.Next(LongestLife));
            Assert.That(run.Running, "messages are still on their way");
            await server.KillAsync();
            await server.RunAsync();
        }
        var result = await run.FinishAsync();
        Assert.That(result.Sender.Resumed + result.Receiver.Resumed, Is.GreaterThan(Kills / 2), "sessions went on after a kill");
        result.AssertNothingLostOrDoubled(inOrder: sender == "strict");
    }

    [Test]
    public async Task Messages_wait_on_disk_for_a_recipient_who_is_away_while_the_server_is_killed()
    {
        const int Kills = 4;
        await using var server = await ServerProcess.StartAsync();
        var (from, to) = (await AccountAsync(server, "from"), await AccountAsync(server, "to"));
        await using var run = await NumberedMessages.StartSenderAsync(server, "strict", from, to, "--count", "400", "--rate", "60");
        for (var kill = 0; kill < Kills; kill++)
        {
            await Task.Delay(Random.Shared.Next(300, 1000));
            await server.KillAsync();
            await server.RunAsync();
        }
        await run.SenderEndsAsync();
        await server.KillAsync();
        await server.RunAsync();
        await run.StartReceiverAsync("strict");
        var result = await run.FinishAsync();
        result.AssertNothingLostOrDoubled(inOrder: true);
    }

    private static async Task<string> AccountAsync(ServerProcess server, string name)
    {
        var jid = $"{name}@localhost";
        await server.AddAccountAsync(jid, Password.Of(jid));
        return jid;
    }
}
