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
              "Archive": {}, "Carbons": {}, "Blocking": {}, "PrivateStorage": {}, "Profiles": {}, "StreamManagement": {}, "Mobile": {},
              "Accounts": { "registration": "loopback", "perAddressAndHour": 1000 },
              "ExternalServices": {
                "services": [
                  { "type": "stun", "host": "192.0.2.1" }, { "type": "turn", "host": "turn.example.org", "secret": "north", "ttl": "1 h" },
                  { "type": "turn", "host": "turn.example.org", "port": 9999, "transport": "tcp", "username": "fixed", "password": "known" }
                ]
              }
            }
          },
          "hosts": {
            "localhost": {}, "example.net": { "plugins": { "Mobile": { "maxDelay": "1 s" } } },
            "files.example": {
              "auth": { "anonymous": true },
              "plugins": {
                "FileStore": {},
                "HttpUpload": { "maxFileSize": 20000, "purposes": { "profile": { "maxFileSize": 100 }, "ephemeral": {} }, "rules": [{ "who": ["mallory@files.example"], "allow": false }] }
              }
            },
            "typed.example": {
              "plugins": { "FileStore": {}, "HttpUpload": { "maxFileSize": "unlimited", "legacyNamespace": false, "allowedTypes": ["image/*", "text/plain"], "deniedTypes": ["image/svg+xml"] } }
            },
            "broken.example": {
              "plugins": {
                "HttpUpload": {
                  "backend": "s3", "s3": { "bucketUrl": "https://s3.example/bucket", "region": "eu-west-1", "credentials": "chain", "profile": "nobody", "profilesFile": "no-such-file" }
                }
              }
            },
            "quota.example": {
              "plugins": {
                "FileStore": {},
                "HttpUpload": {
                  "retention": "7 days", "purposes": { "permanent": {} },
                  "rules": [
                    { "who": ["rate@quota.example"], "slotsPerMinute": 2 }, { "who": ["day@quota.example"], "bytesPerDay": "10 KiB" },
                    { "who": ["space@quota.example"], "bytesPerUser": "10 KiB" }, { "who": ["files@quota.example"], "filesPerUser": 1 }
                  ]
                }
              }
            }
          }
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
