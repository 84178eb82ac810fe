using XmppHost.Addressing;
using XmppHost.Hosting;
using XmppHost.Plugins.Archive;
using XmppHost.Plugins.Blocking;
using XmppHost.Plugins.Carbons;
using XmppHost.Plugins.Messaging;
using XmppHost.Plugins.Roster;
using XmppHost.Plugins.Tests.Support;
using XmppHost.Stanzas;
using XmppHost.Storage;
using XmppHost.Xml;

namespace XmppHost.Plugins.Tests.Archive;

internal sealed class ArchiveTests : IDisposable
{
    private const string Mam = "urn:xmpp:mam:2";

    private readonly FakeServer _server = new(
        "example.org",
        server => new ArchiveModule(server.Plugin("Archive", "maxPage=50", "retention=30 days")),
        server => new CarbonsModule(server.Plugin("Carbons")),
        server => new BlockingModule(server.Plugin("Blocking")),
        server => new RosterModule(server.Plugin("Roster")),
        server => new MessagingModule(server.Plugin("Messaging", "maxMessages=2")));

    private FakeSession _romeo = null!;
    private FakeSession _juliet = null!;

    private static Jid Romeo { get; } = Jid.Parse("romeo@example.org");

    private static Jid Juliet { get; } = Jid.Parse("juliet@example.org");

    [SetUp]
    public async Task LogIn()
    {
        _romeo = await LogInAsync("romeo@example.org/orchard");
        _juliet = await LogInAsync("juliet@example.org/balcony");
    }

    public void Dispose() => _server.Dispose();

    [Test]
    public async Task Message_is_in_both_archives_and_arrives_with_the_id_of_the_recipients()
    {
        await _server.SendAsync(_romeo, "<message id='1' to='juliet@example.org' type='chat'><body>x</body></message>");
        var id = StanzaIds.Text(Of(Juliet).Single());
        Assert.That(_juliet.Take().Single(), Is.EqualTo(
            "<message from='romeo@example.org/orchard' id='1' to='juliet@example.org' type='chat'><body>x</body>"
            + $"<stanza-id xmlns='urn:xmpp:sid:0' by='juliet@example.org' id='{id}'/></message>"));
        Assert.That(Of(Romeo).Single().Peer, Is.EqualTo(Juliet));
        Assert.That(await QueryAsync(_juliet), Is.EqualTo(new[]
        {
            $"<message from='juliet@example.org' to='juliet@example.org/balcony'><result xmlns='{Mam}' id='{id}' queryid='q'><forwarded xmlns='urn:xmpp:forward:0'>"
            + "<delay xmlns='urn:xmpp:delay' stamp='2026-01-02T03:04:05Z'/><message xmlns='jabber:client' from='romeo@example.org/orchard' id='1' to='juliet@example.org' type='chat'>"
            + "<body>x</body></message></forwarded></result></message>",
            $"<iq id='q' to='juliet@example.org/balcony' type='result'><fin xmlns='{Mam}' complete='true'><set xmlns='http://jabber.org/protocol/rsm'>"
            + $"<first index='0'>{id}</first><last>{id}</last><count>1</count></set></fin></iq>",
        }));
    }

    [Test]
    public async Task Message_that_waits_has_the_id_of_the_archive_and_is_there_once()
    {
        await _server.DisconnectAsync(_juliet);
        await SayAsync("x");
        var juliet = await LogInAsync("juliet@example.org/balcony", keep: true);
        Assert.That(juliet.Take().Single(m => m.Contains("<body>")), Does.Contain($"id='{StanzaIds.Text(Of(Juliet).Single())}'"));
    }

    [Test]
    public async Task Refused_message_is_in_the_senders_archive_alone()
    {
        await _server.DisconnectAsync(_juliet);
        for (var i = 0; i < 3; i++) await SayAsync($"{i}");
        Assert.That(_romeo.Take().Single(), Does.Contain("service-unavailable"));
        Assert.That((Of(Juliet).Count, Of(Romeo).Count), Is.EqualTo((2, 3)));
    }

    [Test]
    public async Task Blocked_message_is_in_no_archive()
    {
        await _server.SendAsync(_juliet, "<iq id='b' type='set'><block xmlns='urn:xmpp:blocking'><item jid='romeo@example.org'/></block></iq>");
        await SayAsync("x");
        await _server.SendAsync(_juliet, "<message to='romeo@example.org'><body>x</body></message>");
        Assert.That(Of(Juliet), Is.Empty);
    }

    [Test]
    public async Task Nobody_has_no_archive()
    {
        await _server.SendAsync(_romeo, "<message to='nobody@example.org'><body>x</body></message>");
        Assert.That(Of(Jid.Parse("nobody@example.org")), Is.Empty);
    }

    [Test]
    public async Task Account_that_was_made_after_somebody_wrote_to_it_has_an_archive()
    {
        await _server.SendAsync(_romeo, "<message to='nurse@example.org'><body>x</body></message>");
        await _server.Accounts.CreateAsync("nurse", "x");
        await _server.SendAsync(_romeo, "<message to='nurse@example.org'><body>x</body></message>");
        Assert.That(Of(Jid.Parse("nurse@example.org")), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Ids_that_claim_to_be_the_archives_are_taken_out_and_others_stay()
    {
        await _server.SendAsync(
            _romeo,
            "<message to='juliet@example.org' type='chat'><composing xmlns='http://jabber.org/protocol/chatstates'/><stanza-id xmlns='urn:xmpp:sid:0' by='Juliet@Example.org' id='fake'/>"
            + "<stanza-id xmlns='urn:xmpp:sid:0' by='romeo@example.org' id='fake'/><stanza-id xmlns='urn:xmpp:sid:0' by='room@chat.example.org' id='real'/></message>");
        Assert.That(_juliet.Take().Single(), Does.Not.Contain("fake").And.Contain("real"));
    }

    [Test]
    public async Task Copy_of_what_was_sent_has_the_id_of_the_senders_archive_and_the_message_has_not()
    {
        var phone = await LogInAsync("romeo@example.org/phone");
        await _server.SendAsync(phone, "<iq id='e' type='set'><enable xmlns='urn:xmpp:carbons:2'/></iq>");
        phone.Take();
        await SayAsync("x");
        Assert.That(phone.Take().Single(), Does.Contain($"<stanza-id xmlns='urn:xmpp:sid:0' by='romeo@example.org' id='{StanzaIds.Text(Of(Romeo).Single())}'/></message></forwarded>"));
        Assert.That(_juliet.Take().Single(), Does.Not.Contain("by='romeo@example.org'"));
    }

    [Test]
    public async Task Note_to_oneself_is_archived_once_and_found_by_the_own_address()
    {
        await SayAsync("x");
        await _server.SendAsync(_romeo, "<message to='romeo@example.org' type='chat'><body>note</body></message>");
        Assert.That(Of(Romeo), Has.Count.EqualTo(2));
        Assert.That(await BodiesAsync(_romeo, Field("with", "romeo@example.org")), Is.EqualTo(new[] { "note" }));
    }

    [Test]
    public async Task Pages_are_gone_through_forward_and_backward_without_gaps()
    {
        for (var i = 0; i < 120; i++) await SayAsync($"{i}");
        var forward = new List<string>();
        string? after = null;
        for (var complete = false; !complete;)
        {
            var (bodies, fin) = await PageAsync($"<max>32</max>{(after is null ? "" : $"<after>{after}</after>")}");
            forward.AddRange(bodies);
            after = fin.FirstElement()!.Element("last", "http://jabber.org/protocol/rsm")!.Text;
            complete = fin.Attribute("complete") == "true";
        }

        var backward = new List<string>();
        string? before = "";
        for (var complete = false; !complete;)
        {
            var (bodies, fin) = await PageAsync($"<max>32</max><before>{before}</before>");
            backward.InsertRange(0, bodies);
            before = fin.FirstElement()!.Element("first", "http://jabber.org/protocol/rsm")!.Text;
            complete = fin.Attribute("complete") == "true";
        }

        var all = Enumerable.Range(0, 120).Select(i => $"{i}").ToArray();
        Assert.That(forward, Is.EqualTo(all));
        Assert.That(backward, Is.EqualTo(all));
    }

    [Test]
    public async Task Page_is_no_longer_than_allowed_and_says_where_it_stands()
    {
        for (var i = 0; i < 60; i++) await SayAsync($"{i}");
        var (bodies, fin) = await PageAsync("<max>500</max><before/>");
        Assert.That(bodies, Has.Length.EqualTo(50));
        Assert.That(fin.Attribute("complete"), Is.Null);
        Assert.That(Wire.Text(fin), Does.Contain("<first index='10'>").And.Contain("<count>60</count>"));
    }

    [Test]
    public async Task Large_messages_make_small_pages()
    {
        for (var i = 0; i < 4; i++) await SayAsync(new string('x', 200_000));
        var (bodies, fin) = await PageAsync("<max>10</max>");
        Assert.That(bodies, Has.Length.EqualTo(2));
        Assert.That(fin.Attribute("complete"), Is.Null);
    }

    [Test]
    public async Task Flipped_page_has_the_same_messages_the_other_way_round()
    {
        for (var i = 0; i < 5; i++) await SayAsync($"{i}");
        Assert.That(await BodiesAsync(_romeo, "<set xmlns='http://jabber.org/protocol/rsm'><max>3</max></set><flip-page/>"), Is.EqualTo(new[] { "2", "1", "0" }));
    }

    [Test]
    public async Task Ids_bounds_and_times_choose_messages()
    {
        for (var i = 0; i < 5; i++)
        {
            await SayAsync($"{i}");
            _server.Time.Advance(TimeSpan.FromMinutes(1));
        }

        string[] ids = [.. Of(Romeo).Select(StanzaIds.Text)];
        Assert.That(await BodiesAsync(_romeo, Field("ids", ids[3], ids[1])), Is.EqualTo(new[] { "1", "3" }));
        Assert.That(await BodiesAsync(_romeo, Field("after-id", ids[1])), Is.EqualTo(new[] { "2", "3", "4" }));
        Assert.That(await BodiesAsync(_romeo, Field("before-id", ids[1])), Is.EqualTo(new[] { "0" }));
        Assert.That(await BodiesAsync(_romeo, Field("start", "2026-01-02T03:05:05Z") + ""), Is.EqualTo(new[] { "1", "2", "3", "4" }));
        Assert.That(await BodiesAsync(_romeo, Field("end", "2026-01-02T03:05:05Z")), Is.EqualTo(new[] { "0", "1" }));
    }

    [TestCase("<set xmlns='http://jabber.org/protocol/rsm'><after>nothing</after></set>", "item-not-found")]
    [TestCase("<set xmlns='http://jabber.org/protocol/rsm'><before>123456789abcd0123456789abcdef</before></set>", "item-not-found")]
    [TestCase("<set xmlns='http://jabber.org/protocol/rsm'><max>many</max></set>", "bad-request")]
    [TestCase("<set xmlns='http://jabber.org/protocol/rsm'><index>1</index></set>", "feature-not-implemented")]
    [TestCase("<x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'><value>urn:xmpp:mam:2</value></field><field var='ids'><value>x</value></field></x>", "item-not-found")]
    [TestCase("<x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'><value>urn:xmpp:mam:2</value></field><field var='odd'><value>x</value></field></x>", "feature-not-implemented")]
    [TestCase("<x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'><value>urn:xmpp:mam:2</value></field><field var='start'><value>now</value></field></x>", "bad-request")]
    [TestCase("<x xmlns='jabber:x:data' type='submit'><field var='with'><value>a@b</value></field></x>", "bad-request")]
    public async Task Query_that_cannot_be_answered_gets_an_error(string content, string condition) =>
        Assert.That((await QueryAsync(_romeo, content)).Single(), Does.Contain($"<{condition} xmlns="));

    [Test]
    public async Task Anothers_archive_is_forbidden()
    {
        await _server.SendAsync(_romeo, $"<iq id='q' to='juliet@example.org' type='set'><query xmlns='{Mam}'/></iq>");
        Assert.That(_romeo.Take().Single(), Does.Contain("<forbidden xmlns="));
    }

    [Test]
    public async Task Preferences_decide_what_is_kept()
    {
        await SetPreferencesAsync("<always><jid>juliet@example.org/balcony</jid></always><never><jid>nurse@example.org</jid></never>", "never");
        await _server.SendAsync(_romeo, "<iq id='p' type='get'><prefs xmlns='urn:xmpp:mam:2'/></iq>");
        Assert.That(_romeo.Take().Single(), Does.Contain("<prefs xmlns='urn:xmpp:mam:2' default='never'><always><jid>juliet@example.org/balcony</jid></always><never><jid>nurse@example.org</jid></never></prefs>"));
        await SayAsync("to the account");
        await _server.SendAsync(_romeo, "<message to='juliet@example.org/balcony'><body>to the balcony</body></message>");
        Assert.That(await BodiesAsync(_romeo), Is.EqualTo(new[] { "to the balcony" }));

        await SetPreferencesAsync("<never><jid>juliet@example.org</jid></never>", "always");
        await SayAsync("x");
        Assert.That(Of(Romeo), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Preference_roster_keeps_messages_of_contacts()
    {
        await SetPreferencesAsync("", "roster");
        await SayAsync("stranger");
        await _server.SendAsync(_romeo, "<iq id='r' type='set'><query xmlns='jabber:iq:roster'><item jid='juliet@example.org'/></query></iq>");
        _romeo.Take();
        await SayAsync("contact");
        Assert.That(await BodiesAsync(_romeo), Is.EqualTo(new[] { "contact" }));
    }

    [Test]
    public async Task Metadata_names_the_first_and_the_last_message()
    {
        await _server.SendAsync(_romeo, "<iq id='m' type='get'><metadata xmlns='urn:xmpp:mam:2'/></iq>");
        Assert.That(_romeo.Take().Single(), Does.Contain("<metadata xmlns='urn:xmpp:mam:2'/>"));
        for (var i = 0; i < 3; i++) await SayAsync($"{i}");
        await _server.SendAsync(_romeo, "<iq id='m' type='get'><metadata xmlns='urn:xmpp:mam:2'/></iq>");
        string[] ids = [.. Of(Romeo).Select(StanzaIds.Text)];
        Assert.That(_romeo.Take().Single(), Does.Contain($"<start id='{ids[0]}' timestamp='2026-01-02T03:04:05Z'/><end id='{ids[2]}' timestamp='2026-01-02T03:04:05Z'/>"));
    }

    [Test]
    public async Task What_is_too_old_is_swept_away()
    {
        await SayAsync("old");
        _server.Time.Advance(TimeSpan.FromDays(20));
        await SayAsync("young");
        _server.Time.Advance(TimeSpan.FromDays(15));
        await _server.Get<IEnumerable<IVHostService>>().OfType<RetentionSweep>().Single().SweepAsync(default);
        Assert.That(await BodiesAsync(_romeo), Is.EqualTo(new[] { "young" }));
    }

    [Test]
    public async Task Archive_is_exported_and_erased()
    {
        for (var i = 0; i < 120; i++) await SayAsync($"{i}");
        var owner = _server.Get<IEnumerable<IAccountDataOwner>>().Single(o => o.DataName == "archive");
        var export = await owner.ExportAsync(Romeo, default).ToListAsync();
        Assert.That(export.Single().Elements().Count(e => e.Name == "result"), Is.EqualTo(120));
        await owner.EraseAsync(Romeo, default);
        Assert.That(Of(Romeo), Is.Empty);
        Assert.That(Of(Juliet), Has.Count.EqualTo(120));
    }

    private List<ArchiveRow> Of(Jid account) => [.. _server.Log.Archive.Rows.Where(r => r.Account == account)];

    private Task SayAsync(string body) => _server.SendAsync(_romeo, $"<message to='juliet@example.org' type='chat'><body>{body}</body></message>");

    private async Task<string[]> QueryAsync(FakeSession session, string content = "")
    {
        session.Take();
        await _server.SendAsync(session, $"<iq id='q' type='set'><query xmlns='{Mam}' queryid='q'>{content}</query></iq>");
        return session.Take();
    }

    private async Task<string[]> BodiesAsync(FakeSession session, string content = "") =>
        [.. (await QueryAsync(session, content)).Select(Wire.Element).Where(e => e.Name == "message").Select(Body)];

    private async Task<(string[] Bodies, XmppElement Fin)> PageAsync(string set)
    {
        var received = (await QueryAsync(_romeo, $"<set xmlns='http://jabber.org/protocol/rsm'>{set}</set>")).Select(Wire.Element).ToArray();
        return ([.. received[..^1].Select(Body)], received[^1].Element("fin", Mam)!);
    }

    private async Task SetPreferencesAsync(string lists, string standard)
    {
        await _server.SendAsync(_romeo, $"<iq id='p' type='set'><prefs xmlns='{Mam}' default='{standard}'>{lists}</prefs></iq>");
        Assert.That(_romeo.Take().Single(), Does.Contain("type='result'"));
    }

    private async Task<FakeSession> LogInAsync(string jid, bool keep = false)
    {
        var session = await _server.ConnectAsync(jid);
        await _server.SendAsync(session, "<presence/>");
        if (!keep) session.Take();
        return session;
    }

    private static string Body(XmppElement result) => result.FirstElement()!.FirstElement()!.Element("message", Ns.Client)!.Element("body", Ns.Client)!.Text;

    private static string Field(string name, params string[] values) =>
        $"<x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE' type='hidden'><value>{Mam}</value></field><field var='{name}'>{string.Concat(values.Select(v => $"<value>{v}</value>"))}</field></x>";
}
