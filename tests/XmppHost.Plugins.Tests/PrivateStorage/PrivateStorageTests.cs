using XmppHost.Hosting;
using XmppHost.Plugins.PrivateStorage;
using XmppHost.Plugins.Tests.Support;

namespace XmppHost.Plugins.Tests.PrivateStorage;

internal sealed class PrivateStorageTests : IDisposable
{
    private const string Prefs = "<exodus xmlns='exodus:prefs'><defaultnick>Hamlet</defaultnick></exodus>";

    private readonly FakeServer _server = new("shakespeare.lit", server => new PrivateStorageModule(server.Plugin("PrivateStorage", "maxItems=2", "maxSize=200")));

    public void Dispose() => _server.Dispose();

    [Test]
    public async Task What_was_stored_comes_back()
    {
        var hamlet = await _server.ConnectAsync("hamlet@shakespeare.lit/denmark");
        Assert.That(await SetAsync(hamlet, Prefs), Does.Contain("type='result'"));
        Assert.That(await GetAsync(hamlet, "<exodus xmlns='exodus:prefs'/>"), Is.EqualTo($"<iq id='1' to='hamlet@shakespeare.lit/denmark' type='result'><query xmlns='jabber:iq:private'>{Prefs}</query></iq>"));
    }

    [Test]
    public async Task What_was_never_stored_is_empty()
    {
        var hamlet = await _server.ConnectAsync("hamlet@shakespeare.lit/denmark");
        Assert.That(await GetAsync(hamlet, "<exodus xmlns='exodus:prefs' lost='yes'/>"), Does.Contain("<exodus xmlns='exodus:prefs'/>"));
    }

    [Test]
    public async Task Elements_are_kept_by_namespace_and_name_and_replaced_as_a_whole()
    {
        var hamlet = await _server.ConnectAsync("hamlet@shakespeare.lit/denmark");
        await SetAsync(hamlet, "<a xmlns='x'>1</a><b xmlns='x'>2</b>");
        await SetAsync(hamlet, "<a xmlns='x'><c/></a>");
        Assert.That(await GetAsync(hamlet, "<a xmlns='x'/>"), Does.Contain("<a xmlns='x'><c/></a>"));
        Assert.That(await GetAsync(hamlet, "<b xmlns='x'/>"), Does.Contain("<b xmlns='x'>2</b>"));
    }

    [Test]
    public async Task Nobody_sees_or_changes_what_another_keeps()
    {
        var hamlet = await _server.ConnectAsync("hamlet@shakespeare.lit/denmark");
        var macbeth = await _server.ConnectAsync("macbeth@shakespeare.lit/scotland");
        await SetAsync(hamlet, Prefs);
        Assert.That(await SetAsync(macbeth, "<exodus xmlns='exodus:prefs'/>", " to='hamlet@shakespeare.lit'"), Does.Contain("<forbidden "));
        Assert.That(await GetAsync(macbeth, "<exodus xmlns='exodus:prefs'/>", " to='hamlet@shakespeare.lit'"), Does.Contain("<forbidden "));
        Assert.That(await GetAsync(hamlet, "<exodus xmlns='exodus:prefs'/>", " to='hamlet@shakespeare.lit'"), Does.Contain("Hamlet"));
    }

    [TestCase("", "bad-request")]
    [TestCase("<a xmlns='x'/><b xmlns='y'/>", "bad-request")]
    [TestCase("<a/>", "not-acceptable")]
    [TestCase("<a xmlns=''/>", "not-acceptable")]
    [TestCase("<a xmlns='jabber:client'/>", "not-acceptable")]
    public async Task Wrong_get_is_refused(string content, string condition) =>
        Assert.That(await GetAsync(await _server.ConnectAsync("hamlet@shakespeare.lit/denmark"), content), Does.Contain($"<{condition} "));

    [TestCase("", "not-acceptable")]
    [TestCase("<a>1</a>", "not-acceptable")]
    [TestCase("<a xmlns='x'>1</a><b>2</b>", "not-acceptable")]
    [TestCase("<a xmlns='x'>1</a><b xmlns='x'>2</b><c xmlns='x'>3</c>", "resource-constraint")]
    public async Task Wrong_set_is_refused_and_stores_nothing(string content, string condition)
    {
        Assert.That(await SetAsync(await _server.ConnectAsync("hamlet@shakespeare.lit/denmark"), content), Does.Contain($"<{condition} "));
        Assert.That(_server.Values.Writes, Is.Zero);
    }

    [Test]
    public async Task Element_over_the_size_is_refused() =>
        Assert.That(await SetAsync(await _server.ConnectAsync("hamlet@shakespeare.lit/denmark"), $"<a xmlns='x'>{new string('ü', 100)}</a>"), Does.Contain("<policy-violation "));

    [Test]
    public async Task Empty_element_gives_its_place_up()
    {
        var hamlet = await _server.ConnectAsync("hamlet@shakespeare.lit/denmark");
        await SetAsync(hamlet, "<a xmlns='x'>1</a><b xmlns='x'>2</b>");
        Assert.That(await SetAsync(hamlet, "<c xmlns='x'>3</c>"), Does.Contain("<resource-constraint "));
        Assert.That(await SetAsync(hamlet, "<a xmlns='x'/>"), Does.Contain("type='result'"));
        Assert.That(await SetAsync(hamlet, "<c xmlns='x'>3</c>"), Does.Contain("type='result'"));
        Assert.That(await GetAsync(hamlet, "<a xmlns='x'/>"), Does.Contain("<a xmlns='x'/>"));
    }

    [Test]
    public async Task Everything_is_exported_and_erased()
    {
        var hamlet = await _server.ConnectAsync("hamlet@shakespeare.lit/denmark");
        await SetAsync(hamlet, Prefs);
        var owner = _server.Get<IEnumerable<IAccountDataOwner>>().Single();
        Assert.That((await owner.ExportAsync(hamlet.Jid.Bare, default).ToListAsync()).Select(Wire.Text), Is.EqualTo(new[] { $"<query xmlns='jabber:iq:private'>{Prefs}</query>" }));
        await owner.EraseAsync(hamlet.Jid.Bare, default);
        Assert.That(await owner.ExportAsync(hamlet.Jid.Bare, default).ToListAsync(), Is.Empty);
    }

    private Task<string> SetAsync(FakeSession session, string content, string to = "") => AskAsync(session, "set", content, to);

    private Task<string> GetAsync(FakeSession session, string content, string to = "") => AskAsync(session, "get", content, to);

    private async Task<string> AskAsync(FakeSession session, string type, string content, string to)
    {
        await _server.SendAsync(session, $"<iq type='{type}' id='1'{to}><query xmlns='jabber:iq:private'>{content}</query></iq>");
        return session.Take().Single();
    }
}
