using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using XmppHost.Scripting;
using XmppHost.Server.Hosting;

namespace XmppHost.Server.Tests;

/// <summary>The program as its own process.</summary>
public sealed class RunTests
{
    [Test]
    public async Task The_default_server_starts_says_what_it_does_and_stops_cleanly_on_SIGTERM()
    {
        await using var server = await ServerProcess.StartAsync();
        await server.AddAccountAsync("alice@localhost", "secret");
        await using var alice = await ScriptedClient.LoginAsync(
            new TcpTransport(new ServerAddress("127.0.0.1", server.Port)), new ScriptedClientOptions { Jid = "alice@localhost", Password = "secret", Insecure = true });

        var exit = server.TerminateAsync();

        Assert.That(await alice.ExpectStreamErrorAsync(), Is.EqualTo("system-shutdown"));
        Assert.That(await exit, Is.Zero);
        Assert.That(server.Log, Does.Contain($"127.0.0.1:{server.Port} (STARTTLS), 127.0.0.1:{server.DirectTlsPort} (TLS)")
            .And.Contain($"http://127.0.0.1:{server.HttpPort}, https://127.0.0.1:{server.HttpsPort}")
            .And.Match(@"(?m)^  localhost +.*Disco.*Roster")
            .And.Match(@"There is no account yet\. To add one: dotnet .*xmpphost\.dll user add alice@localhost --data ")
            .And.Match(@"Ready after \d+\.\d\d s"));
    }

    [Test]
    public async Task Health_is_told_over_http_and_https()
    {
        await using var server = await ServerProcess.StartAsync();
        using var client = new HttpClient(new HttpClientHandler { ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator });

        Assert.That(await client.GetStringAsync(new Uri($"http://127.0.0.1:{server.HttpPort}/healthz")), Is.EqualTo("healthy\n"));
        Assert.That(await client.GetStringAsync(new Uri($"https://localhost:{server.HttpsPort}/healthz")), Is.EqualTo("healthy\n"));
        Assert.That((await client.PostAsync(new Uri($"http://127.0.0.1:{server.HttpPort}/user"), null)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound), "the control API is for the control socket alone");
    }

    [Test]
    public async Task A_second_server_on_the_same_data_is_refused()
    {
        await using var server = await ServerProcess.StartAsync();

        var (exitCode, output) = await server.CommandAsync("run");

        Assert.That((exitCode, output.Trim()), Is.EqualTo((1, $"xmpphost: the data folder {server.DataFolder} is in use by another xmpphost (process {server.ProcessId})")));
    }

    [Test]
    public async Task A_port_that_is_taken_is_refused_in_one_line()
    {
        using var folder = new TempFolder("xh-port");
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var address = $"127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}";

        var result = await Cli.RunAsync(["run", "--data", folder["data"], .. Cli.EphemeralPorts, "--set", $"endpoints:http:listen:0={address}"]);

        Assert.That((result.ExitCode, result.Error.Trim()), Is.EqualTo((1, $"xmpphost: endpoints: Failed to bind to address {address}: address already in use.")));
    }

    [TestCase("http")]
    [TestCase("https")]
    [TestCase("c2s")]
    [TestCase("c2sDirectTls")]
    public async Task A_port_that_is_taken_is_all_that_the_program_speaks_of(string endpoint)
    {
        using var folder = new TempFolder("xh-port");
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var address = $"127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}";
        var program = Path.Combine(Repository.Output("XmppHost.Server"), "xmpphost.dll");
        await using var process = await GuardedProcess.StartAsync(folder.Path, "dotnet", [program, "run", "--data", folder["data"], .. Cli.EphemeralPorts, "--set", $"endpoints:{endpoint}:listen:0={address}"]);

        Assert.That(await process.WaitForExitAsync(TimeSpan.FromMinutes(1)), Is.EqualTo(1));

        var lines = process.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines.Where(l => !l.Contains("Made a self-signed certificate", StringComparison.Ordinal)), Is.EqualTo(new[] { $"xmpphost: endpoints: Failed to bind to address {address}: address already in use." }));
    }

    [Test]
    public async Task A_unix_socket_serves_http_and_one_that_a_killed_server_left_is_replaced()
    {
        using var folder = new TempFolder("xh-unix");
        using (var left = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)) left.Bind(new UnixDomainSocketEndPoint(folder["http.sock"]));
        await using var server = await Cli.StartAsync(null, folder["data"], $"endpoints:http:listen=unix:{folder["http.sock"]}");
        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, ct) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(folder["http.sock"]), ct);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        using var client = new HttpClient(handler);

        Assert.That(await client.GetStringAsync(new Uri("http://localhost/healthz")), Is.EqualTo("healthy\n"));
    }

    [Test]
    public async Task The_pipeline_of_the_default_configuration_is_this()
    {
        using var folder = new TempFolder("xh-pipe");
        await using var server = await Cli.StartAsync(null, folder["data"]);

        Assert.That(PipelineLog.Describe(server.Composition.Server.Hosts.Single()), Is.EqualTo(new[]
        {
            "sending: Blocking.OutgoingFilter, Roster.OutboundSubscriptionFilter, Roster.DirectedPresenceFilter, Archive.SentFilter, Carbons.SentFilter",
            "delivering: Blocking.IncomingFilter, Roster.InboundSubscriptionFilter, Roster.ProbeFilter, Roster.PresenceErrorFilter, Archive.ReceivedFilter, Carbons.ReceivedFilter",
            "undeliverable: Messaging.StoreOfflineFilter",
        }));
    }

    [Test]
    public async Task A_password_is_read_from_standard_input_or_asked_for_at_a_terminal()
    {
        await using var server = await ServerProcess.StartAsync();
        var add = $"dotnet {Path.Combine(Repository.Output("XmppHost.Server"), "xmpphost.dll")} user add --data {server.DataFolder}";

        Assert.That(await ShellAsync($"printf 'secret\\nrest' | {add} alice@localhost --password-stdin"), Is.EqualTo("Added alice@localhost."));
        Assert.That(await ShellAsync($"{add} carol@localhost </dev/null 2>&1"), Is.EqualTo("xmpphost: there is no terminal to ask for the password at: give it on standard input with --password-stdin"));
        Assert.That(await AtTerminalAsync($"{add} bob@localhost", "hidden\r", "hidden\r"), Does.EndWith("Password for bob@localhost: \r\nAgain: \r\nAdded bob@localhost.\r\n"));

        var transport = new TcpTransport(new ServerAddress("127.0.0.1", server.Port));
        foreach (var (jid, password) in new[] { ("alice@localhost", "secret"), ("bob@localhost", "hidden") })
            await (await ScriptedClient.LoginAsync(transport, new ScriptedClientOptions { Jid = jid, Password = password, Insecure = true })).DisposeAsync();
    }

    private static async Task<string> ShellAsync(string command)
    {
        using var shell = Process.Start(new ProcessStartInfo("/bin/bash", ["-c", command]) { RedirectStandardOutput = true })!;
        var output = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        return output.Trim();
    }

    // script(1) gives the program a terminal; each answer is typed when a prompt has come.
    private static async Task<string> AtTerminalAsync(string command, params string[] answers)
    {
        using var terminal = Process.Start(new ProcessStartInfo("script", ["-qec", command, "/dev/null"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var output = new System.Text.StringBuilder();
        var read = new char[1];
        foreach (var answer in answers)
        {
            while (!output.ToString().EndsWith(": ", StringComparison.Ordinal) && await terminal.StandardOutput.ReadAsync(read) > 0) output.Append(read);
            // Between the prompt and the first key the terminal still echoes; no person types that fast.
            await Task.Delay(500);
            await terminal.StandardInput.WriteAsync(answer);
            await terminal.StandardInput.FlushAsync();
            while (await terminal.StandardOutput.ReadAsync(read) > 0 && read[0] != '\n') output.Append(read);
            output.Append('\n');
        }

        output.Append(await terminal.StandardOutput.ReadToEndAsync());
        await terminal.WaitForExitAsync();
        return output.ToString();
    }

    [Test]
    public async Task Logs_are_json_when_config_says_so_with_connection_and_host_in_fields_of_their_own()
    {
        await using var server = await ServerProcess.StartAsync(new ServerProcessOptions { Settings = ["logging:format=json", "logging:level=debug"] });
        await server.AddAccountAsync("alice@localhost", "secret");
        await using (await ScriptedClient.LoginAsync(
            new TcpTransport(new ServerAddress("127.0.0.1", server.Port)), new ScriptedClientOptions { Jid = "alice@localhost", Password = "secret", Insecure = true }))
        {
        }

        await server.TerminateAsync();

        var lines = server.Log.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => System.Text.Json.JsonDocument.Parse(l).RootElement).ToArray();
        var login = lines.First(l => l.GetProperty("message").GetString() == "logged in as alice@localhost");
        Assert.That(login.GetProperty("vhost").GetString(), Is.EqualTo("localhost"));
        Assert.That(login.GetProperty("conn").GetString(), Is.Not.Empty);
        Assert.That(server.Log, Does.Not.Contain("secret"));
    }

    [Test]
    public async Task Several_virtual_hosts_differ_in_plugins_and_certificates()
    {
        await using var server = await ServerProcess.StartAsync(new ServerProcessOptions
        {
            Config = """
                {
                  "defaults": { "plugins": { "Disco": {}, "ServerInfo": {} } },
                  "hosts": { "a.example": {}, "b.example": { "plugins": { "ServerInfo": false } } }
                }
                """,
        });
        var transport = new TcpTransport(new ServerAddress("127.0.0.1", server.Port));
        foreach (var (host, answered) in new[] { ("a.example", true), ("b.example", false) })
        {
            await server.AddAccountAsync($"alice@{host}", "secret");
            await using var alice = await ScriptedClient.LoginAsync(transport, new ScriptedClientOptions { Jid = $"alice@{host}", Password = "secret", Insecure = true });
            Assert.That(alice.Tls!.RemoteCertificate!.Subject, Is.EqualTo($"CN={host}"));
            var pong = await alice.IqAsync($"<iq type='get' to='{host}'><ping xmlns='urn:xmpp:ping'/></iq>");
            Assert.That(pong.Attribute("type"), Is.EqualTo(answered ? "result" : "error"));
        }
    }
}
