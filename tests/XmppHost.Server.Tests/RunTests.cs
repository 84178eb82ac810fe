using System.Net;
using System.Net.Sockets;
using XmppHost.Scripting;

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
