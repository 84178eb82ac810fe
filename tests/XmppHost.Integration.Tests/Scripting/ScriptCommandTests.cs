using XmppHost.Scripting;
using XmppHost.Testing.Services;

namespace XmppHost.Integration.Tests.Scripting;

[TestFixture]
public sealed class ScriptCommandTests
{
    private StringWriter _output = null!;
    private StringWriter _errors = null!;
    private string _folder = null!;

    [SetUp]
    public void MakeFolder()
    {
        _folder = Directory.CreateTempSubdirectory("xmpphost-scripts-").FullName;
        (_output, _errors) = (new StringWriter(), new StringWriter());
    }

    [TearDown]
    public void DeleteFolder()
    {
        Directory.Delete(_folder, recursive: true);
        _output.Dispose();
        _errors.Dispose();
    }

    [Test]
    public async Task Scripts_run_against_a_server_over_the_network()
    {
        await using var prosody = await ProsodyServer.StartAsync();
        await prosody.CreateAccountAsync("operator@localhost", "real");
        Write("a.xmpp", "# Ping\n[Client] me\n    jid: ${me}\n---\nme connects\nme sends:\n    <iq type='get' id='1' to='${host}'><ping xmlns='urn:xmpp:ping'/></iq>\nme receives:\n    <iq type='result' id='1'/>\nme disconnects\n");
        Write("sub/b.xmpp", "# Wrong\n[Client] me\n    jid: ${me}\n---\nme connects\nme receives within 50ms:\n    <message/>\n");
        var options = Options(_folder) with
        {
            Server = $"127.0.0.1:{prosody.Port}",
            Insecure = true,
            Accounts = ["operator@localhost=real"],
            Variables = ["me=operator@localhost/console"],
            Verbose = true,
        };

        Assert.That(await RunAsync(options), Is.EqualTo(ScriptCommand.Failed), _errors.ToString());

        var text = _output.ToString();
        Assert.That(text, Does.Contain($"ok    {_folder}/a.xmpp  Ping (4 steps, "));
        Assert.That(text, Does.Contain($"FAIL  {_folder}/sub/b.xmpp  Wrong (2 steps, "));
        Assert.That(text, Does.Contain($"      {_folder}/sub/b.xmpp:6: me receives within 50ms:"));
        Assert.That(text, Does.Contain("2 scripts: 1 passed, 1 failed ("));
        Assert.That(text, Does.Contain("<ping xmlns='urn:xmpp:ping'/>"));
        Assert.That(text, Does.Not.Contain(Convert.ToBase64String("\0operator\0real"u8)).And.Not.Match("<auth[^>]*>[A-Za-z]"));

        Assert.That(await RunAsync(options with { Paths = [Path.Combine(_folder, "a.xmpp")] }), Is.EqualTo(ScriptCommand.Passed));
        Assert.That(await RunAsync(options with { Paths = [Path.Combine(_folder, "a.xmpp")], Insecure = false }), Is.EqualTo(ScriptCommand.Failed), "the certificate is self-signed");
    }

    [Test]
    public async Task A_server_that_is_not_there_fails_the_script_in_one_line()
    {
        Write("a.xmpp", "[Client] me\n    jid: me@localhost\n---\nme connects\n");

        Assert.That(await RunAsync(Options(_folder) with { Server = "127.0.0.1:1" }), Is.EqualTo(ScriptCommand.Failed));
        Assert.That(_output.ToString(), Does.Contain($"      {_folder}/a.xmpp:4: me connects{Environment.NewLine}      cannot connect to 127.0.0.1:1: Connection refused"));
    }

    [Test]
    public async Task Nothing_runs_when_a_file_cannot_be_read()
    {
        Write("good.xmpp", "---\nwait 1ms\n");
        Write("bad.xmpp", "---\nwait\n");

        Assert.That(await RunAsync(Options(_folder)), Is.EqualTo(ScriptCommand.Usage));
        Assert.That(_errors.ToString(), Does.StartWith($"{_folder}/bad.xmpp:2: 'wait' is not a step"));
        Assert.That(_output.ToString(), Is.Empty);
    }

    [TestCase("user@host", "", "", "'user@host' is not of the form user@domain=password")]
    [TestCase("user=password", "", "", "'user' is not of the form user@domain=password")]
    [TestCase("", "any=1", "", "'any' is not of the form name=value")]
    [TestCase("", "", "host:port", "'host:port' is not a server's address: host or host:port")]
    public async Task An_argument_that_cannot_be_read_is_a_usage_error(string account, string variable, string server, string message)
    {
        Write("good.xmpp", "---\nwait 1ms\n");
        var options = Options(_folder) with { Accounts = account == "" ? [] : [account], Variables = variable == "" ? [] : [variable], Server = server == "" ? null : server };

        Assert.That(await RunAsync(options), Is.EqualTo(ScriptCommand.Usage));
        Assert.That(_errors.ToString().Trim(), Is.EqualTo(message));
    }

    [Test]
    public async Task A_password_is_not_repeated_in_an_error()
    {
        Assert.That(await RunAsync(Options(_folder) with { Accounts = ["operator=hunter2"] }), Is.EqualTo(ScriptCommand.Usage));
        Assert.That(_errors.ToString(), Does.Not.Contain("hunter2"));
    }

    [Test]
    public async Task A_file_that_is_not_there_is_named()
    {
        Assert.That(await RunAsync(Options($"{_folder}/nowhere.xmpp")), Is.EqualTo(ScriptCommand.Usage));
        Assert.That(_errors.ToString(), Does.StartWith($"{_folder}/nowhere.xmpp: no such file or folder"));
    }

    [TestCase("localhost", "localhost", 5222)]
    [TestCase("localhost:1", "localhost", 1)]
    [TestCase("[::1]:5222", "::1", 5222)]
    [TestCase("[::1]", "::1", 5222)]
    public void An_address_is_read(string text, string host, int port) => Assert.That(ServerAddress.TryParse(text), Is.EqualTo(new ServerAddress(host, port)));

    [TestCase("")]
    [TestCase(":5222")]
    [TestCase("host:0")]
    [TestCase("host:65536")]
    [TestCase("host:99999999999")]
    [TestCase("[::1")]
    public void An_address_is_refused(string text) => Assert.That(ServerAddress.TryParse(text), Is.Null);

    private static ScriptCommandOptions Options(string path) => new() { Paths = [path] };

    private Task<int> RunAsync(ScriptCommandOptions options) => ScriptCommand.RunAsync(options, _output, _errors);

    private void Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
