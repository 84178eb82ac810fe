using System.Diagnostics;
using XmppHost.Scripting;

namespace XmppHost.Server.Tests;

/// <summary>A plugin made by a stranger: built outside this repository against three assemblies of the server, dropped in, switched on.</summary>
public sealed class ThirdPartyPluginTests
{
    private static string Sample => Path.Combine(Repository.Root, "tests", "samples", "ThirdParty.Echo");

    [Test]
    public async Task A_plugin_built_against_the_plugin_api_alone_answers_an_iq()
    {
        using var folder = new TempFolder("xh-echo");
        CopyServer(folder["server"]);
        await BuildAsync(folder["source"], folder["server"]);
        await using var server = await ServerProcess.StartAsync(new ServerProcessOptions
        {
            Config = """{ "hosts": { "localhost": { "plugins": { "Echo": { "prefix": "you said ", "maxLength": 5 } } } } }""",
            Folder = folder["server"],
        });
        await server.AddAccountAsync("alice@localhost", "secret");
        await using var alice = await ScriptedClient.LoginAsync(
            new TcpTransport(new ServerAddress("127.0.0.1", server.Port)), new ScriptedClientOptions { Jid = "alice@localhost", Password = "secret", Insecure = true });

        var echo = await alice.IqAsync("<iq type='get' to='localhost'><echo xmlns='urn:example:echo'>hello</echo></iq>");
        var refused = await alice.IqAsync("<iq type='get' to='localhost'><echo xmlns='urn:example:echo'>hello!</echo></iq>");

        Assert.That(echo.Element("echo", "urn:example:echo")!.Text, Is.EqualTo("you said hello"));
        Assert.That(refused.ToString(), Does.Contain("not-acceptable").And.Contain("at most 5 characters"));
        await AssertCommandsAsync(server);
        await server.TerminateAsync();
        await AssertCommandsAsync(server);
    }

    private static async Task AssertCommandsAsync(ServerProcess server)
    {
        Assert.That(await server.CommandAsync("echo", "say", "localhost", "a", "b", "--times", "2"), Is.EqualTo((0, "you said a b\nyou said a b\n")));
        Assert.That(await server.CommandAsync("echo", "say", "localhost", "hello!"), Is.EqualTo((1, "xmpphost: at most 5 characters\n")));
        Assert.That(await server.CommandAsync("echo", "say", "localhost", "a", "--times", "x"), Is.EqualTo((2, "xmpphost: 'x' is not a number.\nTry 'xmpphost echo say --help'.\n")));
        var (_, help) = await server.CommandAsync("--help");
        Assert.That(help, Does.Match(@"(?m)^  echo +What the plugin Echo would answer\.$"));
    }

    [Test]
    public void The_plugin_guide_shows_that_same_code()
    {
        var guide = File.ReadAllText(Path.Combine(Repository.Root, "server", "docs", "plugin-guide.md"));

        Assert.That(guide, Does.Contain($"```csharp\n{File.ReadAllText(Path.Combine(Sample, "EchoPlugin.cs"))}```"));
        Assert.That(guide, Does.Contain($"```csharp\n{File.ReadAllText(Path.Combine(Sample, "EchoCommand.cs"))}```"));
        Assert.That(guide, Does.Contain($"```xml\n{File.ReadAllText(Path.Combine(Sample, "ThirdParty.Echo.csproj"))}```"));
    }

    // As an operator has it: the plugin is put into the server's own folder.
    private static void CopyServer(string folder)
    {
        var built = Repository.Output("XmppHost.Server");
        foreach (var file in Directory.EnumerateFiles(built, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(built, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private static async Task BuildAsync(string source, string server)
    {
        Directory.CreateDirectory(source);
        foreach (var file in Directory.EnumerateFiles(Sample)) File.Copy(file, Path.Combine(source, Path.GetFileName(file)));
        var plugin = Path.Combine(server, "plugins", "ThirdParty.Echo");
        var start = new ProcessStartInfo("dotnet", ["build", "-c", "Release", "-nodeReuse:false", "-o", plugin, $"-p:XmppHostFolder={server}"])
        {
            WorkingDirectory = source,
            RedirectStandardOutput = true,
        };
        using var build = Process.Start(start)!;
        var output = await build.StandardOutput.ReadToEndAsync();
        await build.WaitForExitAsync();
        Assert.That(build.ExitCode, Is.Zero, output);
        Assert.That(Directory.EnumerateFiles(plugin, "XmppHost*"), Is.Empty, "the server's assemblies are not copied beside the plugin");
    }
}
