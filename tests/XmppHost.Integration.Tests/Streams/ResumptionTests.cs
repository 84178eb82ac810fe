using XmppHost.Scripting;
using XmppHost.Xml;

namespace XmppHost.Integration.Tests.Streams;

[TestFixture]
public sealed class ResumptionTests : StreamTest
{
    private const string Ns = "urn:xmpp:sm:3";

    [Test]
    public async Task Session_resumed_while_its_old_connection_is_open_goes_on_and_the_old_one_hears_of_it()
    {
        await StartAsync();
        var romeo = await LoginAsync("romeo@localhost/orchard");
        var juliet = await LoginAsync("juliet@localhost/balcony", presence: "<presence/>");
        var id = await EnableAsync(juliet);
        await juliet.SendAsync("<message to='romeo@localhost/orchard' id='up-1' type='chat'><body>1</body></message>");
        await SettleAsync(juliet);
        await SendAsync(romeo, "down-1");
        Assert.That(await MessageAsync(juliet), Is.EqualTo("down-1"));

        var again = await LoginAsync("juliet@localhost/balcony", LoginStage.Authenticated);
        await again.SendAsync($"<resume xmlns='{Ns}' previd='{id}' h='1'/>");

        Assert.That((await again.ReceiveAsync(e => e.Is("resumed", Ns))).Attribute("h"), Is.EqualTo("2"));
        Assert.That(await juliet.ExpectStreamErrorAsync(), Is.EqualTo("conflict"));
        await juliet.ExpectCloseAsync();
        Assert.That(await MessageAsync(again), Is.EqualTo("down-1"), "of two stanzas the ping's answer was acknowledged");
        await SendAsync(romeo, "down-2");
        Assert.That(await MessageAsync(again), Is.EqualTo("down-2"), "the old connection's end is not the session's");
    }

    [Test]
    public async Task Resumption_with_too_high_a_count_is_told_how_many_were_sent()
    {
        await StartAsync();
        var juliet = await LoginAsync("juliet@localhost/balcony", presence: "<presence/>");
        var id = await EnableAsync(juliet);
        await SettleAsync(juliet);
        await SettleAsync(juliet);
        await juliet.DropAsync();

        var again = await LoginAsync("juliet@localhost/balcony", LoginStage.Authenticated);
        await again.SendAsync($"<resume xmlns='{Ns}' previd='{id}' h='9'/>");

        var error = await again.ReceiveAsync(e => e.Is("error", XmlNs.Streams));
        var reason = error.Element("handled-count-too-high", Ns);
        Assert.That(error.Element("undefined-condition", "urn:ietf:params:xml:ns:xmpp-streams"), Is.Not.Null);
        Assert.That(reason?.Attribute("h"), Is.EqualTo("9"));
        Assert.That(reason?.Attribute("send-count"), Is.EqualTo("2"));
        await again.ExpectCloseAsync();

        var third = await LoginAsync("juliet@localhost/balcony", LoginStage.Authenticated);
        await third.SendAsync($"<resume xmlns='{Ns}' previd='{id}' h='2'/>");
        Assert.That((await third.ReceiveAsync(e => e.Namespace == Ns)).Name, Is.EqualTo("resumed"), "the session was not touched");
    }

    [Test]
    public async Task Messages_of_a_session_that_is_not_resumed_in_time_wait_for_the_next_device_in_order()
    {
        await StartAsync("defaults:plugins:StreamManagement:resumeTimeout=10 min");
        var romeo = await LoginAsync("romeo@localhost/orchard");
        var juliet = await LoginAsync("juliet@localhost/balcony", presence: "<presence/>");
        var id = await EnableAsync(juliet);
        await juliet.DropAsync();
        await SendAsync(romeo, "1");
        await SendAsync(romeo, "2");
        var phone = await LoginAsync("juliet@localhost/phone", presence: "<presence/>");
        Assert.That(await MessagesAsync(phone), Is.Empty, "they wait for the session first");

        Time.Advance(TimeSpan.FromMinutes(11));

        Assert.That(await MessageAsync(phone), Is.EqualTo("1"));
        Assert.That(await MessageAsync(phone), Is.EqualTo("2"));
        var late = await LoginAsync("juliet@localhost/balcony", LoginStage.Authenticated);
        await late.SendAsync($"<resume xmlns='{Ns}' previd='{id}' h='0'/>");
        Assert.That((await late.ReceiveAsync(e => e.Is("failed", Ns))).FirstElement()!.Name, Is.EqualTo("item-not-found"));
    }

    [Test]
    public async Task Session_is_resumed_after_a_restart_of_the_server_with_what_came_meanwhile()
    {
        await StartAsync();
        var romeo = await LoginAsync("romeo@localhost/orchard");
        await EnableAsync(romeo);
        var juliet = await LoginAsync("juliet@localhost/balcony", presence: "<presence/>");
        var id = await EnableAsync(juliet);
        await SendAsync(romeo, "1");
        Assert.That(await MessageAsync(juliet), Is.EqualTo("1"));
        await juliet.DropAsync();
        await SendAsync(romeo, "2");
        await romeo.CloseAsync();

        await Server.RestartAsync();

        var other = await LoginAsync("romeo@localhost/other");
        await SendAsync(other, "3");
        var again = await LoginAsync("juliet@localhost/balcony", LoginStage.Authenticated);
        await again.SendAsync($"<resume xmlns='{Ns}' previd='{id}' h='1'/>");
        Assert.That((await again.ReceiveAsync()).Name, Is.EqualTo("resumed"));
        Assert.That(await MessagesAsync(again), Is.EqualTo(new[] { "2", "3" }));
    }

    private static async Task SendAsync(ScriptedClient romeo, string id)
    {
        await romeo.SendAsync($"<message to='juliet@localhost/balcony' id='{id}' type='chat'><body>{id}</body></message>");
        await SettleAsync(romeo);
    }
}
