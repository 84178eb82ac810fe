using XmppHost.Plugins.Blocking;
using XmppHost.Plugins.Carbons;
using XmppHost.Plugins.Tests.Support;

namespace XmppHost.Plugins.Tests.Carbons;

internal sealed class CarbonTests : IDisposable
{
    private const string Enable = "<iq id='e' type='set'><enable xmlns='urn:xmpp:carbons:2'/></iq>";

    private readonly FakeServer _server = new(
        "example.org", server => new CarbonsModule(server.Plugin("Carbons")), server => new BlockingModule(server.Plugin("Blocking")));

    private FakeSession _phone = null!;
    private FakeSession _desk = null!;
    private FakeSession _juliet = null!;

    [SetUp]
    public async Task LogIn()
    {
        _phone = await LogInAsync("romeo@example.org/phone");
        _desk = await LogInAsync("romeo@example.org/desk", Enable);
        _juliet = await LogInAsync("juliet@example.org/balcony");
    }

    public void Dispose() => _server.Dispose();

    [Test]
    public async Task What_one_device_sends_the_other_gets_as_a_copy()
    {
        await _server.SendAsync(_phone, "<message id='1' to='juliet@example.org' type='chat'><body>a &amp; b</body></message>");
        Assert.That(_desk.Take(), Is.EqualTo(new[]
        {
            "<message from='romeo@example.org' to='romeo@example.org/desk' type='chat'><sent xmlns='urn:xmpp:carbons:2'><forwarded xmlns='urn:xmpp:forward:0'>"
            + "<message xmlns='jabber:client' from='romeo@example.org/phone' id='1' to='juliet@example.org' type='chat'><body>a &amp; b</body></message></forwarded></sent></message>",
        }));
        Assert.That(_phone.Take(), Is.Empty);
        Assert.That(_juliet.Take(), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task What_one_device_receives_the_other_gets_as_a_copy()
    {
        await _server.SendAsync(_juliet, "<message to='romeo@example.org/phone'><body>x</body></message>");
        Assert.That(_desk.Take(), Is.EqualTo(new[]
        {
            "<message from='romeo@example.org' to='romeo@example.org/desk'><received xmlns='urn:xmpp:carbons:2'><forwarded xmlns='urn:xmpp:forward:0'>"
            + "<message xmlns='jabber:client' from='juliet@example.org/balcony' to='romeo@example.org/phone'><body>x</body></message></forwarded></received></message>",
        }));
        Assert.That(_phone.Take().Single(), Does.Not.Contain("carbons"));
    }

    [Test]
    public async Task Message_to_the_account_is_copied_only_to_devices_that_do_not_get_it()
    {
        await _server.SendAsync(_desk, "<presence><priority>-1</priority></presence>");
        var tablet = await LogInAsync("romeo@example.org/tablet", Enable);
        await _server.SendAsync(_juliet, "<message to='romeo@example.org' type='chat'><body>x</body></message>");
        Assert.That(_desk.Take().Single(), Does.Contain("<received xmlns='urn:xmpp:carbons:2'>"));
        Assert.That(tablet.Take().Single(), Does.Not.Contain("carbons"));
        Assert.That(_phone.Take().Single(), Does.Not.Contain("carbons"));
    }

    [Test]
    public async Task Device_that_did_not_ask_gets_no_copies_and_one_that_had_enough_no_more()
    {
        await _server.SendAsync(_juliet, "<message to='romeo@example.org/desk' type='chat'><body>x</body></message>");
        Assert.That(_phone.Take(), Is.Empty);

        await _server.SendAsync(_desk, "<iq id='d' type='set'><disable xmlns='urn:xmpp:carbons:2'/></iq>");
        Assert.That(_desk.Take()[^1], Is.EqualTo("<iq id='d' to='romeo@example.org/desk' type='result'/>"));
        await _server.SendAsync(_juliet, "<message to='romeo@example.org/phone' type='chat'><body>x</body></message>");
        Assert.That(_desk.Take(), Is.Empty);
    }

    [Test]
    public async Task Another_accounts_copies_cannot_be_switched()
    {
        await _server.SendAsync(_juliet, "<iq id='e' to='romeo@example.org' type='set'><enable xmlns='urn:xmpp:carbons:2'/></iq>");
        Assert.That(_juliet.Take().Single(), Does.Contain("<not-allowed xmlns="));
    }

    [Test]
    public async Task Message_to_the_own_account_comes_once_to_each_device_and_not_back_to_the_one_that_sent_it()
    {
        var tablet = await LogInAsync("romeo@example.org/tablet", Enable);
        await _server.SendAsync(_desk, "<message to='romeo@example.org/phone' type='chat'><body>note</body></message>");
        Assert.That(_desk.Take(), Is.Empty);
        Assert.That(_phone.Take(), Has.Length.EqualTo(1));
        Assert.That(tablet.Take().Single(), Does.Contain("<received xmlns='urn:xmpp:carbons:2'>"));
    }

    [Test]
    public async Task Message_that_was_blocked_is_not_copied()
    {
        await _server.SendAsync(_phone, "<iq id='b' type='set'><block xmlns='urn:xmpp:blocking'><item jid='juliet@example.org'/></block></iq>");
        _phone.Take();
        await _server.SendAsync(_juliet, "<message to='romeo@example.org/phone' type='chat'><body>x</body></message>");
        await _server.SendAsync(_phone, "<message to='juliet@example.org' type='chat'><body>x</body></message>");
        Assert.That(_desk.Take(), Is.Empty);
        Assert.That(_phone.Take().Single(), Does.Contain("type='error'"));
    }

    [Test]
    public async Task Error_is_copied_when_it_answers_what_was_copied()
    {
        await _server.SendAsync(_phone, "<message id='known' to='juliet@example.org' type='chat'><body>x</body></message>");
        _desk.Take();
        await _server.SendAsync(_juliet, "<message id='unknown' to='romeo@example.org/phone' type='error'><error type='cancel'/></message>");
        Assert.That(_desk.Take(), Is.Empty);
        await _server.SendAsync(_juliet, "<message id='known' to='romeo@example.org/phone' type='error'><error type='cancel'/></message>");
        Assert.That(_desk.Take().Single(), Does.StartWith("<message from='romeo@example.org' to='romeo@example.org/desk' type='error'><received "));
    }

    [Test]
    public async Task Message_that_is_refused_for_want_of_the_resource_is_not_copied()
    {
        await _server.SendAsync(_juliet, "<message to='romeo@example.org/gone' type='normal'><body>x</body></message>");
        Assert.That(_desk.Take().Where(m => m.Contains("carbons")), Is.Empty);
    }

    [Test]
    public async Task Copy_of_a_message_with_a_prefix_of_its_own_says_the_same()
    {
        await _server.SendAsync(_phone, "<c:message xmlns:c='jabber:client' to='juliet@example.org' type='chat'><c:body>x</c:body><store xmlns='urn:xmpp:hints'/></c:message>");
        Assert.That(_desk.Take().Single(), Does.Contain(
            "<message xmlns='jabber:client' from='romeo@example.org/phone' to='juliet@example.org' type='chat'><body>x</body><store xmlns='urn:xmpp:hints'/></message></forwarded>"));
    }

    private async Task<FakeSession> LogInAsync(string jid, string? then = null)
    {
        var session = await _server.ConnectAsync(jid);
        await _server.SendAsync(session, "<presence/>");
        if (then is not null) await _server.SendAsync(session, then);
        session.Take();
        return session;
    }
}
