using Microsoft.CodeAnalysis;
using XmppHost.Core.Tests.Plugins;
using XmppHost.Xml;

namespace XmppHost.Server.Tests;

public sealed class ConfigCommandTests
{
    private TempFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TempFolder("xh-config");

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public async Task The_built_in_default_is_in_order_and_checking_it_leaves_nothing_behind()
    {
        var result = await Cli.RunAsync("config", "check", "--data", _folder["data"]);

        Assert.That(result, Is.EqualTo(new CliResult(0, result.Output, "")));
        Assert.That(result.Output, Does.Match(@"^The configuration is in order: localhost with \d+ plugins\.\n$"));
        Assert.That(Directory.Exists(_folder["data"]), Is.False);
    }

    [Test]
    public async Task All_problems_of_all_hosts_are_told_with_their_places_and_nothing_is_started()
    {
        var config = Write("""
            {
              "endpoint": {},
              "endpoints": { "c2s": { "listen": ["5222"] } },
              "storage": { "provider": "oracle" },
              "hosts": {
                "a.example": { "plugins": { "Rostr": {} } },
                "b.example": { "plugins": { "Roster": { "maxContacts": 0 } } }
              }
            }
            """);
        var result = await Cli.RunAsync("run", "--config", config, "--data", _folder["data"]);

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.ErrorLines, Has.Length.EqualTo(5));
        Assert.That(result.ErrorLines, Is.SupersetOf(new[]
        {
            $"xmpphost: endpoint: unknown option; did you mean 'endpoints'? ({config}:2)",
            $"xmpphost: endpoints.c2s.listen.0: '5222' is not an address: write *:5222, 127.0.0.1:5222, [::1]:5222, localhost:5222 or unix:/path ({config}:3)",
            $"xmpphost: storage.provider: 'oracle' is not one of sqlite, postgreSql ({config}:4)",
            $"xmpphost: hosts.a.example.plugins.Rostr: there is no plugin 'Rostr'; did you mean 'Roster'? ({config}:6)",
            $"xmpphost: hosts.b.example.plugins.Roster.maxContacts: is 0, but must be from 1 to 100000 ({config}:7)",
        }));
        Assert.That(Directory.Exists(_folder["data"]), Is.False);
    }

    [Test]
    public async Task Two_plugins_that_handle_the_same_iq_are_refused()
    {
        using var plugins = new PluginFolder();
        plugins.AddSource("Acme.Pong", """
            using System.Threading;
            using System.Threading.Tasks;
            using Autofac;
            using XmppHost.Handlers;
            using XmppHost.Plugins;
            [assembly: XmppPlugin("Pong", typeof(PongModule))]
            public sealed class PongModule : PluginModule
            {
                public PongModule(PluginContext plugin) : base(plugin) { }
                protected override void Load(ContainerBuilder builder) { builder.Add<Pong>(); }
            }
            public sealed class Pong : IIqHandler
            {
                public IqKey Key { get { return new IqKey("urn:xmpp:ping", "ping", XmppHost.Stanzas.IqType.Get); } }
                public ValueTask<IqReply> HandleAsync(IqRequest request, CancellationToken ct) { return IqReply.Result(); }
            }
            """, PluginFolder.Api, MetadataReference.CreateFromFile(typeof(XmppElement).Assembly.Location));
        var config = Write("""{ "hosts": { "a.example": { "plugins": { "ServerInfo": {}, "Pong": {} } } } }""");

        var result = await Cli.RunAsync("config", "check", "--config", config, "--set", $"pluginFolders:1={plugins.Path}");

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.ErrorLines, Has.Length.EqualTo(1));
        Assert.That(result.ErrorLines[0], Does.StartWith("xmpphost: hosts.a.example.plugins: ").And.Contain("Acme.Pong").And.Contain("XmppHost.Plugins.ServerInfo").And.Contain("urn:xmpp:ping"));
    }

    [Test]
    public async Task Explaining_a_host_shows_every_value_its_origin_and_no_secret()
    {
        File.WriteAllText(_folder["token"], "hunter2-in-a-file\n");
        var config = Write("""
            {
              "defaults": { "plugins": { "Roster": {} } },
              "hosts": {
                "a.example": {
                  "plugins": {
                    "HttpUpload": {
                      "backend": "external",
                      "external": { "baseUrl": "https://files.example/", "secretFile": "token" }
                    }
                  }
                },
                "b.example": {}
              }
            }
            """);
        Environment.SetEnvironmentVariable("XMPPHOST__hosts__a.example__auth__plain", "false");
        try
        {
            var result = await Cli.RunAsync("config", "explain", "A.example", "--config", config, "--set", "limits:maxDepth=32");

            Assert.That(result.Error, Is.Empty);
            Assert.That(result.Output, Does.Contain("Public URL of a.example: https://a.example:5281/"));
            Assert.That(Lines(result.Output), Is.SupersetOf(new[]
            {
                "limits.maxDepth = 32 # --set",
                "limits.maxAttributes = 64 # default",
                "hosts.a.example.auth.plain = false # XMPPHOST__hosts__a.example__auth__plain",
                "hosts.a.example.plugins.Roster.maxContacts = 5000 # default",
                $"hosts.a.example.plugins.HttpUpload.backend = external # {config}:7",
                $"hosts.a.example.plugins.HttpUpload.external.secretFile = *** (content of token) # {config}:8",
            }));
            Assert.That(result.Output, Does.Not.Contain("hunter2").And.Not.Contain("b.example"));
        }
        finally
        {
            Environment.SetEnvironmentVariable("XMPPHOST__hosts__a.example__auth__plain", null);
        }
    }

    [Test]
    public async Task Explaining_an_unknown_host_names_the_ones_there_are()
    {
        var result = await Cli.RunAsync("config", "explain", "localhots");

        Assert.That((result.ExitCode, result.Error.Trim()), Is.EqualTo((1, "xmpphost: there is no host localhots here; did you mean 'localhost'?")));
    }

    private string Write(string json)
    {
        File.WriteAllText(_folder["xmpphost.json"], json);
        return _folder["xmpphost.json"];
    }

    private static IEnumerable<string> Lines(string output) => output.Split('\n').Select(l => string.Join(' ', l.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
}
