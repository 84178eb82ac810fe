using XmppHost.Hosting;
using XmppHost.Plugins.Tests.Support;
using XmppHost.Stanzas;

namespace XmppHost.Plugins.Tests.Roster;

/// <summary>RFC 6121 section 4.</summary>
internal sealed class PresenceTests : IDisposable
{
    private readonly FakeServer _server = RosterServer.Create(options: "maxDirected=2");

    public void Dispose() => _server.Dispose();

    [Test]
    public async Task Initial_presence_goes_to_subscribers_and_brings_theirs()
    {
        var juliet = await _server.LogInAsync("juliet@example.org/balcony", "<presence><show>away</show></presence>");
        var romeo = await _server.LogInAsync("romeo@example.org/orchard");
        await _server.BefriendAsync(juliet, romeo);
        await _server.DisconnectAsync(romeo);
        juliet.Received.Clear();

        romeo = await _server.ConnectAsync("romeo@example.org/garden");
        await _server.SendAsync(romeo, "<presence><status>Here</status></presence>");
        Assert.That(juliet.Take(), Is.EqualTo(new[] { "<presence from='romeo@example.org/garden' to='juliet@example.org'><status>Here</status></presence>" }));
        Assert.That(romeo.Take(), Is.EqualTo(new[]
        {
            "<presence from='romeo@example.org/garden' to='romeo@example.org'><status>Here</status></presence>",
            "<presence from='juliet@example.org/balcony' to='romeo@example.org/garden'><show>away</show></presence>",
        }));
    }

    [Test]
    public async Task Presence_flows_only_in_the_direction_of_the_subscription()
    {
        var juliet = await _server.LogInAsync("juliet@example.org/balcony");
        var romeo = await _server.LogInAsync("romeo@example.org/orchard");
        await _server.SendAsync(romeo, "<presence type='subscribe' to='juliet@example.org'/>");
        await _server.SendAsync(juliet, "<presence type='subscribed' to='romeo@example.org'/>");
        juliet.Received.Clear();
        romeo.Received.Clear();
        await _server.SendAsync(romeo, "<presence><show>away</show></presence>");
        Assert.That(juliet.Received, Is.Empty);
        romeo.Received.Clear();
        await _server.SendAsync(juliet, "<presence><show>away</show></presence>");
        Assert.That(romeo.Take(), Is.EqualTo(new[] { "<presence from='juliet@example.org/balcony' to='romeo@example.org'><show>away</show></presence>" }));
    }

    [Test]
    public async Task Own_resources_see_each_other()
    {
        var balcony = await _server.LogInAsync("juliet@example.org/balcony", "<presence><show>dnd</show></presence>");
        var silent = await _server.ConnectAsync("juliet@example.org/silent");
        var chamber = await _server.ConnectAsync("juliet@example.org/chamber");
        await _server.SendAsync(chamber, "<presence/>");
        Assert.That(balcony.Take(), Is.EqualTo(new[] { "<presence from='juliet@example.org/chamber' to='juliet@example.org'/>" }));
        Assert.That(chamber.Take(), Is.EqualTo(new[]
        {
            "<presence from='juliet@example.org/chamber' to='juliet@example.org'/>",
            "<presence from='juliet@example.org/balcony' to='juliet@example.org/chamber'><show>dnd</show></presence>",
        }));
        Assert.That(silent.Received, Is.Empty);

        await _server.DisconnectAsync(chamber);
        Assert.That(balcony.Take(), Is.EqualTo(new[] { "<presence from='juliet@example.org/chamber' to='juliet@example.org' type='unavailable'/>" }));
    }

    [Test]
    public async Task Later_presence_probes_no_one()
    {
        var juliet = await _server.LogInAsync("juliet@example.org/balcony");
        await _server.SendAsync(juliet, "<presence type='subscribe' to='romeo@example.net'/>");
        await _server.RouteAsync(Wire.Stanza("<presence type='subscribed' from='romeo@example.net' to='juliet@example.org'/>"));
        _server.Abroad.Clear();
        await _server.SendAsync(juliet, "<presence><show>away</show></presence>");
        Assert.That(_server.Abroad, Is.Empty);
        await _server.SendAsync(juliet, "<presence type='unavailable'/>");
        await _server.SendAsync(juliet, "<presence/>");
        Assert.That(_server.Abroad.Select(Wire.Text), Is.EqualTo(new[] { "<presence from='juliet@example.org/balcony' to='romeo@example.net' type='probe'/>" }));
    }

    [Test]
    public async Task Unavailable_presence_is_broadcast_with_its_words()
    {
        var juliet = await _server.LogInAsync("juliet@example.org/balcony");
        var romeo = await _server.LogInAsync("romeo@example.org/orchard");
        await _server.BefriendAsync(juliet, romeo);
        await _server.SendAsync(romeo, "<presence type='unavailable'><status>Banished</status></presence>");
        Assert.That(juliet.Take(), Is.EqualTo(new[] { "<presence from='romeo@example.org/orchard' to='juliet@example.org' type='unavailable'><status>Banished</status></presence>" }));
        await _server.DisconnectAsync(romeo);
        Assert.That(juliet.Received, Is.Empty, "it has left already");
    }

    [Test]
    public async Task Directed_presence_is_withdrawn_with_the_resource()
    {
        var romeo = await _server.LogInAsync("romeo@example.org/orchard");
        await _server.SendAsync(romeo, "<presence to='coven@chat.example.net/thirdwitch'/>");
        await _server.SendAsync(romeo, "<presence to='paris@example.net'/>");
        await _server.SendAsync(romeo, "<presence type='unavailable' to='paris@example.net'/>");
        var view = _server.Get<IRosterView>();
        Assert.That(view.HasDirectedPresence(romeo, Addressing.Jid.Parse("coven@chat.example.net/thirdwitch")), Is.True);
        Assert.That(view.HasDirectedPresence(romeo, Addressing.Jid.Parse("paris@example.net")), Is.False);
        _server.Abroad.Clear();

        await _server.SendAsync(romeo, "<presence><show>away</show></presence>");
        Assert.That(_server.Abroad, Is.Empty, "updates are not for them");
        await _server.SendAsync(romeo, "<presence type='unavailable'><status>x</status></presence>");
        Assert.That(_server.Abroad.Select(Wire.Text), Is.EqualTo(new[]
        {
            "<presence from='romeo@example.org/orchard' to='coven@chat.example.net/thirdwitch' type='unavailable'><status>x</status></presence>",
        }));
        Assert.That(view.HasDirectedPresence(romeo, Addressing.Jid.Parse("coven@chat.example.net/thirdwitch")), Is.False);
    }

    [Test]
    public async Task Directed_presence_of_a_session_that_was_never_available_is_withdrawn_too()
    {
        var romeo = await _server.ConnectAsync("romeo@example.org/orchard");
        await _server.SendAsync(romeo, "<presence to='coven@chat.example.net/thirdwitch'/>");
        _server.Abroad.Clear();
        await _server.DisconnectAsync(romeo);
        Assert.That(_server.Abroad.Select(Wire.Text), Is.EqualTo(new[] { "<presence from='romeo@example.org/orchard' to='coven@chat.example.net/thirdwitch' type='unavailable'/>" }));
    }

    [Test]
    public async Task Directed_presence_survives_with_the_sessions_notes()
    {
        var romeo = await _server.ConnectAsync("romeo@example.org/orchard");
        await _server.SendAsync(romeo, "<presence to='coven@chat.example.net/third witch'/>");
        var resumed = new FakeSession(romeo.Jid, _server.Host) { ["presence.directed"] = romeo["presence.directed"] };
        Assert.That(_server.Get<IRosterView>().HasDirectedPresence(resumed, Addressing.Jid.Parse("coven@chat.example.net/third witch")), Is.True);
    }

    [Test]
    public async Task Subscriber_with_directed_presence_gets_one_leave()
    {
        var juliet = await _server.LogInAsync("juliet@example.org/balcony");
        var romeo = await _server.LogInAsync("romeo@example.org/orchard");
        await _server.BefriendAsync(juliet, romeo);
        await _server.SendAsync(romeo, "<presence to='juliet@example.org'/>");
        juliet.Received.Clear();
        await _server.DisconnectAsync(romeo);
        Assert.That(juliet.Take(), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Directed_presence_over_the_limit_is_refused()
    {
        var romeo = await _server.LogInAsync("romeo@example.org/orchard");
        foreach (var name in "aab") await _server.SendAsync(romeo, $"<presence to='{name}@example.net'/>");
        Assert.That(romeo.Received, Is.Empty);
        await _server.SendAsync(romeo, "<presence to='c@example.net'/>");
        Assert.That(romeo.Take().Single(), Does.Contain("<resource-constraint "));
        Assert.That(_server.Abroad, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Contact_that_answers_with_an_error_is_left_alone_until_it_shows_up()
    {
        var romeo = await _server.LogInAsync("romeo@example.org/orchard");
        await _server.RouteAsync(Wire.Stanza("<presence type='subscribe' from='paris@example.net' to='romeo@example.org'/>"));
        await _server.SendAsync(romeo, "<presence type='subscribed' to='paris@example.net'/>");
        await _server.SendAsync(romeo, "<presence to='paris@example.net/x'/>");
        await _server.RouteAsync(Wire.Stanza(
            "<presence type='error' from='paris@example.net/x' to='romeo@example.org/orchard'><error type='cancel'><remote-server-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></presence>"));
        Assert.That(romeo.Take()[^1], Does.Contain("remote-server-not-found"), "the client is told");
        _server.Abroad.Clear();

        await _server.SendAsync(romeo, "<presence><show>away</show></presence>");
        Assert.That(_server.Abroad, Is.Empty);
        await _server.RouteAsync(Wire.Stanza("<presence from='paris@example.net/x' to='romeo@example.org'/>"));
        await _server.SendAsync(romeo, "<presence><show>xa</show></presence>");
        Assert.That(_server.Abroad, Has.Count.EqualTo(1));

        _server.Abroad.Clear();
        await _server.SendAsync(romeo, "<presence type='unavailable'/>");
        Assert.That(_server.Abroad.Select(Wire.Text), Is.EqualTo(new[] { "<presence from='romeo@example.org/orchard' to='paris@example.net' type='unavailable'/>" }), "not to the failed address");
    }

    [Test]
    public async Task Probe_of_a_subscriber_brings_every_available_resource()
    {
        var balcony = await _server.LogInAsync("juliet@example.org/balcony", "<presence><show>away</show></presence>");
        var chamber = await _server.LogInAsync("juliet@example.org/chamber");
        await _server.ConnectAsync("juliet@example.org/silent");
        await GrantAsync(balcony, "romeo@example.net");
        await ProbeAsync("romeo@example.net/orchard", "juliet@example.org");
        Assert.That(_server.Abroad.Select(Wire.Text), Is.EquivalentTo(new[]
        {
            "<presence from='juliet@example.org/balcony' to='romeo@example.net/orchard'><show>away</show></presence>",
            "<presence from='juliet@example.org/chamber' to='romeo@example.net/orchard'/>",
        }));

        await ProbeAsync("romeo@example.net/orchard", "juliet@example.org/chamber");
        Assert.That(_server.Abroad.Select(Wire.Text), Is.EqualTo(new[] { "<presence from='juliet@example.org/chamber' to='romeo@example.net/orchard'/>" }));
        await ProbeAsync("romeo@example.net/orchard", "juliet@example.org/elsewhere");
        Assert.That(_server.Abroad.Select(Wire.Text), Is.EqualTo(new[] { "<presence from='juliet@example.org/elsewhere' to='romeo@example.net/orchard' type='unavailable'/>" }));
        Assert.That(chamber.Received.Any(s => s.PresenceType == PresenceType.Probe), Is.False);
    }

    [Test]
    public async Task Probe_of_someone_away_brings_the_last_words()
    {
        var juliet = await _server.LogInAsync("juliet@example.org/balcony");
        await GrantAsync(juliet, "romeo@example.net");
        await _server.SendAsync(juliet, "<presence type='unavailable'><status>Good night</status></presence>");
        await ProbeAsync("romeo@example.net/orchard", "juliet@example.org");
        Assert.That(_server.Abroad.Select(Wire.Text), Is.EqualTo(new[]
        {
            "<presence from='juliet@example.org/balcony' to='romeo@example.net/orchard' type='unavailable'><status>Good night</status>"
            + "<delay xmlns='urn:xmpp:delay' from='juliet@example.org/balcony' stamp='2026-01-02T03:04:05Z'/></presence>",
        }));

        await _server.SendAsync(juliet, "<presence/>");
        await _server.SendAsync(juliet, "<presence type='unavailable'/>");
        await ProbeAsync("romeo@example.net/orchard", "juliet@example.org");
        Assert.That(_server.Abroad.Select(Wire.Text), Is.EqualTo(new[] { "<presence from='juliet@example.org' to='romeo@example.net/orchard' type='unavailable'/>" }));
    }

    [Test]
    public async Task Stranger_learns_the_same_of_an_account_as_of_nobody()
    {
        await _server.LogInAsync("juliet@example.org/balcony");
        foreach (var name in new[] { "juliet", "nobody" })
        {
            await ProbeAsync("tybalt@example.net/x", $"{name}@example.org");
            Assert.That(_server.Abroad.Select(Wire.Text), Is.EqualTo(new[] { $"<presence from='{name}@example.org' to='tybalt@example.net' type='unsubscribed'/>" }));
        }
    }

    [Test]
    public async Task Whoever_was_shown_directed_presence_may_probe_that_resource()
    {
        var balcony = await _server.LogInAsync("juliet@example.org/balcony");
        await _server.LogInAsync("juliet@example.org/chamber");
        await _server.SendAsync(balcony, "<presence to='romeo@example.net/orchard'/>");
        await ProbeAsync("romeo@example.net/orchard", "juliet@example.org");
        Assert.That(_server.Abroad.Select(s => s.From!.Resource), Is.EqualTo(new[] { "balcony" }));
    }

    [Test]
    public async Task Two_thousand_contacts_log_in_with_one_read_and_reach_those_online()
    {
        var juliet = await _server.LogInAsync("juliet@example.org/balcony");
        var online = new List<FakeSession>();
        for (var i = 0; i < 20; i++)
        {
            var friend = await _server.LogInAsync($"friend{i}@example.org/x");
            await _server.BefriendAsync(juliet, friend);
            online.Add(friend);
        }

        for (var i = 0; i < 1980; i++)
            await _server.SendAsync(juliet, $"<iq type='set' id='s'><query xmlns='jabber:iq:roster'><item jid='contact{i}@example.org' name='Contact {i}'><group>All</group></item></query></iq>");
        juliet.Received.Clear();
        await _server.SendAsync(juliet, "<iq type='get' id='r'><query xmlns='jabber:iq:roster'/></iq>");
        Assert.That(juliet.Received.Single().Element.FirstElement()!.Elements().Count(), Is.EqualTo(2000));

        foreach (var friend in online) friend.Received.Clear();
        var reads = _server.Values.Reads;
        await _server.SendAsync(juliet, "<presence><show>away</show></presence>");
        Assert.That(online.Select(f => f.Received.Count), Is.All.EqualTo(1));
        Assert.That(_server.Values.Reads, Is.EqualTo(reads));
    }

    private async Task GrantAsync(FakeSession account, string to)
    {
        await _server.RouteAsync(Wire.Stanza($"<presence type='subscribe' from='{to}' to='{account.Jid.Bare}'/>"));
        await _server.SendAsync(account, $"<presence type='subscribed' to='{to}'/>");
        _server.Abroad.Clear();
    }

    private ValueTask ProbeAsync(string from, string to)
    {
        _server.Abroad.Clear();
        return _server.RouteAsync(Wire.Stanza($"<presence type='probe' from='{from}' to='{to}'/>"));
    }
}
