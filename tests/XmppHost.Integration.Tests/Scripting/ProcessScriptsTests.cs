using System.Security.Cryptography.X509Certificates;
using XmppHost.Scripting;
using XmppHost.Testing;

namespace XmppHost.Integration.Tests.Scripting;

/// <summary>Scripts against the server as an operator runs it: over TCP and TLS.</summary>
[TestFixture]
public sealed class ProcessScriptsTests
{
    private const string Config = """
        {
          "defaults": { "plugins": { "Disco": {}, "Commands": {}, "ServerInfo": {}, "Roster": {}, "Messaging": {}, "StreamManagement": {} } },
          "hosts": { "localhost": { "plugins": { "Accounts": { "registration": "loopback", "perAddressAndHour": 1000 }, "HttpUpload": {}, "FileStore": {} } } }
        }
        """;

    private ServerProcess _server = null!;
    private X509Certificate2 _certificate = null!;

    /// <summary>Whether a script is about what only a real port shows: encryption, HTTP.</summary>
    public static bool IsForProcess(string file) =>
        (Path.GetFileName(Path.GetDirectoryName(file)), Path.GetFileName(file)) is ("xep-0363", "upload.xmpp" or "legacy.xmpp" or "refusals.xmpp") or ("xep-0050", "uploads.xmpp" or "errors.xmpp") or ("rfc6120", "login.xmpp" or "starttls.xmpp");

    // Their own, and a few that show that nothing else differs.
    private static IEnumerable<TestCaseData> Scripts() =>
        ScriptFiles.All().Where(t => IsForProcess((string)t.Arguments[0]!)).Concat(ScriptFiles.All("xep-0077", "xep-0160", "xep-0198", "xep-0199"));

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
