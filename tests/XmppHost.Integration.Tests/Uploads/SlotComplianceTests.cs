using System.Globalization;
using System.Text.RegularExpressions;
using XmppHost.Testing;
using XmppHost.Xml;

namespace XmppHost.Integration.Tests.Uploads;

/// <summary>What the XMPP Interop Testing project's suite and Smack's own ask of an upload service, of each backend's slots.</summary>
public sealed partial class SlotComplianceTests
{
    private const string Namespace = "urn:xmpp:http:upload:0";
    private const string Own = "own.test", S3 = "s3.test", External = "external.test", Sanitised = "sanitised.test", Jwt = "jwt.test", Limited = "limited.test";

    private XmppTestServer _server = null!;

    [OneTimeSetUp]
    public async Task StartServer() => _server = await XmppTestServer.StartAsync($$"""
        {
          "defaults": { "plugins": { "Disco": {} } },
          "hosts": {
            "{{Own}}": { "plugins": { "HttpUpload": {}, "FileStore": {} } },
            "{{S3}}": { "plugins": { "HttpUpload": { "backend": "s3", "s3": {
              "bucketUrl": "https://bucket.s3.eu-west-1.amazonaws.com/", "region": "eu-west-1", "accessKeyId": "AKIDEXAMPLE", "secretAccessKey": "a secret of the tests" } } } },
            "{{External}}": { "plugins": { "HttpUpload": { "backend": "external", "external": {
              "baseUrl": "https://files.test/share.php", "secret": "a secret of the tests", "keepUnicodeNames": true } } } },
            "{{Sanitised}}": { "plugins": { "HttpUpload": { "backend": "external", "external": { "baseUrl": "https://files.test/share.php/", "secret": "a secret of the tests" } } } },
            "{{Jwt}}": { "plugins": { "HttpUpload": { "backend": "external", "external": {
              "baseUrl": "https://files.test/", "secret": "a secret of the tests, 32 bytes long", "protocol": "jwt", "keepUnicodeNames": true } } } },
            "{{Limited}}": { "plugins": { "HttpUpload": { "slotsPerMinute": 4 }, "FileStore": {} } }
          }
        }
        """);

    [OneTimeTearDown]
    public async Task StopServer()
    {
        if (_server is not null) await _server.DisposeAsync();
    }

    [Test]
    public async Task Both_urls_are_https_and_follow_rfc_3986([Values(Own, S3, External, Sanitised, Jwt)] string host)
    {
        var (put, get) = Urls(await RequestAsync(host, "très cool.txt"));
        foreach (var url in new[] { put, get })
        {
            Assert.That(url, Does.StartWith("https://"));
            Assert.That(url, Does.Match(Rfc3986()), "only its characters, and no % without two digits");
        }
    }

    [Test]
    public async Task Name_that_is_not_ascii_is_percent_encoded_in_both_urls([Values(Own, S3, External, Jwt)] string host)
    {
        var (put, get) = Urls(await RequestAsync(host, "très cool.txt"));
        Assert.That(put.Split('?')[0], Does.EndWith("/tr%C3%A8s%20cool.txt").IgnoreCase);
        Assert.That(get, Does.EndWith("/tr%C3%A8s%20cool.txt").IgnoreCase);
    }

    [Test]
    public async Task Sanitised_name_keeps_its_extension() =>
        Assert.That(Urls(await RequestAsync(Sanitised, "très cool.txt")).Get, Does.Match(@"/[A-Za-z0-9._-]+\.txt$"));

    [Test]
    public async Task Headers_are_of_the_three_that_a_client_may_send([Values(Own, S3, External, Sanitised, Jwt)] string host)
    {
        var headers = (await RequestAsync(host, "a.txt")).Element("slot", Namespace)!.Element("put", Namespace)!.Elements().ToArray();
        Assert.That(headers, Has.Length.EqualTo(host == Jwt ? 1 : 0));
        foreach (var header in headers)
        {
            Assert.That(header.Name, Is.EqualTo("header"));
            // COMPAT: aioxmpp compares the name as it is written here.
            Assert.That(header.Attribute("name"), Is.AnyOf("Authorization", "Cookie", "Expires"));
            Assert.That(header.Text, Does.Not.Contain("\n").And.Not.Contain("\r"));
        }
    }

    [Test]
    public async Task Ten_slots_in_a_burst_are_all_different([Values(Own, S3, External, Sanitised, Jwt)] string host)
    {
        var answers = await BurstAsync(host);
        Assert.That(answers.Select(a => a.Attribute("type")), Is.All.EqualTo("result"));
        var urls = answers.SelectMany(a => new[] { Urls(a).Put, Urls(a).Get });
        Assert.That(urls.Distinct().Count(), Is.EqualTo(host == Jwt ? 10 : 20), "the token of a JWT's slot stands in a header: one URL for both");
    }

    [Test]
    public async Task Burst_over_the_limit_is_answered_with_the_time_to_come_back()
    {
        var refused = (await BurstAsync(Limited)).Where(a => a.Attribute("type") == "error").ToArray();
        Assert.That(refused, Has.Length.EqualTo(6));
        foreach (var error in refused.Select(r => r.Element("error", r.Namespace)!))
        {
            Assert.That(error.Attribute("type"), Is.EqualTo("wait"));
            var stamp = error.Element("retry", Namespace)!.Attribute("stamp")!;
            Assert.That(stamp, Does.Match(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)$"), "XEP-0082, in UTC");
            Assert.That(DateTimeOffset.Parse(stamp, CultureInfo.InvariantCulture), Is.GreaterThan(TimeProvider.System.GetUtcNow().AddSeconds(-1)).And.LessThan(TimeProvider.System.GetUtcNow().AddMinutes(2)));
        }
    }

    // COMPAT: Smack reads the first form alone, and takes its field for a number.
    [Test]
    public async Task First_form_of_the_service_is_the_current_namespaces_and_has_a_plain_number([Values(Own, S3, External)] string host)
    {
        await using var client = await _server.LoginAsync($"reader-{Guid.NewGuid():N}@{host}");
        var info = await client.IqAsync($"<iq type='get' to='upload.{host}'><query xmlns='http://jabber.org/protocol/disco#info'/></iq>");
        var form = info.Elements().Single().Elements().First(e => e.Name == "x");
        var fields = form.Elements().ToDictionary(f => f.Attribute("var")!, f => f.Elements().Single().Text);
        Assert.That(fields["FORM_TYPE"], Is.EqualTo(Namespace));
        Assert.That(long.Parse(fields["max-file-size"], NumberStyles.None, CultureInfo.InvariantCulture), Is.EqualTo((100 << 20) + 16));
    }

    [Test]
    public async Task Host_itself_does_not_claim_to_be_the_service([Values(Own, S3, External)] string host)
    {
        await using var client = await _server.LoginAsync($"reader-{Guid.NewGuid():N}@{host}");
        var info = await client.IqAsync($"<iq type='get' to='{host}'><query xmlns='http://jabber.org/protocol/disco#info'/></iq>");
        Assert.That(info.Elements().Single().Elements().Select(e => e.Attribute("var")), Has.None.EqualTo(Namespace));
    }

    private async Task<XmppElement> RequestAsync(string host, string name)
    {
        await using var client = await _server.LoginAsync($"uploader-{Guid.NewGuid():N}@{host}");
        return await client.IqAsync(Request(host, name, 5));
    }

    private async Task<IReadOnlyList<XmppElement>> BurstAsync(string host)
    {
        await using var client = await _server.LoginAsync($"uploader-{Guid.NewGuid():N}@{host}");
        for (var i = 0; i < 10; i++) await client.SendAsync(Request(host, "a.txt", 100 + i));
        var answers = new List<XmppElement>();
        while (answers.Count < 10) answers.Add(await client.ReceiveAsync(e => e.Name == "iq", TimeSpan.FromSeconds(30)));
        return answers;
    }

    private static string Request(string host, string name, int size) =>
        $"<iq type='get' to='upload.{host}' id='{Guid.NewGuid():N}'><request xmlns='{Namespace}' filename='{name}' size='{size}'/></iq>";

    private static (string Put, string Get) Urls(XmppElement answer)
    {
        var slot = answer.Element("slot", Namespace) ?? throw new InvalidOperationException($"no slot: {answer}");
        return (slot.Element("put", Namespace)!.Attribute("url")!, slot.Element("get", Namespace)!.Attribute("url")!);
    }

    [GeneratedRegex("^https://[A-Za-z0-9.-]+(:[0-9]+)?(/([A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})*)*(\\?([A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?$")]
    private static partial Regex Rfc3986();
}
