using XmppHost.Scripting;
using XmppHost.Testing;

namespace XmppHost.Integration.Tests.Scripting;

/// <summary>Every script against the server in memory; those whose subject is encryption or HTTP run on a server process.</summary>
[TestFixture]
public sealed class ServerScriptsTests
{
    internal const string Config = """
        {
          "defaults": {
            "plugins": {
              "Disco": {}, "Commands": {}, "ServerInfo": { "contact": { "abuse": ["mailto:abuse@example.org"] } }, "Roster": {}, "Messaging": { "maxMessages": 50 },
              "Blocking": {}, "PrivateStorage": {}, "Profiles": {}, "StreamManagement": {},
              "Accounts": { "registration": "loopback", "perAddressAndHour": 1000 }
            }
          },
          "hosts": { "localhost": {}, "example.net": {} }
        }
        """;

    private XmppTestServer _server = null!;

    private static IEnumerable<TestCaseData> Scripts() => ScriptFiles.All().Where(t => !ProcessScriptsTests.IsForProcess((string)t.Arguments[0]!));

    [OneTimeSetUp]
    public async Task StartServer() => _server = await XmppTestServer.StartAsync(Config);

    [OneTimeTearDown]
    public async Task StopServer() => await _server.DisposeAsync();

    [TestCaseSource(nameof(Scripts))]
    public async Task Server_passes(string file)
    {
        var earlier = _server.Log.Length;
        var result = await _server.RunScriptAsync(ScriptParser.ParseFile(file));

        Assert.That(result.Passed, Is.True, $"{result.Report}\n{_server.Log[earlier..]}");
    }
}
