using Microsoft.AspNetCore.Server.Kestrel.Core;
using XmppHost.Scripting;

namespace XmppHost.Server.Tests.Metrics;

public sealed class OtlpTests
{
    [TestCase("httpProtobuf", HttpProtocols.Http1, "/v1/metrics")]
    [TestCase("grpc", HttpProtocols.Http2, "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export")]
    public async Task Measurements_reach_a_collector_with_units_labels_and_headers(string protocol, HttpProtocols http, string path)
    {
        await using var receiver = await OtlpReceiver.StartAsync(http);
        await using (var server = await ServerProcess.StartAsync(new ServerProcessOptions
        {
            Settings = [$"telemetry:otlp:endpoint={receiver.Url}", $"telemetry:otlp:protocol={protocol}", "telemetry:otlp:headers=${OTLP_HEADERS}"],
            Environment = new Dictionary<string, string> { ["OTLP_HEADERS"] = "x-key=s3cret,x-tenant=chat" },
        }))
        {
            await server.AddAccountAsync("alice@localhost", "secret");
            await using (await ScriptedClient.LoginAsync(
                new TcpTransport(new ServerAddress("127.0.0.1", server.Port)), new ScriptedClientOptions { Jid = "alice@localhost", Password = "secret", Insecure = true }))
            {
            }

            Assert.That(MappedLibraries(server), Has.Member("OpenTelemetry.dll"));
            Assert.That(await server.TerminateAsync(), Is.Zero, "what was measured last is sent when the server stops");
            Assert.That(server.Log, Does.Not.Contain("could not be sent").And.Not.Contain("s3cret"));
        }

        Assert.That(receiver.Path, Is.EqualTo(path));
        Assert.That(receiver.Headers["x-key"], Is.EqualTo("s3cret"));
        Assert.That(receiver.Headers["x-tenant"], Is.EqualTo("chat"));
        Assert.That(receiver.Metrics["logins"], Has.Property("Kind").EqualTo("sum").And.Property("Unit").EqualTo("{login}"));
        Assert.That(receiver.Metrics["logins"].Labels, Has.Member("result=success"));
        Assert.That(receiver.Metrics["storage.commit.duration"], Has.Property("Kind").EqualTo("histogram").And.Property("Unit").EqualTo("s"));
        Assert.That(receiver.Metrics.Keys, Has.Member("sessions").And.Member("dotnet.process.memory.working_set"));
    }

    [Test]
    public async Task Without_a_collector_the_libraries_are_not_loaded()
    {
        await using var server = await ServerProcess.StartAsync();

        Assert.That(MappedLibraries(server), Has.Member("xmpphost.dll").And.None.StartsWith("OpenTelemetry"));
    }

    [Test]
    public async Task A_collector_that_is_away_is_told_once_in_the_log()
    {
        var port = LoopbackPorts.Take(1)[0];
        await using var server = await ServerProcess.StartAsync(new ServerProcessOptions { Settings = [$"telemetry:otlp:endpoint=http://127.0.0.1:{port}", "telemetry:otlp:interval=1 s", "telemetry:otlp:timeout=1 s"] });

        var waited = System.Diagnostics.Stopwatch.StartNew();
        while (!server.Log.Contains("measurements could not be sent: ", StringComparison.Ordinal) && waited.Elapsed < TimeSpan.FromMinutes(1)) await Task.Delay(100);
        await Task.Delay(TimeSpan.FromSeconds(4));

        Assert.That(server.Log.Split("measurements could not be sent: "), Has.Length.EqualTo(2));
        Assert.That(server.Log, Does.Contain($"127.0.0.1:{port}"));
        Assert.That(await server.TerminateAsync(), Is.Zero);
    }

    private static string[] MappedLibraries(ServerProcess server) =>
        [.. File.ReadLines($"/proc/{server.ProcessId}/maps").Select(l => Path.GetFileName(l.Split(' ')[^1])).Where(f => f.EndsWith(".dll", StringComparison.Ordinal)).Distinct()];
}
