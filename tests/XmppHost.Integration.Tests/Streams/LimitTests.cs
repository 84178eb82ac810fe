using XmppHost.Scripting;
using XmppHost.Xml;

namespace XmppHost.Integration.Tests.Streams;

[TestFixture]
public sealed class LimitTests : StreamTest
{
    [Test]
    public async Task Stanza_over_the_limit_ends_the_stream_with_policy_violation()
    {
        await StartAsync("limits:maxStanzaSize=10000");
        var juliet = await LoginAsync("juliet@localhost/balcony");
        await juliet.IqAsync($"<iq type='get' to='localhost'><ping xmlns='urn:xmpp:ping'/><x>{new string('x', 9000)}</x></iq>");

        await juliet.SendAsync($"<message to='juliet@localhost'><body>{new string('x', 10_000)}</body></message>");

        var error = await juliet.ReceiveAsync(e => e.Is("error", XmlNs.Streams));
        Assert.That(error.FirstElement()!.Name, Is.EqualTo("policy-violation"));
        Assert.That(error.Element("stanza-too-big", "urn:xmpp:errors"), Is.Not.Null);
        await juliet.ExpectCloseAsync();
    }

    [Test]
    public async Task Client_that_sends_too_much_before_it_logs_in_is_closed()
    {
        await StartAsync("limits:loginBytes=5000");
        var mallory = await LoginAsync("mallory@localhost", LoginStage.Stream);

        var sending = Task.Run(async () =>
        {
            for (var i = 0; i < 20; i++) await mallory.SendAsync($"<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='X'>{new string('A', 400)}</auth>");
        });

        Assert.That(await mallory.ExpectStreamErrorAsync(), Is.EqualTo("policy-violation"));
        await mallory.ExpectCloseAsync();
        await sending.ContinueWith(_ => { }, TaskScheduler.Default);
    }

    [Test]
    public async Task Client_that_does_not_log_in_is_closed_when_its_time_is_over()
    {
        await StartAsync("limits:loginTimeout=30 s");
        var slow = await LoginAsync("slow@localhost", LoginStage.Stream);
        var bound = await LoginAsync("bound@localhost/x");

        Time.Advance(TimeSpan.FromSeconds(36));

        Assert.That(await slow.ExpectStreamErrorAsync(), Is.EqualTo("connection-timeout"));
        await SettleAsync(bound);
    }

    [Test]
    public async Task Connections_beyond_the_limit_of_an_address_are_refused_until_one_is_closed()
    {
        await StartAsync("limits:connectionsPerAddress=2");
        var first = await LoginAsync("juliet@localhost/1");
        var second = await LoginAsync("juliet@localhost/2");

        Assert.That(await RefusalAsync(), Does.Contain("<policy-violation "));
        await first.CloseAsync();
        await EventuallyAsync(() => Server.ConnectionCount == 1, "the closed connection is forgotten");
        var third = await LoginAsync("juliet@localhost/3");

        await SettleAsync(third);
        await SettleAsync(second);
        Assert.That(Server.Log, Does.Contain("too many connections from 127.0.0.1: 3"));
    }

    [Test]
    public async Task Client_that_reads_nothing_is_given_up_and_its_messages_are_kept()
    {
        await StartAsync("limits:outboxSize=1 MiB", "defaults:plugins:Messaging:maxMessages=1000");
        var romeo = await LoginAsync("romeo@localhost/orchard");
        var juliet = await LoginAsync("juliet@localhost/balcony", presence: "<presence/>");
        for (var i = 0; i < 100; i++) await romeo.SendAsync($"<message to='juliet@localhost' type='chat' id='{i}'><body>{new string('x', 20_000)}</body></message>");
        await SettleAsync(romeo);
        await EventuallyAsync(() => Server.SessionCount == 1, "the session that reads nothing ends");

        var received = await DrainAsync(juliet);
        var phone = await LoginAsync("juliet@localhost/phone", presence: "<presence/>");
        received.AddRange(await MessagesAsync(phone));

        Assert.That(received, Is.EquivalentTo(Enumerable.Range(0, 100).Select(i => i.ToString())), "each once");
    }

    [Test]
    public async Task Silent_client_is_pinged_and_closed_when_it_does_not_answer()
    {
        await StartAsync("limits:idlePing=10 min", "limits:pingTimeout=2 min");
        var juliet = await LoginAsync("juliet@localhost/balcony");
        await SettleAsync(juliet);

        Time.Advance(TimeSpan.FromMinutes(10.2));
        var ping = await juliet.ReceiveAsync(e => e.Is("iq", XmlNs.Client));
        Assert.That(ping.FirstElement()!.Namespace, Is.EqualTo("urn:xmpp:ping"));
        Assert.That(ping.Attribute("from"), Is.EqualTo("localhost"));

        // Any answer is a sign of life.
        await juliet.SendAsync($"<iq type='error' to='localhost' id='{ping.Attribute("id")}'><error type='cancel'><service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");
        await SettleAsync(juliet);
        Time.Advance(TimeSpan.FromMinutes(5));
        await SettleAsync(juliet);

        Time.Advance(TimeSpan.FromMinutes(12.5));
        Assert.That(await juliet.ExpectStreamErrorAsync(), Is.EqualTo("connection-timeout"));
    }

    [Test]
    public async Task Silent_client_with_stream_management_is_asked_for_an_acknowledgement_instead()
    {
        await StartAsync("limits:idlePing=10 min", "limits:pingTimeout=2 min");
        var juliet = await LoginAsync("juliet@localhost/balcony");
        var id = await EnableAsync(juliet);

        Time.Advance(TimeSpan.FromMinutes(10.2));
        Assert.That((await juliet.ReceiveAsync()).Is("r", "urn:xmpp:sm:3"), Is.True);
        Time.Advance(TimeSpan.FromMinutes(2));
        Assert.That(await juliet.ExpectStreamErrorAsync(), Is.EqualTo("connection-timeout"));

        var again = await LoginAsync("juliet@localhost/balcony", LoginStage.Authenticated);
        await again.SendAsync($"<resume xmlns='urn:xmpp:sm:3' previd='{id}' h='0'/>");
        Assert.That((await again.ReceiveAsync(e => e.Namespace == "urn:xmpp:sm:3")).Name, Is.EqualTo("resumed"), "it may only have lost its network");
    }

    [Test]
    public async Task Client_that_sends_too_fast_is_read_more_slowly_and_loses_nothing()
    {
        await StartAsync("limits:rate=1000", "limits:burst=10000");
        var juliet = await LoginAsync("juliet@localhost/balcony");
        await juliet.SendAsync($"<iq type='get' id='big' to='localhost'><ping xmlns='urn:xmpp:ping'/><x>{new string('x', 12_000)}</x></iq>");
        await juliet.ReceiveAsync(e => e.Attribute("id") == "big");
        await juliet.SendAsync("<iq type='get' id='next' to='localhost'><ping xmlns='urn:xmpp:ping'/></iq>");
        await juliet.ExpectNothingAsync();

        Time.Advance(TimeSpan.FromSeconds(10));

        Assert.That((await juliet.ReceiveAsync()).Attribute("id"), Is.EqualTo("next"));
    }

    private static async Task<List<string?>> DrainAsync(ScriptedClient client)
    {
        var ids = new List<string?>();
        while (await client.ReceiveItemAsync() is { Kind: StreamItemKind.Element } item)
            if (IsMessage(item.Element!))
                ids.Add(item.Element!.Attribute("id"));
        return ids;
    }
}
