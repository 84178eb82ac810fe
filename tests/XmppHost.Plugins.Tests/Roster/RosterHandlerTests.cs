using XmppHost.Hosting;
using XmppHost.Plugins.Roster;
using XmppHost.Plugins.Tests.Support;

namespace XmppHost.Plugins.Tests.Roster;

internal sealed class RosterHandlerTests : IDisposable
{
    private readonly FakeServer _server = RosterServer.Create(options: ["maxContacts=3", "maxGroups=2", "maxNameLength=10"]);

    public void Dispose() => _server.Dispose();

    [Test]
    public async Task New_account_has_an_empty_roster()
    {
        var juliet = await _server.ConnectAsync("juliet@example.org/balcony");
        await _server.SendAsync(juliet, "<iq type='get' id='1'><query xmlns='jabber:iq:roster'/></iq>");
        Assert.That(juliet.Take(), Is.EqualTo(new[] { "<iq id='1' to='juliet@example.org/balcony' type='result'><query xmlns='jabber:iq:roster'/></iq>" }));
    }

    [Test]
    public async Task Contact_is_added_pushed_to_interested_resources_and_kept()
    {
        var balcony = await _server.LogInAsync("juliet@example.org/balcony");
        var chamber = await _server.LogInAsync("juliet@example.org/chamber");
        var garden = await _server.ConnectAsync("juliet@example.org/garden");
        balcony.Received.Clear();
        await SetAsync(balcony, "<item jid='nurse@example.org' name='Nurse'><group>Servants</group></item>");

        const string item = "<item jid='nurse@example.org' name='Nurse' subscription='none'><group>Servants</group></item>";
        Assert.That(balcony.Pushes(), Is.EqualTo(new[] { item }));
        Assert.That(balcony.Received[^1].Type, Is.EqualTo("result"));
        Assert.That(chamber.Pushes(), Is.EqualTo(new[] { item }));
        Assert.That(chamber.Received.Single().To, Is.EqualTo(chamber.Jid));
        Assert.That(garden.Received, Is.Empty);
        Assert.That(await _server.RosterAsync(garden), Is.EqualTo(new[] { item }));
    }

    [Test]
    public async Task Change_that_changes_nothing_is_pushed_all_the_same()
    {
        var juliet = await _server.LogInAsync("juliet@example.org/balcony");
        await SetAsync(juliet, "<item jid='nurse@example.org'/>");
        juliet.Received.Clear();
        await SetAsync(juliet, "<item jid='nurse@example.org'/>");
        Assert.That(juliet.Pushes(), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Name_and_groups_are_replaced_and_the_subscription_is_not_the_clients_to_set()
    {
        var juliet = await _server.LogInAsync("juliet@example.org/balcony");
        await SetAsync(juliet, "<item jid='nurse@example.org' name='Nurse' subscription='both' ask='subscribe' approved='true'><group>Servants</group></item>");
        await SetAsync(juliet, "<item jid='nurse@example.org/kitchen'><group>Friends</group></item>");
        Assert.That(await _server.RosterAsync(juliet), Is.EqualTo(new[] { "<item jid='nurse@example.org' subscription='none'><group>Friends</group></item>" }));
    }

    [Test]
    public async Task Roster_is_read_from_the_storage_as_it_was_written()
    {
        var juliet = await _server.LogInAsync("juliet@example.org/balcony");
        var romeo = await _server.LogInAsync("romeo@example.org/orchard");
        await SetAsync(juliet, "<item jid='nurse@example.org' name='A &amp; &lt;B&gt; &#39;'><group>G 1</group><group>ü</group></item>");
        await _server.SendAsync(juliet, "<presence type='subscribe' to='paris@example.net'/>");
        await _server.SendAsync(romeo, "<presence type='subscribe' to='juliet@example.org'><status>Hello</status></presence>");
        var before = await _server.Get<Rosters>().GetAsync(juliet.Jid);
        var after = await new Rosters(_server.Values, _server.Directory, _server.Time, new RosterOptions()).GetAsync(juliet.Jid);

        Assert.That(after.Version, Is.EqualTo(before.Version));
        Assert.That(after.Entries.Keys, Is.EquivalentTo(before.Entries.Keys));
        foreach (var (contact, entry) in after.Entries)
        {
            var written = before.Entries[contact];
            Assert.That(entry with { Groups = written.Groups, Request = written.Request }, Is.EqualTo(written));
            Assert.That(entry.Groups, Is.EqualTo(written.Groups));
            Assert.That(entry.Request?.ToString(), Is.EqualTo(written.Request?.ToString()));
        }
    }

    [Test]
    public async Task Login_reads_the_storage_once()
    {
        var juliet = await _server.ConnectAsync("juliet@example.org/balcony");
        await _server.SendAsync(juliet, "<iq type='get' id='1'><query xmlns='jabber:iq:roster'/></iq>");
        await _server.SendAsync(juliet, "<presence/>");
        await _server.SendAsync(juliet, "<presence><show>away</show></presence>");
        await _server.DisconnectAsync(juliet);
        Assert.That(_server.Values.Reads, Is.EqualTo(1));
    }

    [TestCase("", "modify", "bad-request")]
    [TestCase("<item jid='a@example.net'/><item jid='b@example.net'/>", "modify", "bad-request")]
    [TestCase("<item name='x'/>", "modify", "bad-request")]
    [TestCase("<item jid='@'/>", "modify", "jid-malformed")]
    [TestCase("<item jid='juliet@example.org'/>", "cancel", "not-allowed")]
    [TestCase("<item jid='a@example.net' name='12345678901'/>", "modify", "not-acceptable")]
    [TestCase("<item jid='a@example.net'><group/></item>", "modify", "not-acceptable")]
    [TestCase("<item jid='a@example.net'><group>12345678901</group></item>", "modify", "not-acceptable")]
    [TestCase("<item jid='a@example.net'><group>1</group><group>2</group><group>3</group></item>", "modify", "not-acceptable")]
    [TestCase("<item jid='a@example.net'><group>1</group><group>1</group></item>", "modify", "bad-request")]
    [TestCase("<item jid='a@example.net' subscription='remove'/>", "cancel", "item-not-found")]
    public async Task Wrong_set_is_refused_and_changes_nothing(string items, string type, string condition)
    {
        var juliet = await _server.LogInAsync("juliet@example.org/balcony");
        await SetAsync(juliet, items);
        var error = juliet.Received.Single().Element.Element("error", "jabber:client")!;
        Assert.That((error.Attribute("type"), error.FirstElement()!.Name), Is.EqualTo((type, condition)));
        Assert.That(_server.Values.Writes, Is.Zero);
    }

    [Test]
    public async Task Roster_that_is_full_takes_no_more_but_can_be_changed()
    {
        var juliet = await _server.LogInAsync("juliet@example.org/balcony");
        foreach (var name in "abc") await SetAsync(juliet, $"<item jid='{name}@example.net'/>");
        juliet.Received.Clear();

        await SetAsync(juliet, "<item jid='d@example.net'/>");
        Assert.That(juliet.Take().Single(), Does.Contain("<resource-constraint "));
        await _server.SendAsync(juliet, "<presence type='subscribe' to='e@example.net'/>");
        Assert.That(juliet.Take().Single(), Does.Contain("<resource-constraint "));
        Assert.That(_server.Abroad, Is.Empty);
        await SetAsync(juliet, "<item jid='a@example.net' name='A'/>");
        Assert.That(juliet.Pushes(), Is.EqualTo(new[] { "<item jid='a@example.net' name='A' subscription='none'/>" }));
    }

    [Test]
    public async Task No_one_else_reads_or_changes_a_roster()
    {
        var juliet = await _server.LogInAsync("juliet@example.org/balcony");
        var romeo = await _server.LogInAsync("romeo@example.org/orchard");
        foreach (var type in new[] { "get", "set" })
        {
            await _server.SendAsync(romeo, $"<iq type='{type}' id='1' to='juliet@example.org'><query xmlns='jabber:iq:roster'><item jid='a@example.net'/></query></iq>");
            Assert.That(romeo.Take().Single(), Does.Contain("<service-unavailable "));
        }

        Assert.That(await _server.RosterAsync(juliet), Is.Empty);
    }

    [Test]
    public async Task Removed_contact_is_pushed_as_removed_and_loses_its_subscriptions()
    {
        var juliet = await _server.LogInAsync("juliet@example.org/balcony", "<presence><show>chat</show></presence>");
        var romeo = await _server.LogInAsync("romeo@example.org/orchard");
        await _server.BefriendAsync(juliet, romeo);

        await SetAsync(juliet, "<item jid='romeo@example.org' subscription='remove'/>");

        Assert.That(juliet.Pushes(), Is.EqualTo(new[] { "<item jid='romeo@example.org' subscription='remove'/>" }));
        Assert.That(await _server.RosterAsync(juliet), Is.Empty);
        Assert.That(romeo.Pushes(), Is.EqualTo(new[]
        {
            "<item jid='juliet@example.org' subscription='to'/>",
            "<item jid='juliet@example.org' subscription='none'/>",
        }));
        Assert.That(romeo.Received.Where(s => s.Kind == Stanzas.StanzaKind.Presence).Select(Wire.Text), Is.EqualTo(new[]
        {
            "<presence from='juliet@example.org' to='romeo@example.org' type='unsubscribe'/>",
            "<presence from='juliet@example.org/balcony' to='romeo@example.org' type='unavailable'/>",
            "<presence from='juliet@example.org' to='romeo@example.org' type='unsubscribed'/>",
        }));
    }

    [Test]
    public async Task Removing_a_contact_whose_request_waits_refuses_it()
    {
        var juliet = await _server.LogInAsync("juliet@example.org/balcony");
        var romeo = await _server.LogInAsync("romeo@example.org/orchard");
        await _server.SendAsync(romeo, "<presence type='subscribe' to='juliet@example.org'/>");
        await SetAsync(juliet, "<item jid='romeo@example.org'/>");
        await SetAsync(juliet, "<item jid='romeo@example.org' subscription='remove'/>");
        Assert.That(await _server.RosterAsync(romeo), Is.EqualTo(new[] { "<item jid='juliet@example.org' subscription='none'/>" }));
    }

    [Test]
    public async Task Other_plugins_see_contacts_and_subscriptions()
    {
        var juliet = await _server.LogInAsync("juliet@example.org/balcony");
        var romeo = await _server.LogInAsync("romeo@example.org/orchard");
        await _server.SendAsync(romeo, "<presence type='subscribe' to='juliet@example.org'/>");
        var view = _server.Get<IRosterView>();
        Assert.That(await view.ContactsAsync(juliet.Jid), Is.Empty);
        await _server.SendAsync(juliet, "<presence type='subscribed' to='romeo@example.org'/>");
        Assert.That((await view.ContactsAsync(juliet.Jid)).Single(), Is.EqualTo(new RosterContact(romeo.Jid.Bare, null, RosterSubscription.From, [])).Using<RosterContact>((a, b) => a with { Groups = b.Groups } == b));
        Assert.That(await view.SubscriptionAsync(romeo.Jid, juliet.Jid), Is.EqualTo(RosterSubscription.To));
        Assert.That(await view.SubscriptionAsync(romeo.Jid, Addressing.Jid.Parse("nurse@example.org")), Is.EqualTo(RosterSubscription.None));
    }

    [Test]
    public async Task Deleted_account_takes_leave_of_its_contacts()
    {
        var juliet = await _server.LogInAsync("juliet@example.org/balcony");
        var romeo = await _server.LogInAsync("romeo@example.org/orchard");
        await _server.BefriendAsync(juliet, romeo);
        Assert.That(await _server.Accounts.DeleteAsync(juliet.Jid.Bare), Is.EqualTo(AccountOutcome.Done));
        Assert.That(await _server.RosterAsync(romeo), Is.EqualTo(new[] { "<item jid='juliet@example.org' subscription='none'/>" }));
        Assert.That((await _server.Values.ListAsync("juliet@example.org", "roster", default)), Is.Empty);
        Assert.That((await _server.Get<Rosters>().GetAsync(juliet.Jid)).Entries, Is.Empty);
    }

    private Task SetAsync(FakeSession session, string items) =>
        _server.SendAsync(session, $"<iq type='set' id='set'><query xmlns='jabber:iq:roster'>{items}</query></iq>");
}
