using System.Text.RegularExpressions;
using XmppHost.Disco;
using XmppHost.Handlers;
using XmppHost.Plugins.HttpUpload.Slots;
using XmppHost.Plugins.Tests.Support;

namespace XmppHost.Plugins.Tests.HttpUpload;

public sealed class SlotTests
{
    private UploadServer _server = null!;

    [SetUp]
    public void Start() => _server = new UploadServer("maxFileSize=1 MiB");

    [TearDown]
    public void Stop() => _server.Dispose();

    [Test]
    public async Task Slot_names_both_urls_with_the_file_name_percent_encoded()
    {
        var slot = await _server.AskForSlotAsync("très cool.jpg", "23456", "image/jpeg");
        Assert.That(slot, Does.Match(
            "^<slot xmlns='urn:xmpp:http:upload:0'><put url='https://example.org:5281/upload/example.org/([0-9a-f]{64})/tr%C3%A8s%20cool.jpg[?]v2=[0-9a-f]{64}'/>"
            + "<get url='https://example.org:5281/upload/example.org/\\1/tr%C3%A8s%20cool.jpg'/></slot>$"));
    }

    [Test]
    public async Task Slot_in_the_old_namespace_has_its_old_shape()
    {
        var slot = await _server.AskAsync("<request xmlns='urn:xmpp:http:upload'><filename>my_juliet.png</filename><size>23456</size><content-type>image/png</content-type></request>");
        Assert.That(slot, Does.Match("^<slot xmlns='urn:xmpp:http:upload'><put>https://[^<]+/my_juliet.png[?]v2=[0-9a-f]{64}</put><get>https://[^<]+/my_juliet.png</get></slot>$"));
    }

    [Test]
    public async Task Slot_of_a_client_that_declares_no_type_lets_it_send_any()
    {
        Assert.That(await _server.AskForSlotAsync(type: null), Does.Contain("?v="));
        Assert.That(await _server.AskForSlotAsync(type: ""), Does.Contain("?v="));
        Assert.That(await _server.AskForSlotAsync(type: " image/png "), Does.Contain("?v2="));
    }

    [TestCase(64)]
    [TestCase(32)]
    [TestCase(22)]
    [TestCase(16)]
    public void Tokens_grow_and_have_at_least_128_random_bits(int length)
    {
        var time = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        var tokens = Enumerable.Range(0, 100).Select(i => UploadToken.Create(length, time.AddMilliseconds(i))).ToArray();
        Assert.That(tokens, Is.All.Matches($"^[0-9a-f]{{{2 * length}}}$"));
        if (length >= 22) Assert.That(tokens, Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal));
        var random = tokens.Select(t => t[(length >= 22 ? 12 : 0)..]).ToArray();
        Assert.That(random.Distinct().Count(), Is.EqualTo(100));
        Assert.That(random[0], Has.Length.GreaterThanOrEqualTo(32));
    }

    [Test]
    public async Task No_two_slots_are_the_same()
    {
        var slots = new HashSet<string>();
        for (var i = 0; i < 100; i++) slots.Add(await _server.AskForSlotAsync());
        Assert.That(slots, Has.Count.EqualTo(100));
    }

    [Test]
    public async Task Unknown_children_and_attributes_are_ignored() =>
        Assert.That(await _server.AskAsync("<request xmlns='urn:xmpp:http:upload:0' filename='a' size='1' more='x'><thing xmlns='urn:example'/></request>"), Does.StartWith("<slot "));

    [TestCase("")]
    [TestCase("a/b.txt")]
    [TestCase("a\\b.txt")]
    [TestCase(".")]
    [TestCase("..")]
    [TestCase("a\nb")]
    [TestCase("a\u0085b")]
    [TestCase("a\u007f")]
    public async Task Name_that_is_none_is_a_bad_request(string name) => AssertBadRequest(await _server.AskForSlotAsync(name));

    [TestCase("")]
    [TestCase("0")]
    [TestCase("-1000")]
    [TestCase("1.5")]
    [TestCase("1e3")]
    [TestCase("0x10")]
    [TestCase("five")]
    [TestCase("-99999999999999999999")]
    public async Task Size_that_is_none_is_a_bad_request(string size) => AssertBadRequest(await _server.AskForSlotAsync(size: size));

    [TestCase("<request xmlns='urn:xmpp:http:upload:0' size='1'/>")]
    [TestCase("<request xmlns='urn:xmpp:http:upload:0' filename='a'/>")]
    [TestCase("<request xmlns='urn:xmpp:http:upload'><filename>a</filename></request>")]
    [TestCase("<request xmlns='urn:xmpp:http:upload'><size>1</size></request>")]
    [TestCase("<request xmlns='urn:xmpp:http:upload:0'><filename>a</filename><size>1</size></request>")]
    public async Task Name_and_size_are_needed(string request) => AssertBadRequest(await _server.AskAsync(request));

    [TestCase("image/ü")]
    [TestCase("image/png&#13;&#10;X: y")]
    public async Task Type_that_no_header_can_carry_is_a_bad_request(string type) => AssertBadRequest(await _server.AskForSlotAsync(type: type));

    [Test]
    public async Task Type_of_more_than_255_characters_is_a_bad_request()
    {
        AssertBadRequest(await _server.AskForSlotAsync(type: new string('a', 256)));
        Assert.That(await _server.AskForSlotAsync(type: new string('a', 255)), Does.StartWith("<slot "));
    }

    [TestCase("1048592", true)]
    [TestCase("1048593", false)]
    [TestCase("99999999999999999999999", false)]
    public async Task Slot_over_the_limit_is_refused_with_file_too_large(string size, bool fits)
    {
        var answer = await _server.AskForSlotAsync(size: size);
        if (fits) Assert.That(answer, Does.StartWith("<slot "), "the limit and the tag of an encrypted file");
        else Assert.That(answer, Is.EqualTo(TooLarge("1 MiB", "urn:xmpp:http:upload:0", 1048592)));
    }

    [Test]
    public async Task Refusal_is_in_the_namespace_of_the_request() =>
        Assert.That(
            await _server.AskAsync("<request xmlns='urn:xmpp:http:upload'><filename>a</filename><size>2000000</size></request>"),
            Is.EqualTo(TooLarge("1 MiB", "urn:xmpp:http:upload", 1048592)));

    [Test]
    public async Task Limit_is_the_store_s_where_that_is_less()
    {
        using var server = new UploadServer("maxFileSize=1 MiB");
        server.Store.MaxFileSize = 1000;
        Assert.That(await server.AskForSlotAsync(size: "1001"), Is.EqualTo(TooLarge("1000 bytes", "urn:xmpp:http:upload:0", 1000)));
    }

    [TestCase("urn:xmpp:http:upload:0")]
    [TestCase("urn:xmpp:http:upload")]
    public async Task Set_is_not_allowed(string ns) =>
        Assert.That(await _server.AskAsync($"<request xmlns='{ns}' filename='a' size='1'/>", type: "set"), Does.StartWith("<error type='cancel'><not-allowed "));

    [TestCase("romeo@example.net/x", false, false)]
    [TestCase("romeo@example.net/x", true, false)]
    [TestCase("romeo@example.org/x", false, false)]
    [TestCase("4f2d@example.org/x", true, true)]
    public async Task Who_has_no_account_here_is_refused_before_anything_is_told(string from, bool isLocal, bool isAnonymous)
    {
        const string request = "<request xmlns='urn:xmpp:http:upload:0' filename='/' size='99999999999'/>";
        Assert.That(await _server.AskAsync(request, from: from, isLocal: isLocal, isAnonymous: isAnonymous), Does.StartWith("<error type='auth'><forbidden ").And.Not.Contain("too-large"));
        const string old = "<request xmlns='urn:xmpp:http:upload'><filename>a</filename><size>1</size></request>";
        Assert.That(await _server.AskAsync(old, from: from, isLocal: isLocal, isAnonymous: isAnonymous), Does.StartWith("<error type='cancel'><not-allowed "));
    }

    [TestCase("romeo@example.net/x", true)]
    [TestCase("juliet@example.net/x", false)]
    [TestCase("gateway.example.com/x", true)]
    [TestCase("user@gateway.example.com/x", true)]
    [TestCase("user@example.com/x", false)]
    public async Task Who_is_named_may_upload(string from, bool allowed)
    {
        using var server = new UploadServer("access:0=romeo@example.net", "access:1=gateway.example.com");
        var answer = await server.AskAsync("<request xmlns='urn:xmpp:http:upload:0' filename='a' size='1'/>", from: from, isLocal: false);
        Assert.That(answer, Does.StartWith(allowed ? "<slot " : "<error type='auth'>"));
    }

    [TestCase("image/png", true)]
    [TestCase("IMAGE/PNG", true)]
    [TestCase("image/jpeg; q=1", true)]
    [TestCase("text/plain", true)]
    [TestCase("text/html", false)]
    [TestCase("images/png", false)]
    [TestCase(null, false)]
    public async Task Type_must_be_one_of_the_allowed(string? type, bool allowed)
    {
        using var server = new UploadServer("allowedTypes:0=image/*", "allowedTypes:1=text/plain");
        var answer = await server.AskForSlotAsync(size: "99999999999", type: type);
        Assert.That(answer, allowed ? Does.Contain("<file-too-large ") : Does.StartWith("<error type='modify'><not-acceptable ").And.Not.Contain("file-too-large"));
    }

    [Test]
    public async Task Long_name_is_cut_before_its_extension()
    {
        var slot = await _server.AskForSlotAsync(new string('è', 200) + ".jpeg");
        var name = Uri.UnescapeDataString(Regex.Match(slot, "get url='[^']*/([^/']*)'").Groups[1].Value);
        Assert.That(name, Is.EqualTo(new string('è', 125) + ".jpeg"));
    }

    [Test]
    public void Service_is_announced_with_its_limit_the_current_namespace_first()
    {
        Assert.That(_server.All<ServiceAddress>(), Is.EqualTo(new[] { new ServiceAddress("upload.example.org", "store", "file", "HTTP File Upload") }));
        Assert.That(_server.All<DiscoFeature>().Select(f => (f.Var, f.Service)), Is.EqualTo(new[]
        {
            ("urn:xmpp:http:upload:0", "upload.example.org"), ("urn:xmpp:http:upload", "upload.example.org"), ("urn:xmpp:http:upload:purpose:0#message", "upload.example.org"),
        }));
        var forms = _server.All<IDiscoForm>().Select(f => Wire.Text(f.Form()!.ToElement())).ToArray();
        Assert.That(forms, Has.Length.EqualTo(2));
        Assert.That(forms[0], Does.Contain("<value>urn:xmpp:http:upload:0</value>").And.Contain("<field var='max-file-size'><value>1048592</value></field>"));
        Assert.That(forms[1], Does.Contain("<value>urn:xmpp:http:upload</value>").And.Contain("<value>1048592</value>"));
    }

    [Test]
    public async Task Unlimited_has_no_form_and_no_limit()
    {
        using var server = new UploadServer("maxFileSize=unlimited");
        Assert.That(server.All<IDiscoForm>().Select(f => f.Form()), Is.All.Null);
        Assert.That(await server.AskForSlotAsync(size: "17592186044416"), Does.StartWith("<slot "), "16 TiB, the end of the ledger's numbers");
        Assert.That(await server.AskForSlotAsync(size: "17592186044417"), Is.EqualTo(TooLarge("16 TiB", "urn:xmpp:http:upload:0", 17592186044416)));
    }

    [Test]
    public void Old_namespace_can_be_switched_off()
    {
        using var server = new UploadServer("legacyNamespace=false");
        Assert.That(server.All<IIqHandler>().Select(h => h.Key.Namespace), Is.All.EqualTo("urn:xmpp:http:upload:0"));
        Assert.That(server.All<DiscoFeature>().Select(f => f.Var), Is.EqualTo(new[] { "urn:xmpp:http:upload:0", "urn:xmpp:http:upload:purpose:0#message" }));
    }

    private static string TooLarge(string limit, string ns, long bytes) =>
        "<error type='modify'><not-acceptable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>"
        + $"<text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas' xml:lang='en'>The file is too large. The limit is {limit}.</text>"
        + $"<file-too-large xmlns='{ns}'><max-file-size>{bytes}</max-file-size></file-too-large></error>";

    private static void AssertBadRequest(string answer) => Assert.That(answer, Does.StartWith("<error type='modify'><bad-request xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/><text "));
}
