using XmppHost.Scripting;

namespace XmppHost.Integration.Tests.Streams;

[TestFixture]
public sealed class ShutdownTests : StreamTest
{
    [Test]
    public async Task Every_client_hears_that_the_server_goes_down_also_one_that_comes_meanwhile()
    {
        await StartAsync();
        var idle = await LoginAsync("juliet@localhost/balcony");
        var early = await LoginAsync("romeo@localhost", LoginStage.Stream);

        var stopping = Server.StopAsync();

        Assert.That(await idle.ExpectStreamErrorAsync(), Is.EqualTo("system-shutdown"));
        Assert.That(await early.ExpectStreamErrorAsync(), Is.EqualTo("system-shutdown"));
        Assert.That(stopping.IsCompleted, Is.False, "it gives the clients time to close");
        Assert.That(await RefusalAsync(), Does.Contain("<system-shutdown "));
        await idle.CloseAsync();
        await early.CloseAsync();
        await stopping.WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Test]
    public async Task Clients_that_do_not_close_hold_the_end_up_for_a_moment_only()
    {
        await StartAsync();
        var idle = await LoginAsync("juliet@localhost/balcony");
        var stopping = Server.StopAsync();
        Assert.That(await idle.ExpectStreamErrorAsync(), Is.EqualTo("system-shutdown"));

        await EventuallyAsync(
            () =>
            {
                Time.Advance(TimeSpan.FromSeconds(1));
                return stopping.IsCompleted;
            },
            "the server has stopped");
    }

    [Test]
    public async Task Session_outlives_the_server_though_its_client_was_told_to_go()
    {
        await StartAsync();
        var juliet = await LoginAsync("juliet@localhost/balcony", presence: "<presence/>");
        var id = await EnableAsync(juliet);
        var stopping = Server.StopAsync();
        await juliet.ExpectStreamErrorAsync();
        await juliet.DropAsync();
        await stopping;
        await Server.RunAsync();

        var again = await LoginAsync("juliet@localhost/balcony", LoginStage.Authenticated);
        await again.SendAsync($"<resume xmlns='urn:xmpp:sm:3' previd='{id}' h='0'/>");
        Assert.That((await again.ReceiveAsync()).Name, Is.EqualTo("resumed"));
    }
}
