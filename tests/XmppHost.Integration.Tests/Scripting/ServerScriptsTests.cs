using System.Security.Cryptography.X509Certificates;
using XmppHost.Scripting;
using XmppHost.Testing;

namespace XmppHost.Integration.Tests.Scripting;

/// <summary>The scripts against the server itself, run as an operator runs it.</summary>
[TestFixture]
public sealed class ServerScriptsTests
{
    private const string Config = """
        {
          "defaults": { "plugins": { "Disco": {}, "ServerInfo": { "contact": { "abuse": ["mailto:abuse@example.org"] } }, "Roster": {}, "Messaging": { "maxMessages": 50 }, "Blocking": {}, "PrivateStorage": {}, "Profiles": {}, "StreamManagement": {}, "HttpUpload": {}, "FileStore": {} } },
          "hosts": { "localhost": { "plugins": { "Accounts": { "registration": "loopback", "perAddressAndHour": 1000 } } } }
        }
        """;

    private ServerProcess _server = null!;
    private X509Certificate2 _certificate = null!;

    private static IEnumerable<TestCaseData> Scripts() =>
        ScriptFiles.All(
            "rfc6120", "rfc6121", "xep-0012", "xep-0030", "xep-0049", "xep-0054", "xep-0077", "xep-0092", "xep-0115", "xep-0157",
            "xep-0160", "xep-0191", "xep-0198", "xep-0199", "xep-0202", "xep-0237", "xep-0334", "xep-0363");

    [OneTimeSetUp]
    public async Task StartServer()
    {
        _server = await ServerProcess.StartAsync(new ServerProcessOptions { Config = Config });
        _certificate = X509CertificateLoader.LoadCertificateFromFile(_server.CertificateFile);
    }

    [OneTimeTearDown]
    public async Task StopServer()
    {
        _certificate?.Dispose();
        await _server.DisposeAsync();
    }

    [TestCaseSource(nameof(Scripts))]
    public async Task Server_passes(string file)
    {
        var options = new ScriptRunnerOptions { CertificateValidation = (_, certificate, _, _) => certificate?.GetCertHashString() == _certificate.GetCertHashString() };
        var transport = new TcpTransport(new ServerAddress("127.0.0.1", _server.Port), new ServerAddress("127.0.0.1", _server.DirectTlsPort));

        var result = await new ScriptRunner(transport, options).RunAsync(ScriptParser.ParseFile(file));

        Assert.That(result.Passed, Is.True, result.Report);
    }
}
