namespace XmppHost.Server.Tests;

public sealed class CommandLineTests
{
    [TestCase("")]
    [TestCase("run")]
    [TestCase("user")]
    [TestCase("user add")]
    [TestCase("user passwd")]
    [TestCase("user delete")]
    [TestCase("user list")]
    [TestCase("plugin list")]
    [TestCase("config check")]
    [TestCase("config explain")]
    [TestCase("script run")]
    [TestCase("upload")]
    [TestCase("upload url")]
    [TestCase("upload list")]
    [TestCase("upload delete")]
    [TestCase("upload usage")]
    [TestCase("upload whose")]
    public async Task Every_command_explains_itself_with_examples(string command)
    {
        var result = await Cli.RunAsync([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);

        Assert.That(result.ExitCode, Is.Zero);
        Assert.That(result.Output, Does.Contain("Usage:").And.Contain("Examples:").And.Contain($"xmpphost {command}".TrimEnd()));
    }

    [TestCase("frobnicate", "Unrecognized command or argument 'frobnicate'.")]
    [TestCase("user add", "Required argument missing for command: 'add'.", "user add")]
    [TestCase("user add alice@localhost --password x --password-stdin", "Give --password or --password-stdin, not both.", "user add")]
    [TestCase("config explain", "Required argument missing for command: 'explain'.", "config explain")]
    [TestCase("upload url localhost a.txt", "Required argument missing for command: 'url'.", "upload url")]
    [TestCase("upload url localhost a.txt -5", "'-5' is not a size: write a positive number of bytes, or 10 MiB.", "upload url")]
    [TestCase("upload url localhost a.txt 0", "'0' is not a size: write a positive number of bytes, or 10 MiB.", "upload url")]
    [TestCase("upload url localhost a.txt 5 --timeout 0", "'0' is not a positive number of seconds.", "upload url")]
    [TestCase("upload url localhost a.txt 5 --purpose ephemeral", "The purpose ephemeral needs --expires.", "upload url")]
    [TestCase("upload url localhost a.txt 5 --user alice/x", "'alice/x' is not an address: write alice@example.org.", "upload url")]
    [TestCase("upload url localhost a.txt 5 --expires tomorrow", "'tomorrow' is not a time: write 2030-01-31T18:00:00Z.", "upload url")]
    [TestCase("upload list localhost --limit 0", "'0' is not a positive number.", "upload list")]
    [TestCase("upload delete localhost", "Give URLs, or --user.", "upload delete")]
    [TestCase("upload delete localhost x --user a@localhost", "Give URLs, or --user.", "upload delete")]
    public async Task What_is_not_understood_ends_with_2(string command, string message, string understood = "")
    {
        var result = await Cli.RunAsync(command.Split(' '));

        Assert.That(result.ExitCode, Is.EqualTo(2));
        Assert.That(result.ErrorLines, Is.EqualTo(new[] { $"xmpphost: {message}", $"Try '{$"xmpphost {understood}".TrimEnd()} --help'." }));
    }

    [Test]
    public async Task A_config_file_that_is_not_there_is_refused_in_one_line()
    {
        var result = await Cli.RunAsync("run", "--config", "/nowhere/x.json");

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.ErrorLines, Is.EqualTo(new[] { "xmpphost: there is no config file /nowhere/x.json" }));
    }

    [Test]
    public async Task The_plugins_are_listed_with_their_xeps_and_hosts()
    {
        var result = await Cli.RunAsync("plugin", "list");

        Assert.That(result.ExitCode, Is.Zero);
        Assert.That(result.Output, Does.Match(@"(?m)^ServerInfo +0\.1\.0 +on in localhost\n +.*XEP-0199 2\.0\.1"));
    }

    [Test]
    public async Task A_script_that_is_not_there_is_refused()
    {
        var result = await Cli.RunAsync("script", "run", "/nowhere/x.xmpp");

        Assert.That((result.ExitCode, result.Error.Trim()), Is.EqualTo((2, "/nowhere/x.xmpp: no such file or folder")));
    }
}
