using System.CommandLine;
using XmppHost.Administration;
using XmppHost.Core.Plugins;
using XmppHost.Server.Cli;

namespace XmppHost.Server.Tests;

/// <summary>What becomes of command lists that a stranger wrote.</summary>
public sealed class PluginCommandListTests
{
    private RootCommand _root = [];

    [SetUp]
    public void MakeRoot() => _root = [new Command("user")];

    [Test]
    public void Groups_of_the_server_are_its_own()
    {
        Assert.That(Add(List("user", "rob")), Is.EqualTo(new[] { "/p/x.dll: 'user rob' cannot be added: the commands of 'user' are the server's own" }));
        Assert.That(_root.Subcommands.Single().Subcommands, Is.Empty);
    }

    [Test]
    public void Two_plugins_share_a_group_and_no_command()
    {
        Assert.That(Add(List("files", "count"), List("files", "sort"), List("files", "count")), Is.EqualTo(new[] { "/p/x.dll: there is a command 'files count' already" }));
        Assert.That(_root.Subcommands.Single(c => c.Name == "files").Subcommands.Select(c => c.Name), Is.EqualTo(new[] { "count", "sort" }));
    }

    [Test]
    public void List_that_fails_is_told_and_the_others_are_there()
    {
        Assert.That(Add(new FailingList(), List("files", "count")), Is.EqualTo(new[] { "/p/x.dll: its commands cannot be listed: not today" }));
        Assert.That(_root.Subcommands.Select(c => c.Name), Is.EqualTo(new[] { "user", "files" }));
    }

    private IReadOnlyList<string> Add(params IAdminCommandList[] lists)
    {
        var commands = new PluginCommands(_root, new CommonOptions(), []);
        var plugin = new PluginFile("X", "/p/x.dll", new Version(1, 0), "M", [], new Version(1, 0));
        foreach (var list in lists) commands.Add(plugin, list, null);
        return commands.Finish();
    }

    private static OneCommand List(string group, string name) => new OneCommand(new AdminCommandInfo(group, name, "Does it.", []));

    private sealed class OneCommand(AdminCommandInfo info) : IAdminCommandList
    {
        public IReadOnlyDictionary<string, string> Groups { get; } = new Dictionary<string, string>();

        public IReadOnlyList<AdminCommandInfo> Commands => [info];
    }

    private sealed class FailingList : IAdminCommandList
    {
        public IReadOnlyDictionary<string, string> Groups { get; } = new Dictionary<string, string>();

        public IReadOnlyList<AdminCommandInfo> Commands => throw new InvalidOperationException("not today");
    }
}
