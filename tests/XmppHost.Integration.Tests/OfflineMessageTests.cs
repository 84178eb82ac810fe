using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using XmppHost.Scripting;
using XmppHost.Testing;
using XmppHost.Xml;

namespace XmppHost.Integration.Tests;

/// <summary>Messages to someone who comes and goes while they are sent: a race that no script can run.</summary>
[TestFixture]
public sealed class OfflineMessageTests
{
    private const int Messages = 1500;

    private ServerProcess _server = null!;
    private X509Certificate2 _certificate = null!;

    [OneTimeSetUp]
    public async Task StartServer()
    {
        _server = await ServerProcess.StartAsync(new ServerProcessOptions { Settings = ["defaults:plugins:Messaging:maxMessages=10000"] });
        _certificate = X509CertificateLoader.LoadCertificateFromFile(_server.CertificateFile);
        await _server.AddAccountAsync("romeo@localhost", "secret");
        await _server.AddAccountAsync("juliet@localhost", "secret");
    }

    [OneTimeTearDown]
    public async Task StopServer()
    {
        _certificate?.Dispose();
        await _server.DisposeAsync();
    }

    [Test]
    public async Task Each_message_to_an_account_that_comes_and_goes_arrives_exactly_once_and_in_order()
    {
        var random = new Random(4711);
        var received = new List<int>();
        var sending = SendAsync();
        for (var visit = 0; !sending.IsCompleted || visit < 10; visit++) await VisitAsync($"visit-{visit}", random.Next(0, 60), received);
        await sending;
        await VisitAsync("last", 2000, received);

        Assert.That(Enumerable.Range(0, Messages).Except(received), Is.Empty, "lost");
        Assert.That(received, Is.Ordered);
        Assert.That(received.GroupBy(id => id).Where(g => g.Count() > 1).Select(g => g.Key), Is.Empty, "repeated");
    }

    private async Task SendAsync()
    {
        var random = new Random(42);
        await using var romeo = await LoginAsync("romeo@localhost/orchard");
        for (var i = 0; i < Messages; i++)
        {
            await romeo.SendAsync($"<message to='juliet@localhost' type='chat' id='{i}'><body>{i}</body></message>");
            if (random.Next(4) == 0) await Task.Delay(random.Next(1, 12));
        }

        await romeo.IqAsync("<iq type='get' to='localhost'><ping xmlns='urn:xmpp:ping'/></iq>");
        await romeo.CloseAsync();
    }

    private async Task VisitAsync(string resource, int milliseconds, List<int> received)
    {
        await using var juliet = await LoginAsync($"juliet@localhost/{resource}");
        await juliet.SendAsync("<presence/>");
        var until = DateTime.UtcNow.AddMilliseconds(milliseconds);
        while (until - DateTime.UtcNow is var left && left > TimeSpan.Zero)
            if (await juliet.TryReceiveItemAsync(left) is { } item)
                Note(item, received);
        await juliet.SendAsync("</stream:stream>");
        while (await juliet.TryReceiveItemAsync() is { Kind: StreamItemKind.Element } item) Note(item, received);
    }

    private static void Note(StreamItem item, List<int> received)
    {
        if (item.Element is { } element && element.Is("message", XmlNs.Client)) received.Add(int.Parse(element.Attribute("id")!, CultureInfo.InvariantCulture));
    }

    private Task<ScriptedClient> LoginAsync(string jid) => ScriptedClient.LoginAsync(
        new TcpTransport(new ServerAddress("127.0.0.1", _server.Port), new ServerAddress("127.0.0.1", _server.DirectTlsPort)),
        new ScriptedClientOptions
        {
            Jid = jid,
            Password = "secret",
            Timeout = TimeSpan.FromSeconds(20),
            CertificateValidation = (_, certificate, _, _) => certificate?.GetCertHashString() == _certificate.GetCertHashString(),
        });
}
