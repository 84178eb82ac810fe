using XmppHost.Addressing;
using XmppHost.Hosting;
using XmppHost.Plugins.Blocking;
using XmppHost.Plugins.Roster;
using XmppHost.Plugins.Tests.Roster;
using XmppHost.Plugins.Tests.Support;

namespace XmppHost.Plugins.Tests.Blocking;

internal sealed class BlockingTests : IDisposable
{
    private const string Blocked = "<error type='cancel'><not-acceptable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/><blocked xmlns='urn:xmpp:blocking:errors'/></error>";
    private const string Unavailable = "<error type='cancel'><service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>";

    private readonly FakeServer _server = new(
        "example.org",
        server => new RosterModule(server.Plugin("Roster")),
        server => new BlockingModule(server.Plugin("Blocking", "maxItems=3")));

    public void Dispose() => _server.Dispose();

    [Test]
    public async Task List_is_empty_at_first_and_then_has_what_was_blocked()
    {
        var juliet = await _server.LogInAsync("juliet@example.org/balcony");
        Assert.That(await ListAsync(juliet), Is.EqualTo("<blocklist xmlns='urn:xmpp:blocking'/>"));
        await CommandAsync(juliet, "block", "romeo@montague.net", "iago@shakespeare.lit");
        Assert.That(await ListAsync(juliet), Is.EqualTo("<blocklist xmlns='urn:xmpp:blocking'><item jid='iago@shakespeare.lit'/><item jid='romeo@montague.net'/></blocklist>"));
        Assert.That(
            (await new BlockLists(_server.Values, new BlockingOptions()).GetAsync(juliet.Jid)).Items.Select(i => i.ToString()),
            Is.EquivalentTo(new[] { "romeo@montague.net", "iago@shakespeare.lit" }));
    }

    [Test]
    public async Task Commands_are_pushed_to_resources_that_have_the_list()
    {
        var balcony = await _server.LogInAsync("juliet@example.org/balcony");
        var chamber = await _server.LogInAsync("juliet@example.org/chamber");
        await ListAsync(balcony);
        chamber.Received.Clear();

        await CommandAsync(balcony, "block", "romeo@montague.net");
        Assert.That(balcony.Received.Select(s => s.Type), Is.EqualTo(new[] { "set", "result" }));
        Assert.That(Wire.Text(balcony.Received[0].Element.FirstElement()!), Is.EqualTo("<block xmlns='urn:xmpp:blocking'><item jid='romeo@montague.net'/></block>"));
        Assert.That(balcony.Received[0].To, Is.EqualTo(balcony.Jid));
        Assert.That(chamber.Received, Is.Empty);

        await ListAsync(chamber);
        await CommandAsync(balcony, "unblock");
        Assert.That(Wire.Text(chamber.Received.Single().Element.FirstElement()!), Is.EqualTo("<unblock xmlns='urn:xmpp:blocking'/>"));
        Assert.That(await ListAsync(chamber), Is.EqualTo("<blocklist xmlns='urn:xmpp:blocking'/>"));
    }

    [Test]
    public async Task One_item_is_unblocked_and_the_others_stay()
    {
        var juliet = await _server.LogInAsync("juliet@example.org/balcony");
        await CommandAsync(juliet, "block", "a@montague.net", "b@montague.net");
        await CommandAsync(juliet, "unblock", "a@montague.net", "never-blocked@montague.net");
        Assert.That(juliet.Received[^1].Type, Is.EqualTo("result"));
        Assert.That(await ListAsync(juliet), Is.EqualTo("<blocklist xmlns='urn:xmpp:blocking'><item jid='b@montague.net'/></blocklist>"));
    }

    [TestCase("<block xmlns='urn:xmpp:blocking'/>", "bad-request")]
    [TestCase("<block xmlns='urn:xmpp:blocking'><item/></block>", "bad-request")]
    [TestCase("<block xmlns='urn:xmpp:blocking'><item jid='@'/></block>", "jid-malformed")]
    [TestCase("<unblock xmlns='urn:xmpp:blocking'><item jid='@'/></unblock>", "jid-malformed")]
    [TestCase("<block xmlns='urn:xmpp:blocking'><item jid='juliet@example.org/chamber'/></block>", "not-allowed")]
    public async Task Wrong_command_is_refused(string payload, string condition)
    {
        var juliet = await _server.LogInAsync("juliet@example.org/balcony");
        await _server.SendAsync(juliet, $"<iq type='set' id='1'>{payload}</iq>");
        Assert.That(juliet.Take().Single(), Does.Contain($"<{condition} "));
    }

    [Test]
    public async Task List_over_the_limit_is_refused_as_a_whole()
    {
        var juliet = await _server.LogInAsync("juliet@example.org/balcony");
        await CommandAsync(juliet, "block", "a@b", "c@d");
        await CommandAsync(juliet, "block", "e@f", "g@h");
        Assert.That(juliet.Take()[^1], Does.Contain("<resource-constraint "));
        await CommandAsync(juliet, "block", "a@b", "e@f");
        Assert.That(juliet.Take()[^1], Does.Contain("'result'"), "what is blocked already does not count twice");
    }

    [TestCase("<message type='chat' id='1' to='juliet@example.org'><body>x</body></message>", true)]
    [TestCase("<message id='1' to='juliet@example.org/balcony'><body>x</body></message>", true)]
    [TestCase("<message type='headline' id='1' to='juliet@example.org/balcony'/>", true)]
    [TestCase("<message type='groupchat' id='1' to='juliet@example.org/balcony'/>", false)]
    [TestCase("<message type='error' id='1' to='juliet@example.org/balcony'/>", false)]
    [TestCase("<iq type='get' id='1' to='juliet@example.org/balcony'><ping xmlns='urn:xmpp:ping'/></iq>", true)]
    [TestCase("<iq type='set' id='1' to='juliet@example.org/balcony'><x xmlns='y'/></iq>", true)]
    [TestCase("<iq type='result' id='1' to='juliet@example.org/balcony'/>", false)]
    [TestCase("<iq type='error' id='1' to='juliet@example.org/balcony'/>", false)]
    [TestCase("<presence to='juliet@example.org'/>", false)]
    [TestCase("<presence type='subscribe' to='juliet@example.org'/>", false)]
    [TestCase("<presence type='probe' to='juliet@example.org'/>", false)]
    public async Task Nothing_comes_in_from_a_blocked_address(string stanza, bool error)
    {
        var juliet = await _server.LogInAsync("juliet@example.org/balcony");
        var romeo = await _server.LogInAsync("romeo@example.org/orchard");
        await CommandAsync(juliet, "block", "romeo@example.org");
        juliet.Received.Clear();
        await _server.SendAsync(romeo, stanza);

        Assert.That(juliet.Received, Is.Empty);
        var answers = romeo.Received.Where(s => s.Type != "set").Select(Wire.Text).ToArray();
        if (error) Assert.That(answers.Single(), Does.Contain(Unavailable));
        else Assert.That(answers, Is.Empty);
    }

    [TestCase("<message type='chat' id='1' to='romeo@example.org'><body>x</body></message>", true)]
    [TestCase("<presence to='romeo@example.org/orchard'/>", true)]
    [TestCase("<presence type='subscribe' to='romeo@example.org'/>", true)]
    [TestCase("<iq type='get' id='1' to='romeo@example.org/orchard'><x xmlns='y'/></iq>", true)]
    [TestCase("<iq type='result' id='1' to='romeo@example.org/orchard'/>", false)]
    public async Task Nothing_goes_out_to_a_blocked_address(string stanza, bool error)
    {
        var juliet = await _server.LogInAsync("juliet@example.org/balcony");
        var romeo = await _server.LogInAsync("romeo@example.org/orchard");
        await CommandAsync(juliet, "block", "romeo@example.org");
        juliet.Received.Clear();
        await _server.SendAsync(juliet, stanza);

        Assert.That(romeo.Received, Is.Empty);
        if (error) Assert.That(juliet.Take().Single(), Does.Contain(Blocked));
        else Assert.That(juliet.Received, Is.Empty);
        Assert.That(await _server.RosterAsync(juliet), Is.Empty);
    }

    [Test]
    public async Task Own_resources_and_the_own_server_are_never_cut_off()
    {
        var balcony = await _server.LogInAsync("juliet@example.org/balcony");
        var chamber = await _server.LogInAsync("juliet@example.org/chamber");
        await CommandAsync(balcony, "block", "example.org");
        balcony.Received.Clear();
        await _server.SendAsync(chamber, "<message to='juliet@example.org/balcony'><body>x</body></message>");
        Assert.That(balcony.Take(), Has.Length.EqualTo(1));
        await _server.SendAsync(balcony, "<iq type='get' id='1' to='example.org'><x xmlns='y'/></iq>");
        Assert.That(balcony.Take().Single(), Does.Contain("service-unavailable"), "the server itself has answered");
        await _server.RouteAsync(Wire.Stanza("<message from='example.org' to='juliet@example.org/balcony'><body>Maintenance</body></message>"));
        Assert.That(balcony.Take(), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Blocked_contact_sees_the_account_leave_and_come_back()
    {
        var juliet = await _server.LogInAsync("juliet@example.org/balcony", "<presence><show>chat</show></presence>");
        var romeo = await _server.LogInAsync("romeo@example.org/orchard");
        await _server.BefriendAsync(juliet, romeo);

        await CommandAsync(juliet, "block", "romeo@example.org");
        Assert.That(romeo.Take(), Is.EqualTo(new[] { "<presence from='juliet@example.org/balcony' to='romeo@example.org' type='unavailable'/>" }));
        await _server.SendAsync(juliet, "<presence><show>away</show></presence>");
        await _server.SendAsync(romeo, "<presence><show>xa</show></presence>");
        Assert.That(romeo.Take(), Is.EqualTo(new[] { "<presence from='romeo@example.org/orchard' to='romeo@example.org'><show>xa</show></presence>" }), "the broadcast leaves him out");
        await _server.DisconnectAsync(juliet);
        juliet = await _server.LogInAsync("juliet@example.org/balcony");
        Assert.That(romeo.Received, Is.Empty);

        juliet.Received.Clear();
        await CommandAsync(juliet, "unblock", "romeo@example.org");
        Assert.That(romeo.Take(), Is.EqualTo(new[] { "<presence from='juliet@example.org/balcony' to='romeo@example.org'/>" }));
        Assert.That(juliet.Take()[^1], Is.EqualTo("<presence from='romeo@example.org/orchard' to='juliet@example.org/balcony'><show>xa</show></presence>"));
    }

    [Test]
    public async Task Who_may_not_see_the_account_is_told_nothing()
    {
        var juliet = await _server.LogInAsync("juliet@example.org/balcony");
        var romeo = await _server.LogInAsync("romeo@example.org/orchard");
        await _server.SendAsync(juliet, "<presence type='subscribe' to='romeo@example.org'/>");
        await _server.SendAsync(romeo, "<presence type='subscribed' to='juliet@example.org'/>");
        romeo.Received.Clear();
        await CommandAsync(juliet, "block", "romeo@example.org");
        await CommandAsync(juliet, "unblock");
        Assert.That(romeo.Received, Is.Empty);
    }

    [Test]
    public async Task Block_again_of_what_is_blocked_sends_no_presence()
    {
        var juliet = await _server.LogInAsync("juliet@example.org/balcony");
        var romeo = await _server.LogInAsync("romeo@example.org/orchard");
        await _server.BefriendAsync(juliet, romeo);
        await CommandAsync(juliet, "block", "romeo@example.org");
        romeo.Received.Clear();
        await CommandAsync(juliet, "block", "romeo@example.org");
        Assert.That(romeo.Received, Is.Empty);
    }

    [Test]
    public async Task Whole_domain_is_hidden_from_and_one_resource_alone_where_that_is_listed()
    {
        var juliet = await _server.LogInAsync("juliet@example.org/balcony");
        await GrantAsync(juliet, "romeo@montague.net");
        await GrantAsync(juliet, "benvolio@montague.net");
        await CommandAsync(juliet, "block", "romeo@montague.net/orchard");
        Assert.That(_server.Abroad.Select(Wire.Text), Is.EqualTo(new[] { "<presence from='juliet@example.org/balcony' to='romeo@montague.net/orchard' type='unavailable'/>" }));
        _server.Abroad.Clear();
        await CommandAsync(juliet, "block", "montague.net");
        Assert.That(_server.Abroad.Select(Wire.Text), Is.EquivalentTo(new[]
        {
            "<presence from='juliet@example.org/balcony' to='romeo@montague.net' type='unavailable'/>",
            "<presence from='juliet@example.org/balcony' to='benvolio@montague.net' type='unavailable'/>",
        }));
    }

    [Test]
    public async Task Unblocked_contact_whose_domain_stays_blocked_is_not_shown_anything()
    {
        var juliet = await _server.LogInAsync("juliet@example.org/balcony");
        await GrantAsync(juliet, "romeo@montague.net");
        await CommandAsync(juliet, "block", "romeo@montague.net", "montague.net");
        _server.Abroad.Clear();
        await CommandAsync(juliet, "unblock", "romeo@montague.net");
        Assert.That(_server.Abroad, Is.Empty);
    }

    [Test]
    public async Task Directed_presence_is_withdrawn_from_a_blocked_address()
    {
        var juliet = await _server.LogInAsync("juliet@example.org/balcony");
        await _server.SendAsync(juliet, "<presence to='tybalt@capulet.net/x'/>");
        _server.Abroad.Clear();
        await CommandAsync(juliet, "block", "tybalt@capulet.net/x");
        Assert.That(_server.Abroad.Select(Wire.Text), Is.EqualTo(new[] { "<presence from='juliet@example.org/balcony' to='tybalt@capulet.net/x' type='unavailable'/>" }));
    }

    [Test]
    public async Task List_is_read_once_and_judged_from_memory()
    {
        var juliet = await _server.LogInAsync("juliet@example.org/balcony");
        var romeo = await _server.LogInAsync("romeo@example.org/orchard");
        await _server.SendAsync(romeo, "<message to='juliet@example.org'><body>x</body></message>");
        var reads = _server.Values.Reads;
        for (var i = 0; i < 100; i++) await _server.SendAsync(romeo, "<message to='juliet@example.org'><body>x</body></message>");
        Assert.That(_server.Values.Reads, Is.EqualTo(reads));
        Assert.That(juliet.Received, Has.Count.EqualTo(101));
    }

    [Test]
    public async Task Works_without_a_roster()
    {
        using var server = new FakeServer("example.org", s => new BlockingModule(s.Plugin("Blocking")));
        var juliet = await server.ConnectAsync("juliet@example.org/balcony");
        await server.SendAsync(juliet, "<iq type='set' id='1'><block xmlns='urn:xmpp:blocking'><item jid='romeo@montague.net'/></block></iq>");
        await server.SendAsync(juliet, "<iq type='set' id='2'><unblock xmlns='urn:xmpp:blocking'/></iq>");
        Assert.That(juliet.Received.Select(s => s.Type), Is.EqualTo(new[] { "result", "result" }));
    }

    [Test]
    public async Task Other_plugins_can_ask_who_is_blocked()
    {
        var juliet = await _server.LogInAsync("juliet@example.org/balcony");
        var lists = _server.Get<IBlockList>();
        Assert.That(await lists.BlockedByAsync(juliet.Jid), Is.Null);
        await CommandAsync(juliet, "block", "romeo@montague.net");
        var blocked = await lists.BlockedByAsync(juliet.Jid);
        Assert.That(blocked!(Jid.Parse("romeo@montague.net/orchard")), Is.True);
        await _server.Accounts.DeleteAsync(juliet.Jid.Bare);
        Assert.That(await lists.BlockedByAsync(juliet.Jid), Is.Null);
        Assert.That(await _server.Values.ListAsync("juliet@example.org", "blocking", default), Is.Empty);
    }

    private Task CommandAsync(FakeSession session, string command, params string[] items) =>
        _server.SendAsync(session, $"<iq type='set' id='1'><{command} xmlns='urn:xmpp:blocking'>{string.Concat(items.Select(i => $"<item jid='{i}'/>"))}</{command}></iq>");

    private async Task<string> ListAsync(FakeSession session)
    {
        await _server.SendAsync(session, "<iq type='get' id='list'><blocklist xmlns='urn:xmpp:blocking'/></iq>");
        var list = Wire.Text(session.Received[^1].Element.FirstElement()!);
        session.Received.Clear();
        return list;
    }

    private async Task GrantAsync(FakeSession account, string to)
    {
        await _server.RouteAsync(Wire.Stanza($"<presence type='subscribe' from='{to}' to='{account.Jid.Bare}'/>"));
        await _server.SendAsync(account, $"<presence type='subscribed' to='{to}'/>");
        _server.Abroad.Clear();
    }
}
