using System.Diagnostics;
using System.Net;
using XmppHost.Core.Tests.Support;
using XmppHost.Testing;
using XmppHost.Testing.Services;

namespace XmppHost.Integration.Tests.Uploads;

/// <summary>What uploads leave in a scrape.</summary>
public sealed class UploadMetricsTests
{
    [Test]
    public async Task Slots_and_files_are_counted_by_host_backend_and_purpose()
    {
        var gateway = await RadosGateway.SharedAsync();
        var bucket = await gateway.CreateBucketAsync(publicRead: true);
        await using var server = await StartAsync($"{bucket}", RadosGateway.AccessKeyId, RadosGateway.SecretAccessKey, RadosGateway.Region);
        await using var files = await UploadClient.LoginAsync(server.Process, "files.localhost");
        await using var s3 = await UploadClient.LoginAsync(server.Process, "s3.localhost");

        var (_, first) = await files.UploadAsync("a.bin", new byte[100_000]);
        await files.UploadAsync("b.bin", new byte[50_000]);
        var (avatar, _) = await files.SlotAsync("me.png", 20_000, "profile");
        Assert.That(await UploadClient.PutAsync(avatar, new byte[20_000]), Is.EqualTo(HttpStatusCode.Created));
        Assert.That(await UploadClient.PutAsync(avatar, new byte[20_000]), Is.EqualTo(HttpStatusCode.Conflict));
        for (var i = 0; i < 3; i++) await UploadClient.GetAsync(first);
        await files.RequestAsync("large.bin", 2_000_000);
        await files.RequestAsync("large.png", 200_000, "profile");
        await s3.UploadAsync("c.bin", new byte[30_000]);

        var scrape = await server.ScrapeAsync();
        Assert.That(scrape.Split('\n'), Is.SupersetOf(new[]
        {
            Sample("upload_slots_total", "fileStore", "files", "2", "purpose=\"message\""),
            Sample("upload_slots_total", "fileStore", "files", "1", "purpose=\"profile\""),
            Sample("upload_slots_total", "s3", "s3", "1", "purpose=\"message\""),
            Sample("upload_promised_bytes_total", "fileStore", "files", "150000", "purpose=\"message\""),
            Sample("upload_promised_bytes_total", "s3", "s3", "30000", "purpose=\"message\""),
            Sample("upload_slot_duration_seconds_count", "fileStore", "files", "2", "purpose=\"message\""),
            Sample("upload_slot_duration_seconds_bucket", "s3", "s3", "1", "purpose=\"message\",le=\"+Inf\""),
            Sample("upload_refusals_total", "fileStore", "files", "1", "purpose=\"message\",reason=\"size\""),
            Sample("upload_refusals_total", "fileStore", "files", "1", "purpose=\"profile\",reason=\"size\""),
            Sample("filestore_received_bytes_total", "fileStore", "files", "150000", "purpose=\"message\""),
            Sample("filestore_received_bytes_total", "fileStore", "files", "20000", "purpose=\"profile\""),
            Sample("filestore_served_bytes_total", "fileStore", "files", "300000"),
            Sample("filestore_stored_files_total", "fileStore", "files", "2", "purpose=\"message\""),
            "xmpphost_filestore_refused_total{backend=\"fileStore\",host=\"files.localhost\",method=\"PUT\",status=\"409\"} 1",
        }));

        // The ledger's totals are read at the start, and once in a while.
        await server.Process.TerminateAsync();
        await server.Process.RunAsync();
        var stored = Sample("upload_stored_bytes", "fileStore", "files", "150000", "purpose=\"message\"");
        await UntilAsync(async () => (await server.ScrapeAsync()).Contains(stored, StringComparison.Ordinal));
        Assert.That((await server.ScrapeAsync()).Split('\n'), Is.SupersetOf(new[] { stored, Sample("upload_files", "fileStore", "files", "1", "purpose=\"profile\"") }));
    }

    [Test]
    public async Task The_sweeper_counts_what_it_frees_and_when_the_store_does_not_answer()
    {
        var clock = new ManualTime();
        var closed = LoopbackPorts.Take(1)[0];
        await using var server = await XmppTestServer.StartAsync(new XmppTestServerOptions(Config($"http://127.0.0.1:{closed}/bucket", "key", "secret", "us-east-1")) { Time = clock });
        foreach (var host in new[] { "files.localhost", "s3.localhost" })
        {
            await using var client = new UploadClient(await server.LoginAsync($"alice@{host}"), $"upload.{host}");
            await client.SlotAsync("never.bin", 1000);
        }

        string[] expected =
        [
            Sample("upload_swept_total", "fileStore", "files", "1", "purpose=\"message\",reason=\"unused\""),
            "xmpphost_upload_backend_errors_total{backend=\"s3\",host=\"s3.localhost\",operation=\"exists\"}",
        ];
        await UntilAsync(() =>
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            var scrape = server.ScrapeMetrics();
            return Task.FromResult(expected.All(e => scrape.Contains(e, StringComparison.Ordinal)));
        });

        Assert.That(server.ScrapeMetrics(), Does.Contain(expected[0]).And.Contain(expected[1]).And.Not.Contain("upload_swept_total{backend=\"s3\""), server.Log);
    }

    private static async Task<ScrapedServer> StartAsync(string bucketUrl, string key, string secret, string region)
    {
        var port = LoopbackPorts.Take(1)[0];
        var options = new ServerProcessOptions { Config = Config(bucketUrl, key, secret, region), Settings = [$"metrics:listen:0=127.0.0.1:{port}"] };
        return new ScrapedServer(await ServerProcess.StartAsync(options), new Uri($"http://127.0.0.1:{port}/metrics"));
    }

    private static string Config(string bucketUrl, string key, string secret, string region) => $$"""
        {
          "defaults": { "plugins": { "Disco": {}, "HttpUpload": { "maxFileSize": "1 MB", "purposes": { "profile": { "maxFileSize": "100 kB" } } } } },
          "hosts": {
            "files.localhost": { "plugins": { "FileStore": {} } },
            "s3.localhost": { "plugins": { "HttpUpload": { "backend": "s3", "s3": { "bucketUrl": "{{bucketUrl}}", "region": "{{region}}", "accessKeyId": "{{key}}", "secretAccessKey": "{{secret}}" } } } }
          }
        }
        """;

    private static string Sample(string name, string backend, string host, string value, string rest = "")
    {
        var (comma, end) = (rest.Length == 0 ? "" : ",", value.Length == 0 ? "" : $" {value}");
        return $"xmpphost_{name}{{backend=\"{backend}\",host=\"{host}.localhost\"{comma}{rest}}}{end}";
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        var waited = Stopwatch.StartNew();
        while (waited.Elapsed < TimeSpan.FromMinutes(2) && !await condition()) await Task.Delay(100);
    }

    private sealed record ScrapedServer(ServerProcess Process, Uri Metrics) : IAsyncDisposable
    {
        internal Task<string> ScrapeAsync() => UploadClient.ReadAsync(Metrics);

        public ValueTask DisposeAsync() => Process.DisposeAsync();
    }
}
