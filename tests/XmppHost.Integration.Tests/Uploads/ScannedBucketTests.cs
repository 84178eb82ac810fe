using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using XmppHost.Testing;
using XmppHost.Testing.Services;

namespace XmppHost.Integration.Tests.Uploads;

/// <summary>A bucket takes whatever is uploaded; what clamd finds something in does not stay there.</summary>
public sealed class ScannedBucketTests
{
    private static readonly byte[] Clean = RandomNumberGenerator.GetBytes(100_000);
    private static readonly byte[] Infected = [.. RandomNumberGenerator.GetBytes(100_000), .. Encoding.ASCII.GetBytes(ClamDaemon.Pattern)];

    [Test]
    public async Task Infected_files_are_deleted_from_the_bucket_after_their_slots_have_ended()
    {
        var (gateway, clamd, clock) = (await RadosGateway.SharedAsync(), await ClamDaemon.SharedAsync(), new ShiftedTime());
        var bucket = await gateway.CreateBucketAsync(publicRead: true);
        await using var server = await XmppTestServer.StartAsync(new XmppTestServerOptions(Config(bucket, clamd)) { Time = clock });
        await using var client = new UploadClient(await server.LoginAsync("alice@s3.localhost"), "upload.s3.localhost");
        var (clean, cleanUrl) = await client.UploadAsync("clean.bin", Clean);
        var (infected, infectedUrl) = await client.UploadAsync("infected.bin", Infected);
        Assert.That(new[] { clean, infected }, Is.All.EqualTo(HttpStatusCode.OK));
        Assert.That(await UploadClient.StatusAsync(infectedUrl), Is.EqualTo(HttpStatusCode.OK));

        clock.Ahead = TimeSpan.FromMinutes(10);

        Assert.That(await UploadClient.StatusOtherThanAsync(infectedUrl, HttpStatusCode.OK), Is.EqualTo(HttpStatusCode.NotFound).Or.EqualTo(HttpStatusCode.Forbidden), () => server.Log);
        var waited = Stopwatch.StartNew();
        while (waited.Elapsed < TimeSpan.FromMinutes(1) && !server.ScrapeMetrics().Contains("result=\"clean\"", StringComparison.Ordinal)) await Task.Delay(100);
        Assert.That((await UploadClient.GetAsync(cleanUrl)).Content, Is.EqualTo(Clean));
        Assert.That(server.Log, Does.Match($@"found {ClamDaemon.Signature} in \w+/infected.bin of alice@s3.localhost"));
        Assert.That(server.ScrapeMetrics(), Does.Contain("xmpphost_clamav_scans_total{host=\"s3.localhost\",result=\"infected\"} 1").And.Contain("xmpphost_clamav_scans_total{host=\"s3.localhost\",result=\"clean\"} 1")
            .And.Contain("xmpphost_upload_swept_total{backend=\"s3\",host=\"s3.localhost\",purpose=\"message\",reason=\"harmful\"} 1"));
    }

    private static string Config(Uri bucket, ClamDaemon clamd) => $$"""
        {
          "hosts": { "s3.localhost": { "plugins": {
            "Disco": {}, "ClamAv": { "address": "127.0.0.1:{{clamd.Port}}" },
            "HttpUpload": { "backend": "s3", "s3": {
              "bucketUrl": "{{bucket}}", "region": "{{RadosGateway.Region}}", "accessKeyId": "{{RadosGateway.AccessKeyId}}", "secretAccessKey": "{{RadosGateway.SecretAccessKey}}" } }
          } } }
        }
        """;

    /// <summary>The system's clock, plus what the test adds to it; timers run as they always do.</summary>
    private sealed class ShiftedTime : TimeProvider
    {
        internal TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
    }
}
