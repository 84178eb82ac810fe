using XmppHost.Plugins.Tests.Support;

namespace XmppHost.Plugins.Tests.Roster;

/// <summary>The flows of RFC 6121 section 3 as both sides see them.</summary>
internal sealed class SubscriptionFlowTests : IDisposable
{
    private readonly FakeServer _server = RosterServer.Create(options: ["maxRequests=2", "maxRequestSize=300"]);

    public void Dispose() => _server.Dispose();

    [Test]
    public async Task Request_is_sent_between_bare_addresses_and_pushed_as_asked_for()
    {
        var romeo = await _server.LogInAsync("romeo@example.org/orchard");
        await _server.SendAsync(romeo, "<presence id='xk3' type='subscribe' to='juliet@example.net/balcony'><status>Let me</status></presence>");
        Assert.That(_server.Abroad.Select(Wire.Text), Is.EqualTo(new[]
        {
            "<presence from='romeo@example.org' id='xk3' to='juliet@example.net' type='subscribe'><status>Let me</status></presence>",
        }));
        Assert.That(romeo.Pushes(), Is.EqualTo(new[] { "<item ask='subscribe' jid='juliet@example.net' subscription='none'/>" }));
    }

    [Test]
    public async Task Request_reaches_every_available_resource_and_no_roster()
    {
        var balcony = await _server.LogInAsync("juliet@example.org/balcony");
        var chamber = await _server.LogInAsync("juliet@example.org/chamber");
        var silent = await _server.ConnectAsync("juliet@example.org/silent");
        balcony.Received.Clear();
        var romeo = await _server.LogInAsync("romeo@example.org/orchard");
        await _server.SendAsync(romeo, "<presence type='subscribe' to='juliet@example.org'/>");

        const string request = "<presence from='romeo@example.org' to='juliet@example.org' type='subscribe'/>";
        Assert.That(balcony.Take(), Is.EqualTo(new[] { request }));
        Assert.That(chamber.Take(), Is.EqualTo(new[] { request }));
        Assert.That(silent.Received, Is.Empty);
        Assert.That(await _server.RosterAsync(balcony), Is.Empty);
    }

    [Test]
    public async Task Request_waits_for_every_new_resource_until_it_is_answered()
    {
        var romeo = await _server.LogInAsync("romeo@example.org/orchard");
        await _server.Accounts.CreateAsync("juliet", "x");
        await _server.SendAsync(romeo, "<presence type='subscribe' to='juliet@example.org'><status>1</status></presence>");
        await _server.SendAsync(romeo, "<presence type='subscribe' to='juliet@example.org'><status>2</status></presence>");

        const string request = "<presence from='romeo@example.org' to='juliet@example.org' type='subscribe'><status>1</status></presence>";
        foreach (var resource in new[] { "balcony", "chamber" })
        {
            var juliet = await _server.ConnectAsync($"juliet@example.org/{resource}");
            await _server.SendAsync(juliet, "<presence/>");
            Assert.That(juliet.Take().Where(s => s.Contains("subscribe")), Is.EqualTo(new[] { request }));
            await _server.SendAsync(juliet, "<presence><show>away</show></presence>");
            Assert.That(juliet.Take().Where(s => s.Contains("subscribe")), Is.Empty);
            await _server.DisconnectAsync(juliet);
        }

        var answering = await _server.LogInAsync("juliet@example.org/balcony");
        await _server.SendAsync(answering, "<presence type='unsubscribed' to='romeo@example.org'/>");
        var next = await _server.ConnectAsync("juliet@example.org/chamber");
        await _server.SendAsync(next, "<presence/>");
        Assert.That(next.Take().Where(s => s.Contains("subscribe")), Is.Empty);
    }

    [Test]
    public async Task Granted_request_is_told_pushed_and_followed_by_presence()
    {
        var romeo = await _server.LogInAsync("romeo@example.org/orchard");
        var juliet = await _server.LogInAsync("juliet@example.org/balcony", "<presence><show>dnd</show></presence>");
        await _server.SendAsync(romeo, "<presence type='subscribe' to='juliet@example.org'/>");
        romeo.Received.Clear();
        juliet.Received.Clear();
        await _server.SendAsync(juliet, "<presence id='h4v1' type='subscribed' to='romeo@example.org/orchard'/>");

        Assert.That(juliet.Pushes(), Is.EqualTo(new[] { "<item jid='romeo@example.org' subscription='from'/>" }));
        Assert.That(romeo.Pushes(), Is.EqualTo(new[] { "<item jid='juliet@example.org' subscription='to'/>" }));
        Assert.That(romeo.Received[1].Type, Is.EqualTo("set"));
        Assert.That(new[] { Wire.Text(romeo.Received[0]), Wire.Text(romeo.Received[2]) }, Is.EqualTo(new[]
        {
            "<presence from='juliet@example.org' id='h4v1' to='romeo@example.org' type='subscribed'/>",
            "<presence from='juliet@example.org/balcony' to='romeo@example.org'><show>dnd</show></presence>",
        }));
    }

    [Test]
    public async Task Refused_request_is_told_and_pushed_to_the_one_who_asked()
    {
        var romeo = await _server.LogInAsync("romeo@example.org/orchard");
        var juliet = await _server.LogInAsync("juliet@example.org/balcony");
        await _server.SendAsync(romeo, "<presence type='subscribe' to='juliet@example.org'/>");
        romeo.Received.Clear();
        juliet.Received.Clear();
        await _server.SendAsync(juliet, "<presence type='unsubscribed' to='romeo@example.org'/>");
        Assert.That(juliet.Received, Is.Empty);
        Assert.That(Wire.Text(romeo.Received[0]), Is.EqualTo("<presence from='juliet@example.org' to='romeo@example.org' type='unsubscribed'/>"));
        Assert.That(romeo.Pushes(), Is.EqualTo(new[] { "<item jid='juliet@example.org' subscription='none'/>" }));
    }

    [Test]
    public async Task Cancelled_subscription_hides_before_it_tells()
    {
        var romeo = await _server.LogInAsync("romeo@example.org/orchard");
        var juliet = await _server.LogInAsync("juliet@example.org/balcony");
        await _server.BefriendAsync(romeo, juliet);
        await _server.SendAsync(juliet, "<presence type='unsubscribed' to='romeo@example.org'/>");
        Assert.That(juliet.Pushes(), Is.EqualTo(new[] { "<item jid='romeo@example.org' subscription='to'/>" }));
        Assert.That(romeo.Pushes(), Is.EqualTo(new[] { "<item jid='juliet@example.org' subscription='from'/>" }));
        Assert.That(romeo.Received.Where(s => s.Type != "set").Select(Wire.Text), Is.EqualTo(new[]
        {
            "<presence from='juliet@example.org/balcony' to='romeo@example.org' type='unavailable'/>",
            "<presence from='juliet@example.org' to='romeo@example.org' type='unsubscribed'/>",
        }));
    }

    [Test]
    public async Task Unsubscribing_is_told_pushed_and_hides_the_other()
    {
        var romeo = await _server.LogInAsync("romeo@example.org/orchard");
        var juliet = await _server.LogInAsync("juliet@example.org/balcony");
        await _server.BefriendAsync(romeo, juliet);
        await _server.SendAsync(romeo, "<presence type='unsubscribe' to='juliet@example.org'/>");
        Assert.That(romeo.Pushes(), Is.EqualTo(new[] { "<item jid='juliet@example.org' subscription='from'/>" }));
        Assert.That(romeo.Take()[1], Is.EqualTo("<presence from='juliet@example.org/balcony' to='romeo@example.org' type='unavailable'/>"));
        Assert.That(Wire.Text(juliet.Received[0]), Is.EqualTo("<presence from='romeo@example.org' to='juliet@example.org' type='unsubscribe'/>"));
        Assert.That(juliet.Pushes(), Is.EqualTo(new[] { "<item jid='romeo@example.org' subscription='to'/>" }));
    }

    [Test]
    public async Task Request_approved_in_advance_is_granted_without_asking()
    {
        var romeo = await _server.LogInAsync("romeo@example.org/orchard");
        var juliet = await _server.LogInAsync("juliet@example.org/balcony");
        await _server.SendAsync(juliet, "<presence type='subscribed' to='romeo@example.org'/>");
        Assert.That(juliet.Pushes(), Is.EqualTo(new[] { "<item approved='true' jid='romeo@example.org' subscription='none'/>" }));
        Assert.That(romeo.Received, Is.Empty);
        await _server.SendAsync(juliet, "<presence type='subscribed' to='romeo@example.org'/>");
        Assert.That(juliet.Pushes(), Has.Length.EqualTo(1), "once is enough");
        juliet.Received.Clear();

        await _server.SendAsync(romeo, "<presence type='subscribe' to='juliet@example.org'/>");
        Assert.That(juliet.Received, Has.Count.EqualTo(1));
        Assert.That(juliet.Pushes(), Is.EqualTo(new[] { "<item approved='true' jid='romeo@example.org' subscription='from'/>" }));
        Assert.That(romeo.Pushes()[^1], Is.EqualTo("<item jid='juliet@example.org' subscription='to'/>"));
        Assert.That(romeo.Take()[^1], Is.EqualTo("<presence from='juliet@example.org/balcony' to='romeo@example.org'/>"));
    }

    [Test]
    public async Task Approval_in_advance_can_be_taken_back()
    {
        var romeo = await _server.LogInAsync("romeo@example.org/orchard");
        var juliet = await _server.LogInAsync("juliet@example.org/balcony");
        await _server.SendAsync(juliet, "<presence type='subscribed' to='romeo@example.org'/>");
        await _server.SendAsync(juliet, "<presence type='unsubscribed' to='romeo@example.org'/>");
        Assert.That(romeo.Received, Is.Empty);
        Assert.That(juliet.Pushes()[^1], Is.EqualTo("<item jid='romeo@example.org' subscription='none'/>"));
        juliet.Received.Clear();
        await _server.SendAsync(romeo, "<presence type='subscribe' to='juliet@example.org'/>");
        Assert.That(juliet.Take(), Is.EqualTo(new[] { "<presence from='romeo@example.org' to='juliet@example.org' type='subscribe'/>" }));
    }

    [Test]
    public async Task Request_for_what_is_granted_already_is_answered_by_the_server()
    {
        using var elsewhere = RosterServer.Create("example.net");
        elsewhere.Link(_server);
        var romeo = await elsewhere.LogInAsync("romeo@example.net/orchard");
        var juliet = await _server.LogInAsync("juliet@example.org/balcony");
        await _server.BefriendAsync(juliet, romeo, elsewhere);

        // Romeo's server has forgotten.
        await elsewhere.Values.EraseAsync("romeo@example.net", null, default);
        await elsewhere.Get<XmppHost.Plugins.Roster.Rosters>().EraseAsync(romeo.Jid, default);
        await elsewhere.SendAsync(romeo, "<presence type='subscribe' to='juliet@example.org'/>");
        Assert.That(juliet.Received, Is.Empty);
        Assert.That(await elsewhere.RosterAsync(romeo), Is.EqualTo(new[] { "<item jid='juliet@example.org' subscription='to'/>" }));
    }

    [Test]
    public async Task Stanzas_that_the_tables_stop_reach_no_one()
    {
        var romeo = await _server.LogInAsync("romeo@example.org/orchard");
        var juliet = await _server.LogInAsync("juliet@example.org/balcony");
        foreach (var type in new[] { "unsubscribed", "unsubscribe", "subscribed" })
        {
            await _server.SendAsync(romeo, $"<presence type='{type}' to='juliet@example.org'/>");
            Assert.That(juliet.Take(), Is.Empty, type);
        }

        Assert.That(await _server.RosterAsync(juliet), Is.Empty);
    }

    [Test]
    public async Task Nobody_subscribes_to_himself()
    {
        var juliet = await _server.LogInAsync("juliet@example.org/balcony");
        await _server.SendAsync(juliet, "<presence type='subscribe' to='juliet@example.org'/>");
        Assert.That(juliet.Received, Is.Empty);
        Assert.That(await _server.RosterAsync(juliet), Is.Empty);
    }

    [Test]
    public async Task Request_to_nobody_is_dropped_and_leaves_nothing_behind()
    {
        var romeo = await _server.LogInAsync("romeo@example.org/orchard");
        await _server.SendAsync(romeo, "<presence type='subscribe' to='nobody@example.org'/>");
        Assert.That(romeo.Received.Where(s => s.Kind == Stanzas.StanzaKind.Presence), Is.Empty);
        Assert.That(await _server.Values.ListAsync("nobody@example.org", "roster", default), Is.Empty);
    }

    [Test]
    public async Task Requests_over_the_limit_are_refused()
    {
        await _server.Accounts.CreateAsync("juliet", "x");
        foreach (var name in new[] { "a", "b", "c" })
        {
            var suitor = await _server.LogInAsync($"{name}@example.org/x");
            await _server.SendAsync(suitor, "<presence type='subscribe' to='juliet@example.org'/>");
            var refused = suitor.Take().Any(s => s.Contains("<resource-constraint "));
            Assert.That(refused, Is.EqualTo(name == "c"));
        }
    }

    [Test]
    public async Task Of_a_long_request_only_the_sender_is_kept()
    {
        var romeo = await _server.LogInAsync("romeo@example.org/orchard");
        var juliet = await _server.LogInAsync("juliet@example.org/balcony");
        await _server.SendAsync(romeo, $"<presence type='subscribe' to='juliet@example.org'><status>{new string('x', 400)}</status></presence>");
        Assert.That(juliet.Take().Single(), Does.Contain("xxx"));
        var chamber = await _server.ConnectAsync("juliet@example.org/chamber");
        await _server.SendAsync(chamber, "<presence/>");
        Assert.That(chamber.Take()[^1], Is.EqualTo("<presence from='romeo@example.org' to='juliet@example.org' type='subscribe'/>"));
    }

    [Test]
    public async Task Failed_write_changes_neither_roster_nor_clients()
    {
        var romeo = await _server.LogInAsync("romeo@example.org/orchard");
        _server.Values.FailWith = new IOException("disk full");
        await Assert.ThrowsAsync<IOException>(() => _server.SendAsync(romeo, "<presence type='subscribe' to='juliet@example.net'/>"));
        Assert.That(romeo.Received, Is.Empty);
        Assert.That(_server.Abroad, Is.Empty);
        Assert.That(await _server.RosterAsync(romeo), Is.Empty);
    }
}
