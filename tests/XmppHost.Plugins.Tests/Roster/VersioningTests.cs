using XmppHost.Addressing;
using XmppHost.Plugins.Roster;
using XmppHost.Plugins.Tests.Support;

namespace XmppHost.Plugins.Tests.Roster;

internal sealed class VersioningTests : IDisposable
{
    private readonly FakeServer _server = RosterServer.Create(options: "rememberRemoved=2");

    public void Dispose() => _server.Dispose();

    [Test]
    public async Task Client_that_asks_without_version_is_given_none()
    {
        var juliet = await _server.ConnectAsync("juliet@example.org/balcony");
        await SetAsync(juliet, "<item jid='a@example.net'/>");
        await GetAsync(juliet, null);
        Assert.That(juliet.Received[^1].Element.FirstElement()!.Attribute("ver"), Is.Null);
    }

    [Test]
    public async Task Client_without_a_roster_gets_it_whole_with_its_version()
    {
        var juliet = await _server.ConnectAsync("juliet@example.org/balcony");
        await SetAsync(juliet, "<item jid='a@example.net'/>");
        Assert.That(await GetAsync(juliet, ""), Is.EqualTo(new[] { "a@example.net none" }));
        Assert.That(juliet.Received[^1].Element.FirstElement()!.Attribute("ver"), Is.Not.Null.And.Not.Empty);
    }

    [Test]
    public async Task Client_that_is_up_to_date_gets_an_empty_result()
    {
        var juliet = await _server.LogInAsync("juliet@example.org/balcony");
        await SetAsync(juliet, "<item jid='a@example.net'/>");
        var version = LastVersion(juliet);
        juliet.Received.Clear();
        await GetAsync(juliet, version);
        Assert.That(juliet.Take(), Is.EqualTo(new[] { "<iq id='get' to='juliet@example.org/balcony' type='result'/>" }));
    }

    [Test]
    public async Task Client_that_was_away_gets_an_empty_result_and_what_changed_in_order()
    {
        var juliet = await _server.LogInAsync("juliet@example.org/balcony");
        foreach (var name in "abcd") await SetAsync(juliet, $"<item jid='{name}@example.net'/>");
        var version = LastVersion(juliet);
        await SetAsync(juliet, "<item jid='e@example.net'/>");
        await SetAsync(juliet, "<item jid='a@example.net' subscription='remove'/>");
        await SetAsync(juliet, "<item jid='b@example.net' name='B'/>");
        var newest = LastVersion(juliet);
        juliet.Received.Clear();

        Assert.That(await GetAsync(juliet, version), Is.Empty);
        Assert.That(juliet.Pushes(), Is.EqualTo(new[]
        {
            "<item jid='e@example.net' subscription='none'/>",
            "<item jid='a@example.net' subscription='remove'/>",
            "<item jid='b@example.net' name='B' subscription='none'/>",
        }));
        Assert.That(LastVersion(juliet), Is.EqualTo(newest));
    }

    [Test]
    public async Task Contact_that_came_back_is_not_removed_any_more()
    {
        var juliet = await _server.LogInAsync("juliet@example.org/balcony");
        await SetAsync(juliet, "<item jid='a@example.net'/>");
        var version = LastVersion(juliet);
        await SetAsync(juliet, "<item jid='a@example.net' subscription='remove'/>");
        await SetAsync(juliet, "<item jid='a@example.net' name='A'/>");
        juliet.Received.Clear();
        await GetAsync(juliet, version);
        Assert.That(juliet.Pushes(), Is.EqualTo(new[] { "<item jid='a@example.net' name='A' subscription='none'/>" }));
    }

    [Test]
    public async Task Client_older_than_the_remembered_removals_gets_the_whole_roster()
    {
        var juliet = await _server.LogInAsync("juliet@example.org/balcony");
        foreach (var name in "abcd") await SetAsync(juliet, $"<item jid='{name}@example.net'/>");
        var version = LastVersion(juliet);
        foreach (var name in "abc") await SetAsync(juliet, $"<item jid='{name}@example.net' subscription='remove'/>");
        juliet.Received.Clear();
        Assert.That(await GetAsync(juliet, version), Is.EqualTo(new[] { "d@example.net none" }));
        Assert.That(juliet.Pushes(), Is.Empty);

        // The same from the storage.
        var reloaded = await new Rosters(_server.Values, _server.Directory, _server.Time, new RosterOptions()).GetAsync(juliet.Jid);
        var kept = await _server.Get<Rosters>().GetAsync(juliet.Jid);
        Assert.That((reloaded.Floor, reloaded.Version), Is.EqualTo((kept.Floor, kept.Version)));
        Assert.That(reloaded.Removed, Is.EquivalentTo(kept.Removed));
        Assert.That(reloaded.CanContinueFrom(RosterXml.ReadVersion(version)), Is.False);
    }

    [TestCase("17")]
    [TestCase("99999999999999999")]
    [TestCase("-1")]
    [TestCase("from-another-server")]
    public async Task Version_that_this_server_never_gave_out_is_answered_with_the_whole_roster(string version)
    {
        var juliet = await _server.ConnectAsync("juliet@example.org/balcony");
        foreach (var name in "abc") await SetAsync(juliet, $"<item jid='{name}@example.net'/>");
        foreach (var name in "abc") await SetAsync(juliet, $"<item jid='{name}@example.net' subscription='remove'/>");
        await SetAsync(juliet, "<item jid='d@example.net'/>");
        Assert.That(await GetAsync(juliet, version), Is.EqualTo(new[] { "d@example.net none" }));
    }

    [Test]
    public async Task Account_that_is_made_anew_does_not_meet_the_versions_of_the_old_one()
    {
        var juliet = await _server.LogInAsync("juliet@example.org/balcony");
        await SetAsync(juliet, "<item jid='a@example.net'/>");
        var version = LastVersion(juliet);
        await _server.Accounts.DeleteAsync(juliet.Jid.Bare);
        await _server.DisconnectAsync(juliet);
        _server.Time.Advance(TimeSpan.FromMilliseconds(1));

        juliet = await _server.ConnectAsync("juliet@example.org/balcony");
        Assert.That(await GetAsync(juliet, version), Is.Empty);
        Assert.That(juliet.Received[^1].Element.FirstElement(), Is.Not.Null, "an empty result would say that nothing has changed");
        await SetAsync(juliet, "<item jid='b@example.net'/>");
        Assert.That(LastVersion(juliet), Is.Not.EqualTo(version));
    }

    [Test]
    public async Task Push_that_overtakes_the_whole_roster_is_told_again()
    {
        var juliet = await _server.ConnectAsync("juliet@example.org/balcony");
        await SetAsync(juliet, "<item jid='a@example.net'/>");
        var rosters = _server.Get<Rosters>();
        var before = (await rosters.GetAsync(juliet.Jid)).Version;
        await SetAsync(juliet, "<item jid='a@example.net' name='A'/>");
        await rosters.PushSinceAsync(juliet, before);
        Assert.That(juliet.Pushes(), Is.EqualTo(new[] { "<item jid='a@example.net' name='A' subscription='none'/>" }));
    }

    [Test]
    public async Task Request_that_waits_is_no_change_of_the_roster()
    {
        var juliet = await _server.LogInAsync("juliet@example.org/balcony");
        var romeo = await _server.LogInAsync("romeo@example.org/orchard");
        await SetAsync(juliet, "<item jid='a@example.net'/>");
        var version = LastVersion(juliet);
        await _server.SendAsync(romeo, "<presence type='subscribe' to='juliet@example.org'/>");
        Assert.That((await _server.Get<Rosters>().GetAsync(Jid.Parse("juliet@example.org"))).Version, Is.EqualTo(RosterXml.ReadVersion(version)));
    }

    [Test]
    public void Features_are_offered_between_login_and_binding_only()
    {
        foreach (var feature in _server.Get<IEnumerable<Handlers.IStreamFeature>>())
        {
            Assert.That(feature.Advertise(new FakeStream(_server.Host)), Is.Null);
            Assert.That(feature.Advertise(new FakeStream(_server.Host) { Account = Jid.Parse("juliet@example.org") })?.ToString(), Does.Contain("urn:xmpp:features:"));
            Assert.That(feature.Advertise(new FakeStream(_server.Host) { Account = Jid.Parse("juliet@example.org"), Session = new FakeSession(Jid.Parse("juliet@example.org/a"), _server.Host) }), Is.Null);
        }
    }

    private Task SetAsync(FakeSession session, string items) =>
        _server.SendAsync(session, $"<iq type='set' id='set'><query xmlns='jabber:iq:roster'>{items}</query></iq>");

    private async Task<string[]> GetAsync(FakeSession session, string? version)
    {
        var attribute = version is null ? "" : $" ver='{version}'";
        await _server.SendAsync(session, $"<iq type='get' id='get'><query xmlns='jabber:iq:roster'{attribute}/></iq>");
        var reply = session.Received.Last(s => s.Type == "result");
        return [.. reply.Element.FirstElement()?.Elements().Select(i => $"{i.Attribute("jid")} {i.Attribute("subscription")}") ?? []];
    }

    private static string LastVersion(FakeSession session) =>
        session.Received.Last(s => s.Type == "set").Element.FirstElement()!.Attribute("ver")!;
}
