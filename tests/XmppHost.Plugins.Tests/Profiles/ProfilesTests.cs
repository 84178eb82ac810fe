using XmppHost.Hosting;
using XmppHost.Plugins.Profiles;
using XmppHost.Plugins.Roster;
using XmppHost.Plugins.Tests.Roster;
using XmppHost.Plugins.Tests.Support;

namespace XmppHost.Plugins.Tests.Profiles;

internal sealed class ProfilesTests
{
    private const string Card = "<vCard xmlns='vcard-temp'><FN>Juliet Capulet</FN><N><FAMILY>Capulet</FAMILY></N></vCard>";

    [Test]
    public async Task Own_card_is_kept_and_shown_to_others()
    {
        using var server = Create();
        var juliet = await server.ConnectAsync("juliet@example.org/balcony");
        var romeo = await server.ConnectAsync("romeo@example.org/orchard");
        Assert.That(await AskAsync(server, juliet, "get"), Does.Contain("<item-not-found "));
        Assert.That(await AskAsync(server, juliet, "set", Card), Does.Contain("type='result'"));
        Assert.That(await AskAsync(server, juliet, "get"), Is.EqualTo($"<iq id='1' to='juliet@example.org/balcony' type='result'>{Card}</iq>"));
        Assert.That(await AskAsync(server, romeo, "get", to: "juliet@example.org"), Does.Contain(Card));
    }

    [Test]
    public async Task Account_without_a_card_looks_like_no_account()
    {
        using var server = Create();
        var romeo = await server.ConnectAsync("romeo@example.org/orchard");
        await server.ConnectAsync("juliet@example.org/balcony");
        Assert.That(await AskAsync(server, romeo, "get", to: "juliet@example.org"), Does.Contain("<service-unavailable "));
        Assert.That(await AskAsync(server, romeo, "get", to: "nobody@example.org"), Does.Contain("<service-unavailable "));
    }

    [Test]
    public async Task Nobody_writes_the_card_of_another_or_of_the_host()
    {
        using var server = Create();
        var romeo = await server.ConnectAsync("romeo@example.org/orchard");
        Assert.That(await AskAsync(server, romeo, "set", Card, "juliet@example.org"), Does.Contain("<forbidden "));
        Assert.That(await AskAsync(server, romeo, "set", Card, "example.org"), Does.Contain("<forbidden "));
        Assert.That(server.Values.Writes, Is.Zero);
    }

    [Test]
    public async Task Empty_card_is_forgotten()
    {
        using var server = Create();
        var juliet = await server.ConnectAsync("juliet@example.org/balcony");
        await AskAsync(server, juliet, "set", Card);
        await AskAsync(server, juliet, "set", "<vCard xmlns='vcard-temp'/>");
        Assert.That(await AskAsync(server, juliet, "get"), Does.Contain("<item-not-found "));
    }

    [Test]
    public async Task Card_over_the_size_is_refused()
    {
        using var server = Create("maxSize=100");
        var juliet = await server.ConnectAsync("juliet@example.org/balcony");
        Assert.That(await AskAsync(server, juliet, "set", $"<vCard xmlns='vcard-temp'><FN>{new string('ü', 50)}</FN></vCard>"), Does.Contain("<policy-violation "));
    }

    [Test]
    public async Task Host_shows_the_card_of_its_config()
    {
        using var server = Create("hostCard:FN=Example", "hostCard:URL=https://example.org");
        var romeo = await server.ConnectAsync("romeo@example.org/orchard");
        var reply = await AskAsync(server, romeo, "get", to: "example.org");
        Assert.That(reply, Does.Contain("<FN>Example</FN>").And.Contain("<URL>https://example.org</URL>"));
        using var without = Create();
        romeo = await without.ConnectAsync("romeo@example.org/orchard");
        Assert.That(await AskAsync(without, romeo, "get", to: "example.org"), Does.Contain("<service-unavailable "));
    }

    [Test]
    public void Host_card_with_a_wrong_element_is_a_problem() =>
        Assert.That(() => Create("hostCard:fn=Example"), Throws.InvalidOperationException.With.Message.Contains("hostCard.fn"));

    [TestCase("host", false)]
    [TestCase("contacts", true)]
    public async Task Card_may_be_for_some_only(string visibleTo, bool toContact)
    {
        using var server = Create($"visibleTo={visibleTo}");
        var juliet = await server.LogInAsync("juliet@example.org/balcony");
        await AskAsync(server, juliet, "set", Card);
        await server.RouteAsync(Wire.Stanza("<presence type='subscribe' from='romeo@example.net' to='juliet@example.org'/>"));
        await server.SendAsync(juliet, "<presence type='subscribed' to='romeo@example.net'/>");
        server.Abroad.Clear();
        await server.RouteAsync(Wire.Stanza("<iq type='get' id='1' from='romeo@example.net/x' to='juliet@example.org'><vCard xmlns='vcard-temp'/></iq>"));
        Assert.That(server.Abroad.Single().Type, Is.EqualTo(toContact ? "result" : "error"));
        var tybalt = await server.LogInAsync("tybalt@example.org/x");
        Assert.That(await AskAsync(server, tybalt, "get", to: "juliet@example.org"), toContact ? Does.Contain("<service-unavailable ") : Does.Contain(Card));
    }

    [Test]
    public async Task Card_is_exported_and_erased()
    {
        using var server = Create();
        var juliet = await server.ConnectAsync("juliet@example.org/balcony");
        await AskAsync(server, juliet, "set", Card);
        var owner = server.Get<IEnumerable<IAccountDataOwner>>().Single(o => o.DataName == "vcard");
        Assert.That((await owner.ExportAsync(juliet.Jid.Bare, default).ToListAsync()).Select(Wire.Text), Is.EqualTo(new[] { Card }));
        await owner.EraseAsync(juliet.Jid.Bare, default);
        Assert.That(await owner.ExportAsync(juliet.Jid.Bare, default).ToListAsync(), Is.Empty);
    }

    private static FakeServer Create(params string[] options) => new(
        "example.org",
        server => new RosterModule(server.Plugin("Roster")),
        server => new ProfilesModule(server.Plugin("Profiles", options)));

    private static async Task<string> AskAsync(FakeServer server, FakeSession session, string type, string card = "<vCard xmlns='vcard-temp'/>", string? to = null)
    {
        session.Received.Clear();
        await server.SendAsync(session, $"<iq type='{type}' id='1'{(to is null ? "" : $" to='{to}'")}>{card}</iq>");
        return session.Take().Single();
    }
}
