using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using XmppHost.Scripting;

namespace XmppHost.Server.Tests.Metrics;

/// <summary>The real server scraped.</summary>
public sealed class MetricsEndpointTests
{
    private static readonly HttpClient Http = new();

    [Test]
    public async Task What_clients_do_is_found_in_a_scrape_that_the_reference_parser_accepts()
    {
        using var folder = new TempFolder("xh-metrics");
        await using var server = await Cli.StartAsync(null, folder["data"], "metrics:listen:0=127.0.0.1:0");
        await Cli.RunAsync("user", "add", "alice@localhost", "--password", "secret", "--data", folder["data"]);
        await using var alice = await LoginAsync(server, "secret");
        await Assert.ThrowsAsync<ScriptedClientException>(() => LoginAsync(server, "wrong"));
        await alice.IqAsync("<iq type='get' to='localhost'><ping xmlns='urn:xmpp:ping'/></iq>");
        await alice.SendAsync("<message to='alice@localhost' type='chat'><body>kept, since no session takes messages</body></message>");
        await alice.IqAsync("<iq type='get' to='localhost'><ping xmlns='urn:xmpp:ping'/></iq>");

        var url = new Uri($"http://{server.Endpoints.Metrics.Single()}/metrics");
        var families = await ParseAsync("openmetrics", await GetAsync(url, null, "application/openmetrics-text; version=1.0.0; charset=utf-8"));

        Assert.That(families, Does.Contain("xmpphost_connections_accepted_total {} 2\n")
            .And.Contain("xmpphost_connections {} ")
            .And.Contain("xmpphost_sessions {'host': 'localhost'} 1\n")
            .And.Contain("xmpphost_logins_total {'host': 'localhost', 'result': 'success'} 1\n")
            .And.Contain("xmpphost_logins_total {'host': 'localhost', 'result': 'not-authorized'} 1\n")
            .And.Contain("xmpphost_stanzas_total {'host': 'localhost', 'kind': 'iq'} 2\n")
            .And.Contain("xmpphost_stanzas_total {'host': 'localhost', 'kind': 'message'} 1\n")
            .And.Contain("xmpphost_messages_kept_total {'host': 'localhost'} 1\n")
            .And.Match(@"(?m)^xmpphost_storage_commit_duration_seconds_count \{\} [1-9]")
            .And.Match(@"(?m)^xmpphost_storage_writes_total \{\} [1-9]")
            .And.Match(@"(?m)^dotnet_process_memory_working_set_bytes \{\} [1-9]"));
        Assert.That(await ParseAsync("text", await GetAsync(url, "text/plain", "text/plain; version=0.0.4; charset=utf-8")), Does.Contain("xmpphost_logins_total {'host': 'localhost', 'result': 'success'} 1\n"));
    }

    [Test]
    public async Task The_control_socket_has_metrics_by_default_and_no_port_has()
    {
        using var folder = new TempFolder("xh-metrics");
        await using var server = await Cli.StartAsync(null, folder["data"]);
        using var handler = new SocketsHttpHandler { ConnectCallback = (_, ct) => ConnectAsync(folder["data/control.sock"], ct) };
        using var control = new HttpClient(handler);

        Assert.That(await control.GetStringAsync(new Uri("http://control/metrics")), Does.Contain("xmpphost_sessions{host=\"localhost\"} 0").And.EndWith("# EOF\n"));
        using var web = await Http.GetAsync(new Uri($"http://{server.Endpoints.Http.Single()}/metrics"));
        Assert.That(web.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task The_address_of_metrics_serves_nothing_else_and_only_whom_config_allows()
    {
        using var folder = new TempFolder("xh-metrics");
        var socket = folder["m.sock"];
        await using var server = await Cli.StartAsync(null, folder["data"], "metrics:listen=[\"127.0.0.1:0\", \"unix:" + socket + "\"]", "metrics:allow=[\"10.0.0.0/8\", \"127.0.0.1\"]", "metrics:path=/m");
        await using var closed = await Cli.StartAsync(null, folder["data2"], "metrics:listen:0=127.0.0.1:0", "metrics:allow:0=10.0.0.0/8");
        using var handler = new SocketsHttpHandler { ConnectCallback = (_, ct) => ConnectAsync(socket, ct) };
        using var unix = new HttpClient(handler);
        var at = $"http://{server.Endpoints.Metrics[0]}";

        Assert.That(await StatusAsync(HttpMethod.Get, at + "/m"), Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await StatusAsync(HttpMethod.Get, at + "/metrics"), Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await StatusAsync(HttpMethod.Get, at + "/healthz"), Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await StatusAsync(HttpMethod.Post, at + "/m"), Is.EqualTo(HttpStatusCode.MethodNotAllowed));
        Assert.That(await StatusAsync(HttpMethod.Get, $"http://{closed.Endpoints.Metrics.Single()}/metrics"), Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await unix.GetStringAsync(new Uri("http://unix/m")), Does.EndWith("# EOF\n"));
    }

    [Test]
    public async Task Metrics_can_be_switched_off()
    {
        using var folder = new TempFolder("xh-metrics");
        await using var server = await Cli.StartAsync(null, folder["data"], "metrics:listen:0=127.0.0.1:0", "metrics:enabled=false");
        using var handler = new SocketsHttpHandler { ConnectCallback = (_, ct) => ConnectAsync(folder["data/control.sock"], ct) };
        using var control = new HttpClient(handler);

        Assert.That(server.Endpoints.Metrics, Is.Empty);
        Assert.That((await control.GetAsync(new Uri("http://control/metrics"))).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task What_is_wrong_in_the_section_is_told()
    {
        using var folder = new TempFolder("xh-metrics");
        File.WriteAllText(folder["xmpphost.json"], """
            {
              "metrics": { "listen": ["9464"], "path": "metrics", "allow": ["here"] },
              "telemetry": { "otlp": { "endpoint": "ftp://x", "headers": "nothing", "interval": "1 ms" } },
              "hosts": { "localhost": {} }
            }
            """);

        var result = await Cli.RunAsync("config", "check", "--config", folder["xmpphost.json"]);

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Error, Does.Contain("metrics.listen.0: '9464' is not an address").And.Contain("metrics.path: 'metrics' is not a path").And.Contain("metrics.allow.0: 'here' is neither an address nor a network")
            .And.Contain("telemetry.otlp.interval: "));
    }

    private static async Task<ScriptedClient> LoginAsync(Hosting.RunningServer server, string password) => await ScriptedClient.LoginAsync(
        new TcpTransport(new ServerAddress("127.0.0.1", server.Endpoints.C2s[0].Port)), new ScriptedClientOptions { Jid = "alice@localhost", Password = password, Insecure = true });

    private static async Task<string> GetAsync(Uri url, string? accept, string contentType)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (accept is not null) request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(accept));
        using var response = await Http.SendAsync(request);
        Assert.That(response.Content.Headers.ContentType!.ToString(), Is.EqualTo(contentType));
        return await response.Content.ReadAsStringAsync();
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpMethod method, string url)
    {
        using var request = new HttpRequestMessage(method, new Uri(url));
        using var response = await Http.SendAsync(request);
        return response.StatusCode;
    }

    // Debian's python3-prometheus-client: the parser that the OpenMetrics project keeps as its reference. One line for each sample.
    private static async Task<string> ParseAsync(string format, string text)
    {
        var program = $"""
            import sys
            from prometheus_client.{(format == "openmetrics" ? "openmetrics.parser" : "parser")} import text_string_to_metric_families as parse
            for family in parse(sys.stdin.read()):
                for s in family.samples: print(s.name, dict(sorted(s.labels.items())), int(s.value) if s.value == int(s.value) else s.value)
            """;
        using var python = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c", program]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        await python.StandardInput.WriteAsync(text);
        python.StandardInput.Close();
        var output = await python.StandardOutput.ReadToEndAsync();
        Assert.That(await python.StandardError.ReadToEndAsync(), Is.Empty);
        return output;
    }

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken ct)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), ct);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
