using XmppHost.Addressing;
using XmppHost.Plugins.ExternalServices;
using XmppHost.Plugins.Tests.Support;

namespace XmppHost.Plugins.Tests.ExternalServices;

internal sealed class CredentialRequestTests : IDisposable
{
    private static readonly string[] Options =
    [
        "services:0:type=stun", "services:0:host=turn.example.org",
        "services:1:type=turn", "services:1:host=turn.example.org", "services:1:username=a", "services:1:password=1",
        "services:2:type=turn", "services:2:host=turn.example.org", "services:2:port=9999", "services:2:username=b", "services:2:password=2",
        "services:3:type=turn", "services:3:host=192.0.2.1", "services:3:username=c", "services:3:password=3",
    ];

    private readonly FakeServer _server = new("example.org", server => new ExternalServicesModule(server.Plugin("ExternalServices", Options)));

    public void Dispose() => _server.Dispose();

    [TestCase("<service type='turn' host='turn.example.org'/>", "ab")]
    [TestCase("<service type='turn' host='TURN.example.org'/>", "ab")]
    [TestCase("<service type='turn' host='turn.example.org' port='9999'/>", "b")]
    [TestCase("<service type='turn' host='turn.example.org' port='3478'/>", "a")]
    [TestCase("<service type='turn' host='192.0.2.1'/><service type='turn' host='turn.example.org' port='9999'/>", "bc")]
    [TestCase("<service type='turn' host='192.0.2.1'/><service type='turn' host='192.0.2.1'/><service type='turn' host='192.0.2.2'/>", "c")]
    public async Task Services_that_are_meant_come_with_credentials_once(string content, string expected)
    {
        foreach (var ns in new[] { "urn:xmpp:extdisco:2", "urn:xmpp:extdisco:1" })
        {
            var credentials = Wire.Stanza(await AskAsync(ns, content)).Element.Element("credentials", ns)!;
            Assert.That(string.Concat(credentials.Elements().Select(e => e.Attribute("username"))), Is.EqualTo(expected));
            Assert.That(credentials.Elements().All(e => e.Is("service", ns)));
        }
    }

    [TestCase("", "bad-request")]
    [TestCase("<service host='turn.example.org'/>", "bad-request")]
    [TestCase("<service type='turn'/>", "bad-request")]
    [TestCase("<service type='' host='turn.example.org'/>", "bad-request")]
    [TestCase("<service type='turn' host='turn.example.org' port='x'/>", "bad-request")]
    [TestCase("<service type='turn' host='turn.example.org' port='65536'/>", "bad-request")]
    [TestCase("<service type='turn' host='turn.example.org'/><service type='turn'/>", "bad-request")]
    [TestCase("<service type='turn' host='turn.example.org' xmlns='urn:example:other'/>", "bad-request")]
    [TestCase("<service type='stun' host='turn.example.org'/>", "item-not-found")]
    [TestCase("<service type='turn' host='other.example.org'/>", "item-not-found")]
    [TestCase("<service type='turn' host='turn.example.org' port='1'/>", "item-not-found")]
    public async Task Wrong_request_is_refused(string content, string condition) =>
        Assert.That(await AskAsync("urn:xmpp:extdisco:2", content), Does.Contain("type='error'").And.Contains($"<{condition} "));

    private async Task<string> AskAsync(string ns, string content)
    {
        var romeo = _server.Directory.Find(Jid.Parse("romeo@example.org/orchard")) as FakeSession ?? await _server.ConnectAsync("romeo@example.org/orchard");
        await _server.SendAsync(romeo, $"<iq type='get' id='1' to='example.org'><credentials xmlns='{ns}'>{content}</credentials></iq>");
        return romeo.Take().Single();
    }
}
