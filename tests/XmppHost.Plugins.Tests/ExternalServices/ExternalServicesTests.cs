using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using XmppHost.Addressing;
using XmppHost.Plugins.ExternalServices;
using XmppHost.Plugins.Tests.Support;
using XmppHost.Xml;

namespace XmppHost.Plugins.Tests.ExternalServices;

internal sealed class ExternalServicesTests : IDisposable
{
    private const string Romeo = "romeo@example.org/orchard";
    private const string Key = "north";

    private static readonly string[] Turn = ["services:0:type=turn", "services:0:host=turn.example.org", $"services:0:secret={Key}"];

    private readonly List<FakeServer> _servers = [];

    public void Dispose() => _servers.ForEach(s => s.Dispose());

    [Test]
    public async Task Service_is_told_as_it_stands_in_config()
    {
        var list = await ListAsync(Server(
            "services:0:type=ftp", "services:0:host=ftp.example.org", "services:0:port=20", "services:0:transport=tcp", "services:0:name=Files & more",
            "services:0:username=guest", "services:0:password=welcome", "services:0:expires=2026-01-02T03:04:06Z"));
        Assert.That(list, Is.EqualTo(
            "<services xmlns='urn:xmpp:extdisco:2'><service expires='2026-01-02T03:04:06Z' host='ftp.example.org' name='Files &amp; more' password='welcome' port='20' restricted='true' transport='tcp' "
            + "type='ftp' username='guest'/></services>"));
    }

    [TestCase("stun", " port='3478' transport='udp'")]
    [TestCase("turn", " port='3478' transport='udp'")]
    [TestCase("stuns", " port='5349' transport='tcp'")]
    [TestCase("turns", " port='5349' transport='tcp'")]
    [TestCase("ftp", "")]
    public async Task Usual_port_and_transport_are_filled_in(string type, string expected) =>
        Assert.That(await ListAsync(Server($"services:0:type={type}", "services:0:host=192.0.2.1")), Is.EqualTo($"<services xmlns='urn:xmpp:extdisco:2'><service host='192.0.2.1'{expected} type='{type}'/></services>"));

    [Test]
    public async Task Secret_makes_credentials_that_end()
    {
        var server = Server([.. Turn, "services:0:ttl=1 h"]);
        var service = await TurnAsync(server);
        var end = server.Time.GetUtcNow().ToUnixTimeSeconds() + 3600;
        Assert.Multiple(() =>
        {
            Assert.That(service.Attribute("username"), Is.EqualTo(end.ToString(CultureInfo.InvariantCulture)));
            Assert.That(service.Attribute("password"), Is.EqualTo(Sign(service.Attribute("username")!)));
            Assert.That(service.Attribute("expires"), Is.EqualTo("2026-01-02T04:04:05Z"));
            Assert.That(service.Attribute("restricted"), Is.EqualTo("true"));
        });
    }

    // Made with: printf 1767330245 | openssl dgst -sha1 -hmac north -binary | base64
    [Test]
    public async Task Password_is_what_the_turn_server_computes() =>
        Assert.That((await TurnAsync(Server([.. Turn, "services:0:ttl=2 h"]))).Attribute("password"), Is.EqualTo("colAa5seSr+tvdcm1jTtWMThF44="));

    [Test]
    public async Task Credentials_are_new_with_each_answer()
    {
        var server = Server(Turn);
        var first = await TurnAsync(server);
        server.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.That((await TurnAsync(server)).Attribute("username"), Is.Not.EqualTo(first.Attribute("username")));
    }

    [Test]
    public async Task Account_is_part_of_the_username_where_config_wants_it()
    {
        var username = (await TurnAsync(Server([.. Turn, "services:0:user=account"]))).Attribute("username")!;
        Assert.That(username, Does.Match("^[0-9]+:romeo@example\\.org$"));
    }

    [Test]
    public async Task Pseudonym_stays_with_an_account_and_tells_nothing_of_it()
    {
        var server = Server([.. Turn, "services:0:user=pseudonym"]);
        var first = (await TurnAsync(server)).Attribute("username")!.Split(':')[1];
        server.Time.Advance(TimeSpan.FromDays(3));
        var service = await TurnAsync(server, "romeo@example.org/balcony");
        var other = (await TurnAsync(server, "juliet@example.org/balcony")).Attribute("username")!.Split(':')[1];
        Assert.Multiple(() =>
        {
            Assert.That(first, Does.Match("^[0-9a-f]{16}$"));
            Assert.That(service.Attribute("username")!.Split(':')[1], Is.EqualTo(first));
            Assert.That(other, Is.Not.EqualTo(first));
            Assert.That(service.Attribute("password"), Is.EqualTo(Sign(service.Attribute("username")!)));
        });
    }

    [Test]
    public async Task Secret_may_change_in_its_file()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, "south\n");
            var server = Server([.. Turn[..2], $"services:0:secretFile={file}"]);
            await File.WriteAllTextAsync(file, $"{Key}\n");
            var service = await TurnAsync(server);
            Assert.That(service.Attribute("password"), Is.EqualTo(Sign(service.Attribute("username")!)));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Test]
    public async Task Credentials_that_have_ended_are_not_given()
    {
        var server = Server("services:0:type=turn", "services:0:host=turn.example.org", "services:0:username=a", "services:0:password=b", "services:0:expires=2026-01-02T03:04:06Z");
        server.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(await ListAsync(server), Is.EqualTo("<services xmlns='urn:xmpp:extdisco:2'><service host='turn.example.org' port='3478' restricted='true' transport='udp' type='turn'/></services>"));
        Assert.That(await AskAsync(server, "<credentials xmlns='urn:xmpp:extdisco:2'><service type='turn' host='turn.example.org'/></credentials>"), Does.Contain("<item-not-found "));
    }

    [TestCase("true", "port='3478' restricted='true' transport='udp'")]
    [TestCase("false", "port='3478' transport='udp'")]
    public async Task Restriction_is_announced_as_config_has_it(string restricted, string expected) =>
        Assert.That(await ListAsync(Server("services:0:type=turn", "services:0:host=turn.example.org", $"services:0:restricted={restricted}")), Does.Contain(expected));

    [TestCase("example.net", false, "false")]
    [TestCase("example.net", false, "true")]
    [TestCase("example.org", true, "false")]
    public async Task Strangers_are_told_nothing(string domain, bool anonymous, string allowed)
    {
        var server = Server([.. Turn, $"anonymous={allowed}"]);
        var stranger = Join(server, $"romeo@{domain}/orchard", anonymous);
        foreach (var payload in new[] { "<services xmlns='urn:xmpp:extdisco:2'/>", "<credentials xmlns='urn:xmpp:extdisco:2'><service/></credentials>" })
            Assert.That(await AskAsync(server, payload, stranger), Does.Contain("<error type='auth'><forbidden "));
    }

    [Test]
    public async Task Those_without_an_account_are_told_where_config_allows_it()
    {
        var server = Server([.. Turn, "anonymous=true"]);
        Assert.That(await AskAsync(server, "<services xmlns='urn:xmpp:extdisco:2'/>", Join(server, Romeo, anonymous: true)), Does.Contain("type='result'"));
    }

    [TestCase("", "is required", "")]
    [TestCase("type", "is required", "host=a.example")]
    [TestCase("type", "is a name such as stun or turn", "type=a b", "host=a.example")]
    [TestCase("host", "is required", "type=stun")]
    [TestCase("host", "'[::1]' is neither a domain nor an IP address", "type=stun", "host=[::1]")]
    [TestCase("host", "'a b' is neither a domain nor an IP address", "type=stun", "host=a b")]
    [TestCase("port", "is 0, but must be from 1 to 65535", "type=stun", "host=a.example", "port=0")]
    [TestCase("transport", "is a name such as udp or tcp", "type=stun", "host=a.example", "transport=1")]
    [TestCase("ttl", "is 30 s, but must be from 1 min to 365 days", "type=stun", "host=a.example", "secret=x", "ttl=30 s")]
    [TestCase("secret", "makes username and password: remove those, or this", "type=turn", "host=a.example", "secret=x", "username=a", "password=b")]
    [TestCase("password", "is required with username", "type=turn", "host=a.example", "username=a")]
    [TestCase("username", "is required with password", "type=turn", "host=a.example", "password=a")]
    [TestCase("username", "is empty or has control characters", "type=turn", "host=a.example", "password=a", "username=a\nb")]
    [TestCase("expires", "is about username and password; with a secret there is ttl", "type=turn", "host=a.example", "secret=a", "expires=2026-01-02T03:04:05Z")]
    [TestCase("user", "needs a secret", "type=turn", "host=a.example", "user=account")]
    public void Wrong_option_is_told_with_its_path(string option, string problem, params string[] service)
    {
        var error = Assert.Throws<InvalidOperationException>(() => Server([.. service.Where(s => s.Length > 0).Select(s => $"services:0:{s}")]))!;
        Assert.That(error.Message, Does.Contain(option.Length == 0 ? $"services: {problem}" : $"{option}: {problem}"));
    }

    [Test]
    public void Service_twice_is_a_problem()
    {
        string[] options = ["services:0:type=stun", "services:0:host=a.example", "services:1:type=stun", "services:1:host=A.example", "services:1:port=3478"];
        Assert.That(() => Server(options), Throws.InvalidOperationException.With.Message.Contains("services: has stun at a.example twice, with the same port and transport"));
        Assert.That(() => Server([.. options, "services:1:transport=tcp"]), Throws.Nothing);
    }

    private static string Sign(string username) => Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(Key), Encoding.UTF8.GetBytes(username)));

    private static FakeSession Join(FakeServer server, string jid, bool anonymous)
    {
        var session = new FakeSession(Jid.Parse(jid), server.Host) { IsAnonymous = anonymous };
        server.Directory.Add(session);
        return session;
    }

    private FakeServer Server(params string[] options)
    {
        var server = new FakeServer("example.org", server => new ExternalServicesModule(server.Plugin("ExternalServices", options)));
        _servers.Add(server);
        return server;
    }

    private static async Task<FakeSession> SessionAsync(FakeServer server, string jid) => server.Directory.Find(Jid.Parse(jid)) as FakeSession ?? await server.ConnectAsync(jid);

    private static async Task<XmppElement> TurnAsync(FakeServer server, string jid = Romeo)
    {
        var list = await AskAsync(server, "<services xmlns='urn:xmpp:extdisco:2'/>", await SessionAsync(server, jid));
        return Wire.Stanza(list).Element.Element("services", "urn:xmpp:extdisco:2")!.FirstElement()!;
    }

    private static async Task<string> ListAsync(FakeServer server)
    {
        var reply = Wire.Stanza(await AskAsync(server, "<services xmlns='urn:xmpp:extdisco:2'/>"));
        return reply.Element.FirstElement()!.ToString();
    }

    private static async Task<string> AskAsync(FakeServer server, string payload, FakeSession? session = null)
    {
        session ??= await SessionAsync(server, Romeo);
        await server.SendAsync(session, $"<iq type='get' id='1' to='example.org'>{payload}</iq>");
        return session.Take().Single();
    }
}
