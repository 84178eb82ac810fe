using System.Net.Sockets;
using XmppHost.Scripting;
using XmppHost.Server.Hosting;

namespace XmppHost.Server.Tests;

public sealed class UserCommandTests
{
    private TempFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TempFolder("xh-user");

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [TestCase(false)]
    [TestCase(true)]
    public async Task Accounts_are_managed_with_and_without_a_running_server(bool running)
    {
        await using var server = running ? await Cli.StartAsync(null, _folder["data"]) : null;

        Assert.That(await UserAsync("add", "Alice@localhost", "--password", "one"), Is.EqualTo((0, "Added alice@localhost.", "")));
        Assert.That(await UserAsync("add", "bob@localhost", "--password", "@two"), Is.EqualTo((0, "Added bob@localhost.", "")));
        Assert.That(await UserAsync("list"), Is.EqualTo((0, "alice@localhost\nbob@localhost", "")));
        Assert.That(await UserAsync("passwd", "bob@localhost", "--password", "three"), Is.EqualTo((0, "Changed the password of bob@localhost.", "")));
        Assert.That(await UserAsync("delete", "bob@localhost"), Is.EqualTo((0, "Deleted bob@localhost and everything kept for it.", "")));
        Assert.That(await UserAsync("list", "localhost"), Is.EqualTo((0, "alice@localhost", "")));
    }

    [TestCase("add alice@localhost --password x", "alice@localhost exists already; 'user passwd' changes its password")]
    [TestCase("add carol --password x", "'carol' is not the address of an account; did you mean carol@localhost?")]
    [TestCase("add a@b@localhost --password x", "'a@b@localhost' is not the address of an account: write alice@localhost")]
    [TestCase("add carol@localhots --password x", "there is no host localhots here; did you mean 'localhost'?")]
    [TestCase("add carol@localhost --password \u0007", "the password is empty or has characters that passwords may not have (RFC 8265, OpaqueString)")]
    [TestCase("passwd carol@localhost --password x", "there is no account carol@localhost")]
    [TestCase("delete carol@localhost", "there is no account carol@localhost")]
    [TestCase("list localhots", "there is no host localhots here; did you mean 'localhost'?")]
    public async Task What_cannot_be_done_is_refused_in_one_line(string command, string message)
    {
        await UserAsync("add", "alice@localhost", "--password", "one");

        Assert.That(await UserAsync(command.Split(' ')), Is.EqualTo((1, "", $"xmpphost: {message}")));
    }

    [Test]
    public async Task In_a_folder_without_a_server_nothing_is_made()
    {
        var result = await Cli.RunAsync("user", "add", "alice@localhost", "--password", "x", "--set", $"data={_folder["nowhere"]}");

        Assert.That((result.ExitCode, result.Error.Trim()), Is.EqualTo((1, $"xmpphost: there is no data folder {_folder["nowhere"]}: start the server first, or name its place with --data or --config")));
        Assert.That(Directory.Exists(_folder["nowhere"]), Is.False);
    }

    [Test]
    public async Task A_deleted_account_loses_its_sessions()
    {
        await using var server = await Cli.StartAsync(null, _folder["data"]);
        await UserAsync("add", "alice@localhost", "--password", "one");
        await using var alice = await LoginAsync(server, "alice@localhost", "one");

        await UserAsync("delete", "alice@localhost");

        Assert.That(await alice.ExpectStreamErrorAsync(), Is.EqualTo("not-authorized"));
    }

    [Test]
    public async Task A_changed_password_holds_at_the_next_login()
    {
        await using var server = await Cli.StartAsync(null, _folder["data"]);
        await UserAsync("add", "alice@localhost", "--password", "one");
        await UserAsync("passwd", "alice@localhost", "--password", "two");

        await using var alice = await LoginAsync(server, "alice@localhost", "two");
        Assert.That(alice.IsConnected);
        Assert.That(async () => await LoginAsync(server, "alice@localhost", "one"), Throws.InstanceOf<ScriptedClientException>().With.Message.Contains("not-authorized"));
    }

    [Test]
    public async Task A_socket_that_a_killed_server_left_behind_is_passed_over()
    {
        Directory.CreateDirectory(_folder["data"]);
        using (var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            socket.Bind(new UnixDomainSocketEndPoint(DataFolder.ControlSocket(_folder["data"])));
        }

        Assert.That(await UserAsync("add", "alice@localhost", "--password", "one"), Is.EqualTo((0, "Added alice@localhost.", "")));
        await using var server = await Cli.StartAsync(null, _folder["data"]);
        Assert.That(await UserAsync("list"), Is.EqualTo((0, "alice@localhost", "")));
    }

    [Test]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task Only_the_owner_may_use_the_control_socket()
    {
        await using var server = await Cli.StartAsync(null, _folder["data"]);

        Assert.That(File.GetUnixFileMode(DataFolder.ControlSocket(_folder["data"])), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.That(File.GetUnixFileMode(_folder["data"]), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
    }

    [Test]
    public async Task A_data_folder_with_a_long_path_is_managed_all_the_same()
    {
        var data = Path.Combine(_folder.Path, new string('d', 120));
        await using var server = await Cli.StartAsync(null, data);

        Assert.That((await Cli.RunAsync("user", "add", "alice@localhost", "--password", "x", "--data", data)).ExitCode, Is.Zero);
    }

    private async Task<(int ExitCode, string Output, string Error)> UserAsync(params string[] arguments)
    {
        var result = await Cli.RunAsync(["user", .. arguments, "--data", _folder["data"]]);
        return (result.ExitCode, result.Output.TrimEnd(), result.Error.TrimEnd());
    }

    private static Task<ScriptedClient> LoginAsync(RunningServer server, string jid, string password) => ScriptedClient.LoginAsync(
        new TcpTransport(new ServerAddress("127.0.0.1", server.Endpoints.C2s[0].Port)),
        new ScriptedClientOptions { Jid = jid, Password = password, Insecure = true });
}
