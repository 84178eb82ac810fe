using System.Net;
using System.Net.Sockets;
using Amazon.S3.Model;
using XmppHost.Plugins.HttpUpload;
using XmppHost.Testing.Services;

namespace XmppHost.Plugins.Tests.HttpUpload;

/// <summary>The check against buckets of a real store: one that is right, and many that are not.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class S3CheckTests
{
    private const string Origin = "https://chat.example.org";

    private RadosGateway _gateway = null!;
    private Uri _good = null!;

    [OneTimeSetUp]
    public async Task StartGateway()
    {
        _gateway = await RadosGateway.SharedAsync();
        _good = await _gateway.CreateBucketAsync(publicRead: true, corsOrigin: Origin);
    }

    [Test]
    public async Task Bucket_that_is_right_passes_every_step_and_is_left_empty()
    {
        var run = await CheckRun.OfS3Async(Options(_good));
        Assert.That(run.Failed, Is.Empty, run.ToString());
        Assert.That(run.Warned, Is.EqualTo(new[] { "https" }), run.ToString());
        Assert.That(run.Steps.Select(s => s.Name), Is.EqualTo(new[] { "https", "put", "clock", "head", "get", "download", "listing", "size", "type", "signature", "cors", "delete" }));
        Assert.That((await _gateway.Client.ListObjectsV2Async(new() { BucketName = _good.AbsolutePath[1..] })).S3Objects ?? [], Is.Empty);
    }

    [Test]
    public async Task Private_bucket_is_right_for_redirects()
    {
        var closed = await _gateway.CreateBucketAsync(corsOrigin: Origin);
        var options = Options(closed) with { GetMode = S3GetMode.Redirect };
        var run = await CheckRun.OfS3Async(options);
        Assert.That(run.Failed.Concat(run.Warned), Is.EqualTo(new[] { "https" }), run.ToString());
        var open = await CheckRun.OfS3Async(Options(_good) with { GetMode = S3GetMode.Redirect });
        Assert.That(open["private"], Does.Contain("anybody may read the bucket"));
    }

    [Test]
    public async Task Wrong_secret_is_explained() =>
        await ExpectAsync(o => o with { SecretAccessKey = new Secret("mistyped") }, "put", "secretAccessKey is wrong");

    [Test]
    public async Task Unknown_key_is_explained() =>
        await ExpectAsync(o => o with { AccessKeyId = new Secret("NOSUCHKEY00000000001") }, "put", "the store does not know accessKeyId");

    [Test]
    public async Task Missing_bucket_is_explained() =>
        await ExpectAsync(o => o with { BucketUrl = new Uri(_gateway.Endpoint, "no-such-bucket") }, "put", "there is no bucket no-such-bucket at 127.0.0.1: make it, or correct bucketUrl");

    [Test]
    public async Task Acl_in_a_header_is_explained() =>
        await ExpectAsync(o => o with { Acl = S3Acl.Header }, "put", "no XMPP client sends");

    [Test]
    public async Task Refused_connection_is_explained()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        await ExpectAsync(o => o with { BucketUrl = new Uri($"http://127.0.0.1:{port}/bucket") }, "put", $"127.0.0.1:{port} refuses the connection: nothing listens there");
    }

    [Test]
    public async Task Name_that_dns_does_not_know_is_explained() =>
        await ExpectAsync(o => o with { BucketUrl = new Uri("https://s3.no-such-store.invalid/bucket") }, "put", "DNS knows no address of s3.no-such-store.invalid");

    [Test]
    public async Task Https_where_http_is_spoken_is_explained() =>
        await ExpectAsync(o => o with { BucketUrl = new Uri(_good.AbsoluteUri.Replace("http://", "https://")) }, "put", "does it speak plain http?");

    [Test]
    public async Task Certificate_that_nobody_trusts_is_explained()
    {
        using var certificate = new LoopbackCertificate("localhost");
        await using var front = new TlsFront(certificate.Certificate, _gateway.Endpoint.Port);
        await ExpectAsync(o => o with { BucketUrl = new Uri($"https://127.0.0.1:{front.Port}{_good.AbsolutePath}") }, "put", "is not signed by an authority that this machine trusts");
    }

    [Test]
    public async Task Something_that_is_no_store_is_explained()
    {
        var share = await ShareScript.SharedAsync();
        await ExpectAsync(o => o with { BucketUrl = new Uri(share.V1, "/none/bucket") }, "put", "what answers there does not look like S3");
    }

    [TestCase(-60, "60 min behind the store's: slots end too early")]
    [TestCase(60, "60 min ahead of the store's: slots are not valid yet")]
    public async Task Wrong_clock_is_explained(int minutes, string explanation)
    {
        var run = await CheckRun.OfS3Async(Options(_good), new WrongClock(TimeSpan.FromMinutes(minutes)));
        Assert.That(run.Failed, Does.Contain("clock"));
        Assert.That(run["clock"], Does.Contain(explanation).And.Contain("NTP"));
        if (run.Failed.Contains("put")) Assert.That(run["put"], Does.Contain("clock"));
    }

    [Test]
    public async Task Missing_policy_is_explained()
    {
        var closed = await _gateway.CreateBucketAsync(corsOrigin: Origin);
        var run = await CheckRun.OfS3Async(Options(closed));
        Assert.That(run.Failed, Is.EqualTo(new[] { "download" }), run.ToString());
        Assert.That(run["download"], Does.Contain("the bucket has no policy that lets anyone download. `xmpphost upload setup example.org --apply` sets one"));
    }

    [Test]
    public async Task Missing_cors_rule_is_explained()
    {
        var bucket = await _gateway.CreateBucketAsync(publicRead: true);
        var run = await CheckRun.OfS3Async(Options(bucket));
        Assert.That(run.Failed, Is.Empty, run.ToString());
        Assert.That(run["cors"], Does.StartWith($"pages of {Origin} (web clients) cannot upload:").And.Contain("the bucket needs a CORS rule"));
    }

    [Test]
    public async Task Download_url_that_shows_something_else_is_explained()
    {
        var run = await CheckRun.OfS3Async(Options(_good) with { Prefix = "uploads", GetBaseUrl = _good });
        Assert.That(run.Failed, Is.EqualTo(new[] { "download" }), run.ToString());
        Assert.That(run["download"], Does.Contain("getBaseUrl must show what lies under the bucket's prefix 'uploads/'"));
    }

    [TestCase("s3:PutObject", "put", "they need the right s3:PutObject")]
    [TestCase("s3:DeleteObject", "delete", "they need the right s3:DeleteObject")]
    public async Task Missing_right_is_explained(string right, string step, string explanation)
    {
        var bucket = await BucketAsync("Deny", right);
        var run = await CheckRun.OfS3Async(Options(bucket));
        Assert.That(run.Failed, Does.Contain(step), run.ToString());
        Assert.That(run[step], Does.Contain(explanation));
    }

    [Test]
    public async Task Bucket_that_anybody_may_list_is_warned_of()
    {
        var bucket = await BucketAsync("Allow", "s3:ListBucket");
        var run = await CheckRun.OfS3Async(Options(bucket));
        Assert.That(run["listing"], Does.Contain("anybody may list the bucket"), run.ToString());
    }

    [Test]
    public async Task Store_that_does_not_hold_clients_to_the_size_fails()
    {
        // A bucket in which anybody may write takes what has no signature at all.
        var bucket = await BucketAsync("Allow", "s3:PutObject");
        await using var front = await LaxStore.StartAsync(_gateway.Endpoint);
        var run = await CheckRun.OfS3Async(Options(new Uri(front.Endpoint, bucket.AbsolutePath[1..])));
        Assert.That(run.Failed, Is.EquivalentTo(new[] { "size", "type", "signature" }), run.ToString());
        Assert.That(run["size"], Does.Contain("the store does not verify signed headers"));
        Assert.That(run["signature"], Does.Contain("anybody may write"));
    }

    [Test]
    public async Task Wrong_region_is_explained()
    {
        var swift = await SwiftServer.SharedAsync();
        var options = Options(await swift.CreateBucketAsync()) with { Region = "eu-west-1", AccessKeyId = new Secret(SwiftServer.AccessKeyId), SecretAccessKey = new Secret(SwiftServer.SecretAccessKey) };
        var run = await CheckRun.OfS3Async(options);
        Assert.That(run.Failed, Is.EqualTo(new[] { "put" }), run.ToString());
        Assert.That(run["put"], Does.StartWith("region is wrong: config says 'eu-west-1'").And.Contain("us-east-1"));
    }

    [Test]
    public async Task Second_store_passes_too()
    {
        var swift = await SwiftServer.SharedAsync();
        var options = Options(await swift.CreateBucketAsync()) with { Region = SwiftServer.Region, AccessKeyId = new Secret(SwiftServer.AccessKeyId), SecretAccessKey = new Secret(SwiftServer.SecretAccessKey), GetMode = S3GetMode.Redirect };
        var run = await CheckRun.OfS3Async(options);
        Assert.That(run.Failed, Is.Empty, run.ToString());
    }

    /// <summary>A bucket with everything, and one statement more.</summary>
    private async Task<Uri> BucketAsync(string effect, string action)
    {
        var bucket = await _gateway.CreateBucketAsync(corsOrigin: Origin);
        var name = bucket.AbsolutePath[1..];
        await _gateway.Client.PutBucketPolicyAsync(new PutBucketPolicyRequest
        {
            BucketName = name,
            Policy = $$"""
                {"Version":"2012-10-17","Statement":[
                  {"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::{{name}}/*"},
                  {"Effect":"{{effect}}","Principal":"*","Action":"{{action}}","Resource":["arn:aws:s3:::{{name}}","arn:aws:s3:::{{name}}/*"]}]}
                """,
        });
        return bucket;
    }

    private async Task ExpectAsync(Func<S3Options, S3Options> mistake, string step, string explanation)
    {
        var run = await CheckRun.OfS3Async(mistake(Options(_good)));
        Assert.That(run.Failed, Is.EqualTo(new[] { step }), run.ToString());
        Assert.That(run[step], Does.Contain(explanation));
    }

    private static S3Options Options(Uri bucket) => new()
    {
        BucketUrl = bucket,
        Region = RadosGateway.Region,
        AccessKeyId = new Secret(RadosGateway.AccessKeyId),
        SecretAccessKey = new Secret(RadosGateway.SecretAccessKey),
        CorsOrigins = [Origin],
    };
}
