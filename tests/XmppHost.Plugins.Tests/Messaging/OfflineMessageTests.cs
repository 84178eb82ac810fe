using XmppHost.Addressing;
using XmppHost.Hosting;
using XmppHost.Plugins.Messaging;
using XmppHost.Plugins.Tests.Support;
using XmppHost.Storage;

namespace XmppHost.Plugins.Tests.Messaging;

internal sealed class OfflineMessageTests : IDisposable
{
    private readonly FakeServer _server = Create("maxMessages=1000");

    public void Dispose() => _server.Dispose();

    [Test]
    public async Task Message_waits_and_is_delivered_once_with_its_time()
    {
        await _server.Accounts.CreateAsync("juliet", "x");
        var romeo = await _server.ConnectAsync("romeo@example.org/orchard");
        await _server.SendAsync(romeo, "<message type='chat' id='1' to='juliet@example.org'><body>O blessed night</body></message>");
        Assert.That(romeo.Received, Is.Empty);
        _server.Time.Advance(TimeSpan.FromHours(1));

        var juliet = await LogInAsync("juliet@example.org/balcony");
        Assert.That(juliet.Take(), Is.EqualTo(new[]
        {
            "<message from='romeo@example.org/orchard' id='1' to='juliet@example.org' type='chat'><body>O blessed night</body>"
            + "<delay xmlns='urn:xmpp:delay' from='example.org' stamp='2026-01-02T03:04:05Z'/></message>",
        }));
        Assert.That(_server.Log.Rows, Is.Empty);
        await _server.DisconnectAsync(juliet);
        Assert.That((await LogInAsync("juliet@example.org/balcony")).Received, Is.Empty);
    }

    [Test]
    public async Task Message_to_a_resource_that_is_gone_waits_for_the_account()
    {
        await _server.Accounts.CreateAsync("juliet", "x");
        var romeo = await _server.ConnectAsync("romeo@example.org/orchard");
        await _server.SendAsync(romeo, "<message type='chat' to='juliet@example.org/balcony'><body>x</body></message>");
        Assert.That((await LogInAsync("juliet@example.org/chamber")).Received, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Resource_of_negative_priority_gets_nothing_until_it_raises_it()
    {
        var juliet = await LogInAsync("juliet@example.org/balcony", "<presence><priority>-1</priority></presence>");
        var romeo = await _server.ConnectAsync("romeo@example.org/orchard");
        await _server.SendAsync(romeo, "<message to='juliet@example.org'><body>x</body></message>");
        await _server.SendAsync(juliet, "<presence><show>away</show><priority>-1</priority></presence>");
        Assert.That(juliet.Received, Is.Empty);
        await _server.SendAsync(juliet, "<presence><priority>0</priority></presence>");
        Assert.That(juliet.Received, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Waiting_messages_are_looked_for_only_when_a_resource_begins_to_take_messages()
    {
        var juliet = await LogInAsync("juliet@example.org/balcony");
        var reads = _server.Log.Reads;
        await _server.SendAsync(juliet, "<presence><show>away</show></presence>");
        await _server.SendAsync(juliet, "<presence><priority>-5</priority></presence>");
        await _server.SendAsync(juliet, "<presence type='unavailable'/>");
        Assert.That(_server.Log.Reads, Is.EqualTo(reads));
        await _server.SendAsync(juliet, "<presence/>");
        Assert.That(_server.Log.Reads, Is.EqualTo(reads + 1));
    }

    [Test]
    public async Task Hundreds_of_messages_arrive_in_order()
    {
        await _server.Accounts.CreateAsync("juliet", "x");
        var romeo = await _server.ConnectAsync("romeo@example.org/orchard");
        for (var i = 0; i < 333; i++) await _server.SendAsync(romeo, $"<message to='juliet@example.org'><body>{i}</body></message>");
        Assert.That(_server.Log.Reads, Is.EqualTo(1), "counted once");
        var juliet = await LogInAsync("juliet@example.org/balcony");
        Assert.That(juliet.Received, Has.Count.EqualTo(333));
        Assert.That(juliet.Received.Select(m => int.Parse(m.Element.FirstElement()!.Text)), Is.EqualTo(Enumerable.Range(0, 333)));
    }

    [Test]
    public async Task Slow_connection_gets_the_next_portion_when_it_has_taken_the_last()
    {
        await FillAsync("juliet", 120);
        var flushed = new TaskCompletionSource();
        var juliet = await _server.ConnectAsync("juliet@example.org/balcony");
        juliet.Flushed = flushed.Task;
        var catchingUp = _server.SendAsync(juliet, "<presence/>");
        Assert.That(juliet.Received, Has.Count.EqualTo(50));
        flushed.SetResult();
        await catchingUp;
        Assert.That(juliet.Received, Has.Count.EqualTo(120));
    }

    [Test]
    public async Task Large_messages_make_small_portions()
    {
        await FillAsync("juliet", 8, new string('x', 100_000));
        var juliet = await _server.ConnectAsync("juliet@example.org/balcony");
        juliet.Flushed = new TaskCompletionSource().Task;
        _ = _server.SendAsync(juliet, "<presence/>");
        Assert.That(juliet.Received, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task What_a_full_outbox_does_not_take_stays()
    {
        await FillAsync("juliet", 5);
        var juliet = await _server.ConnectAsync("juliet@example.org/balcony");
        juliet.Room = 2;
        await _server.SendAsync(juliet, "<presence/>");
        Assert.That(_server.Log.Rows, Has.Count.EqualTo(3));
        await _server.DisconnectAsync(juliet);
        Assert.That((await LogInAsync("juliet@example.org/balcony")).Received.Select(m => m.Element.FirstElement()!.Text), Is.EqualTo(new[] { "2", "3", "4" }));
    }

    [Test]
    public async Task Messages_handed_to_one_resource_are_not_handed_to_another_while_it_lives()
    {
        await FillAsync("juliet", 3);
        var slow = new FakeSession(Jid.Parse("juliet@example.org/slow"), _server.Host) { Flushed = new TaskCompletionSource().Task };
        _server.Directory.Add(slow);
        await _server.SendAsync(slow, "<presence/>");
        Assert.That(slow.Received, Has.Count.EqualTo(3));
        Assert.That(_server.Log.Rows, Has.Count.EqualTo(3), "nothing is flushed yet");

        var other = await LogInAsync("juliet@example.org/balcony");
        Assert.That(other.Received, Is.Empty);
        await _server.DisconnectAsync(slow);
        Assert.That(() => other.Received.Count, Is.EqualTo(3).After(5000, 10), "the slow one never got them");
    }

    [Test]
    public async Task Message_over_the_limit_is_refused_and_nothing_is_lost()
    {
        using var server = Create("maxMessages=2");
        await server.Accounts.CreateAsync("juliet", "x");
        var romeo = await server.ConnectAsync("romeo@example.org/orchard");
        for (var i = 0; i < 3; i++) await server.SendAsync(romeo, $"<message id='{i}' to='juliet@example.org'><body>{i}</body></message>");
        Assert.That(romeo.Take(), Is.EqualTo(new[]
        {
            "<message from='juliet@example.org' id='2' to='romeo@example.org/orchard' type='error'><error type='cancel'>"
            + "<service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>",
        }));
        var juliet = await server.ConnectAsync("juliet@example.org/balcony");
        await server.SendAsync(juliet, "<presence/>");
        Assert.That(juliet.Received, Has.Count.EqualTo(2));

        await server.DisconnectAsync(juliet);
        await server.SendAsync(romeo, "<message id='4' to='juliet@example.org'><body>4</body></message>");
        Assert.That(romeo.Received, Is.Empty, "there is room again");
    }

    [Test]
    public async Task Limit_of_zero_keeps_nothing()
    {
        using var server = Create("maxMessages=0");
        await server.Accounts.CreateAsync("juliet", "x");
        var romeo = await server.ConnectAsync("romeo@example.org/orchard");
        await server.SendAsync(romeo, "<message to='juliet@example.org'><body>x</body></message>");
        Assert.That(romeo.Take().Single(), Does.Contain("service-unavailable"));
        Assert.That(server.Log.Rows, Is.Empty);
    }

    [Test]
    public async Task Nobody_keeps_no_messages()
    {
        var romeo = await _server.ConnectAsync("romeo@example.org/orchard");
        await _server.SendAsync(romeo, "<message to='nobody@example.org'><body>x</body></message>");
        Assert.That(romeo.Take().Single(), Does.Contain("service-unavailable"));
        Assert.That(_server.Log.Rows, Is.Empty);
    }

    [Test]
    public async Task Chat_state_is_dropped_without_an_error()
    {
        await _server.Accounts.CreateAsync("juliet", "x");
        var romeo = await _server.ConnectAsync("romeo@example.org/orchard");
        await _server.SendAsync(romeo, "<message type='chat' to='juliet@example.org'><composing xmlns='http://jabber.org/protocol/chatstates'/></message>");
        Assert.That(romeo.Received, Is.Empty);
        Assert.That(_server.Log.Rows, Is.Empty);
    }

    [Test]
    public async Task Stamp_that_claims_to_be_the_servers_is_replaced_and_others_stay()
    {
        await _server.Accounts.CreateAsync("juliet", "x");
        var romeo = await _server.ConnectAsync("romeo@example.org/orchard");
        await _server.SendAsync(
            romeo,
            "<message to='juliet@example.org'><body>x</body><delay xmlns='urn:xmpp:delay' from='example.org' stamp='1999-01-01T00:00:00Z'/>"
            + "<delay xmlns='urn:xmpp:delay' from='chat.example.net' stamp='2000-01-01T00:00:00Z'/></message>");
        var juliet = await LogInAsync("juliet@example.org/balcony");
        Assert.That(juliet.Received.Single().Element.Elements().Where(e => e.Name == "delay").Select(e => e.Attribute("stamp")), Is.EqualTo(new[] { "2000-01-01T00:00:00Z", "2026-01-02T03:04:05Z" }));
    }

    [Test]
    public async Task What_an_ended_session_leaves_behind_goes_to_the_one_that_is_left()
    {
        var phone = await LogInAsync("juliet@example.org/phone", "<presence><priority>5</priority></presence>");
        var tablet = await LogInAsync("juliet@example.org/tablet", "<presence><priority>-1</priority></presence>");
        var desk = await LogInAsync("juliet@example.org/desk");
        await _server.Log.Append([Row("unacknowledged")]);
        await _server.DisconnectAsync(phone);
        Assert.That(() => desk.Received.Count, Is.EqualTo(1).After(5000, 10));
        Assert.That(tablet.Received, Is.Empty);
    }

    [Test]
    public async Task Row_that_cannot_be_read_does_not_hold_up_the_others()
    {
        await _server.Accounts.CreateAsync("juliet", "x");
        await _server.Log.Append([Row("1"), new LogRow(_server.Log.NextId(), Jid.Parse("juliet@example.org"), _server.Time.GetUtcNow(), "<message"u8.ToArray()), Row("3")]);
        Assert.That((await LogInAsync("juliet@example.org/balcony")).Received, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Waiting_messages_are_exported_and_erased()
    {
        await FillAsync("juliet", 150);
        var owner = _server.Get<IEnumerable<IAccountDataOwner>>().Single();
        var account = Jid.Parse("juliet@example.org");
        var export = await owner.ExportAsync(account, default).ToListAsync();
        Assert.That(export.Single().Elements().Count(), Is.EqualTo(150));
        await owner.EraseAsync(account, default);
        Assert.That(_server.Log.Rows, Is.Empty);
        Assert.That(await owner.ExportAsync(account, default).ToListAsync(), Is.Empty);
    }

    private static FakeServer Create(params string[] options) => new("example.org", server => new MessagingModule(server.Plugin("Messaging", options)));

    private async Task<FakeSession> LogInAsync(string jid, string presence = "<presence/>")
    {
        var session = await _server.ConnectAsync(jid);
        await _server.SendAsync(session, presence);
        return session;
    }

    private async Task FillAsync(string name, int messages, string body = "")
    {
        await _server.Accounts.CreateAsync(name, "x");
        var romeo = await _server.ConnectAsync("romeo@example.org/orchard");
        for (var i = 0; i < messages; i++) await _server.SendAsync(romeo, $"<message to='{name}@example.org'><body>{i}{body}</body></message>");
    }

    private LogRow Row(string body) => new(
        _server.Log.NextId(),
        Jid.Parse("juliet@example.org"),
        _server.Time.GetUtcNow(),
        Wire.Stanza($"<message from='romeo@example.org/orchard' to='juliet@example.org'><body>{body}</body></message>").Bytes);
}
