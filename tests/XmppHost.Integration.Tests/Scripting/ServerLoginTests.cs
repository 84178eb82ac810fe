using System.Security.Cryptography.X509Certificates;
using XmppHost.Scripting;
using XmppHost.Testing;

namespace XmppHost.Integration.Tests.Scripting;

/// <summary>Every mechanism of the server with a client that shares no code with it.</summary>
[TestFixture]
public sealed class ServerLoginTests
{
    private const string Config = """
        { "defaults": { "plugins": { "Disco": {} } }, "hosts": { "localhost": { "plugins": { "Accounts": { "registration": "loopback" } } } } }
        """;

    private ServerProcess _server = null!;
    private X509Certificate2 _certificate = null!;

    [OneTimeSetUp]
    public async Task StartServer()
    {
        _server = await ServerProcess.StartAsync(new ServerProcessOptions { Config = Config });
        _certificate = X509CertificateLoader.LoadCertificateFromFile(_server.CertificateFile);
        await using var client = await ScriptedClient.LoginAsync(Transport, Romeo, LoginStage.Secured);
        Assert.That((await client.RegisterAsync()).Attribute("type"), Is.EqualTo("result"));
    }

    [OneTimeTearDown]
    public async Task StopServer()
    {
        _certificate?.Dispose();
        await _server.DisposeAsync();
    }

    private TcpTransport Transport => new(new ServerAddress("127.0.0.1", _server.Port), new ServerAddress("127.0.0.1", _server.DirectTlsPort));

    private ScriptedClientOptions Romeo => new()
    {
        Jid = "romeo@localhost/orchard",
        Password = "wherefore, art=thou",
        CertificateValidation = (_, certificate, _, _) => certificate?.GetCertHashString() == _certificate.GetCertHashString(),
    };

    [TestCase("SCRAM-SHA-1", null)]
    [TestCase("SCRAM-SHA-256", null)]
    [TestCase("SCRAM-SHA-512", null)]
    [TestCase("SCRAM-SHA-1-PLUS", "tls-server-end-point")]
    [TestCase("SCRAM-SHA-256-PLUS", "tls-server-end-point")]
    [TestCase("SCRAM-SHA-512-PLUS", "tls-server-end-point")]
    [TestCase("SCRAM-SHA-256-PLUS", "tls-exporter")]
    [TestCase("SCRAM-SHA-512-PLUS", "tls-exporter")]
    [TestCase("PLAIN", null)]
    public async Task Login_works_with(string mechanism, string? binding)
    {
        foreach (var tls in (TlsMode[])[TlsMode.StartTls, TlsMode.Direct])
        {
            await using var romeo = await ScriptedClient.LoginAsync(Transport, Romeo with { Mechanism = mechanism, ChannelBinding = binding, Tls = tls });
            Assert.That(romeo.Jid, Is.EqualTo("romeo@localhost/orchard"));
            await romeo.CloseAsync();
        }
    }

    [TestCase("SCRAM-SHA-512-PLUS")]
    [TestCase("SCRAM-SHA-256")]
    [TestCase("PLAIN")]
    public async Task A_wrong_password_is_refused_with(string mechanism)
    {
        var failure = await Assert.ThrowsAsync<ScriptedClientException>(() => ScriptedClient.LoginAsync(Transport, Romeo with { Mechanism = mechanism, Password = "wrong" }));

        Assert.That(failure!.Condition, Is.EqualTo("not-authorized"));
    }
}
