using System.Text.RegularExpressions;
using XmppHost.Scripting;
using XmppHost.Testing.Services;

namespace XmppHost.Server.Tests;

/// <summary>Every configuration that the repository hands out starts and serves its hosts. The operator's part, secrets and a database, is done by the test.</summary>
public sealed partial class ExampleConfigTests
{
    private static string ConfigFolder => Path.Combine(Repository.Root, "config");

    private static string[] OwnPorts { get; } = [.. new[] { "c2s", "c2sDirectTls", "http", "https" }.Select(e => $"endpoints:{e}:listen=127.0.0.1:0"), "metrics:listen=127.0.0.1:0"];

    private static IEnumerable<string> Files() =>
        [Path.Combine(ConfigFolder, "xmpphost.json"), .. Directory.EnumerateFiles(Path.Combine(ConfigFolder, "examples"), "*.json").Order()];

    private static IEnumerable<TestCaseData> Examples() => Files().Select(f => new TestCaseData(f).SetArgDisplayNames(Path.GetFileName(f)));

    [TestCaseSource(nameof(Examples))]
    public async Task Every_example_starts(string file)
    {
        using var folder = new TempFolder("xh-example");
        var config = await InstallAsync(file, folder);
        await using var server = await Cli.StartAsync(config, folder["data"], OwnPorts);

        Assert.That(server.Composition.Hosts, Is.Not.Empty);
        foreach (var host in server.Composition.Hosts)
        {
            await using var client = await ScriptedClient.LoginAsync(
                new TcpTransport(new ServerAddress("127.0.0.1", server.Endpoints.C2s[0].Port)),
                new ScriptedClientOptions { Jid = $"alice@{host.Configuration.Name}", Password = "x", Insecure = true },
                LoginStage.Secured);
            Assert.That(client.Features!.ToString(), Does.Contain("SCRAM-SHA-256"));
        }
    }

    [Test]
    public async Task The_log_configuration_writes_json_with_connection_and_host_to_a_file()
    {
        using var folder = new TempFolder("xh-nlog");
        File.Copy(Path.Combine(ConfigFolder, "nlog.config"), folder["nlog.config"]);
        File.WriteAllText(folder["xmpphost.json"], """{ "logging": { "configFile": "nlog.config" }, "hosts": { "localhost": {} } }""");
        File.WriteAllText(folder["nlog.config"], File.ReadAllText(folder["nlog.config"]).Replace("${currentdir}", folder.Path, StringComparison.Ordinal));
        var server = await Cli.StartAsync(folder["xmpphost.json"], folder["data"], OwnPorts);
        await Cli.RunAsync("user", "add", "alice@localhost", "--password", "secret", "--data", folder["data"]);
        await using (await ScriptedClient.LoginAsync(
            new TcpTransport(new ServerAddress("127.0.0.1", server.Endpoints.C2s[0].Port)), new ScriptedClientOptions { Jid = "alice@localhost", Password = "secret", Insecure = true }))
        {
        }

        await server.StopAsync();
        await server.DisposeAsync();

        var log = File.ReadAllText(folder["logs/xmpphost.json"]);
        Assert.That(log, Does.Match("""\{"time":"[^"]+Z","level":"info","logger":"[^"]+","conn":"\w+","vhost":"localhost","message":"logged in as alice@localhost"\}"""));
    }

    // Copies the file and makes the secrets that it refers to.
    private static async Task<string> InstallAsync(string file, TempFolder folder)
    {
        var json = await File.ReadAllTextAsync(file);
        foreach (Match variable in EnvironmentReference().Matches(json)) Environment.SetEnvironmentVariable(variable.Groups[1].Value, "from-the-environment");
        foreach (Match secret in SecretFile().Matches(json))
        {
            var path = folder[secret.Groups[2].Value];
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var isDatabase = secret.Groups[1].Value == "connectionString";
            await File.WriteAllTextAsync(path, isDatabase ? await (await PostgreSqlServer.SharedAsync()).CreateDatabaseAsync() : "from-a-file");
        }

        File.Copy(file, folder["xmpphost.json"]);
        return folder["xmpphost.json"];
    }

    [GeneratedRegex(@"""\$\{(\w+)\}""")]
    private static partial Regex EnvironmentReference();

    [GeneratedRegex(@"""(\w+)File"": ""([^""]+)""")]
    private static partial Regex SecretFile();
}
