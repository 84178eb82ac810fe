using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using XmppHost.Plugins.HttpUpload;
using XmppHost.Plugins.HttpUpload.Backends;
using XmppHost.Plugins.HttpUpload.Slots;
using XmppHost.Testing.Services;

namespace XmppHost.Plugins.Tests.HttpUpload;

/// <summary>Slots at a real S3 server, which takes what was announced and nothing else.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class S3GatewayTests
{
    private static readonly HttpClient Http = new();
    private static readonly byte[] Content = RandomNumberGenerator.GetBytes(50_000);

    private RadosGateway _gateway = null!;
    private Uri _bucket = null!;

    [OneTimeSetUp]
    public async Task StartGateway()
    {
        _gateway = await RadosGateway.SharedAsync();
        _bucket = await _gateway.CreateBucketAsync(publicRead: true);
    }

    [TestCase("plain.txt")]
    [TestCase("très cool.jpg")]
    [TestCase("a b  c.txt")]
    [TestCase("1+1=2.txt")]
    [TestCase("100%.txt")]
    [TestCase("%2F%25.txt")]
    [TestCase("what?#why&how=so;x.txt")]
    [TestCase("'single' \"double\" `back`.txt")]
    [TestCase("(1)[2]{3}!*$,:@~^|<>.txt")]
    [TestCase("日本語.png")]
    [TestCase("🦊.gif")]
    [TestCase("..hidden...")]
    public async Task File_of_any_name_comes_back_as_it_was(string name)
    {
        var slot = await SlotAsync(name, "image/jpeg");
        Assert.That(await PutAsync(slot.PutUrl, Content, "image/jpeg"), Is.EqualTo(HttpStatusCode.OK));
        using var file = await Http.GetAsync(new Uri(slot.GetUrl));
        Assert.That(file.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(file.Content.Headers.ContentType!.ToString(), Is.EqualTo("image/jpeg"));
        Assert.That(await file.Content.ReadAsByteArrayAsync(), Is.EqualTo(Content));
    }

    [Test]
    public async Task Object_has_the_name_that_the_client_gave()
    {
        var slot = await SlotAsync("1+1 = zwölf?.txt", null);
        await PutAsync(slot.PutUrl, Content, null);
        var objects = await _gateway.Client.ListObjectsV2Async(new() { BucketName = _bucket.AbsolutePath[1..] });
        Assert.That(objects.S3Objects.Select(o => o.Key), Has.One.EndsWith("/1+1 = zwölf?.txt"));
    }

    [TestCase(null)]
    [TestCase("application/octet-stream")]
    [TestCase("image/png")]
    public async Task Client_that_declared_no_type_may_send_any(string? sent) =>
        Assert.That(await PutAsync((await SlotAsync("a.bin", null)).PutUrl, Content, sent), Is.EqualTo(HttpStatusCode.OK));

    [TestCase(null)]
    [TestCase("text/html")]
    public async Task Other_type_than_the_declared_one_is_refused(string? sent) =>
        Assert.That(await PutAsync((await SlotAsync("a.jpg", "image/jpeg")).PutUrl, Content, sent), Is.EqualTo(HttpStatusCode.Forbidden));

    [TestCase(-1)]
    [TestCase(1)]
    public async Task Other_size_than_the_announced_one_is_refused(int difference)
    {
        var slot = await SlotAsync("a.bin", null);
        var content = RandomNumberGenerator.GetBytes(Content.Length + difference);
        Assert.That(await PutAsync(slot.PutUrl, content, null), Is.EqualTo(HttpStatusCode.Forbidden));
        using var file = await Http.GetAsync(new Uri(slot.GetUrl));
        Assert.That(file.StatusCode, Is.EqualTo(HttpStatusCode.NotFound).Or.EqualTo(HttpStatusCode.Forbidden));
    }

    [TestCase("a.bin", "b.bin")]
    [TestCase("X-Amz-Expires=", "X-Amz-Expires=1")]
    [TestCase("X-Amz-SignedHeaders=content-length%3Bhost", "X-Amz-SignedHeaders=host")]
    [TestCase(RadosGateway.AccessKeyId, "TESTSACCESSKEY000002")]
    public async Task Tampered_url_is_refused(string part, string replacement)
    {
        var url = (await SlotAsync("a.bin", null)).PutUrl;
        Assert.That(url, Does.Contain(part));
        Assert.That(await PutAsync(url.Replace(part, replacement, StringComparison.Ordinal), Content, null), Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task Slot_is_good_for_a_put_alone()
    {
        var slot = await SlotAsync("a.bin", null);
        using var request = new HttpRequestMessage(HttpMethod.Delete, slot.PutUrl);
        using var response = await Http.SendAsync(request);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task Expired_slot_is_refused()
    {
        var slot = await SlotAsync("a.bin", null, TimeSpan.FromSeconds(1));
        await Task.Delay(TimeSpan.FromSeconds(2.2));
        Assert.That(await PutAsync(slot.PutUrl, Content, null), Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task Wrong_secret_is_refused()
    {
        using var side = Side(o => o with { SecretAccessKey = new Secret("tests/another+key") });
        var slot = await side.SlotAsync(new FileRequest("t1", "a.bin", Content.Length, null));
        Assert.That(await PutAsync(slot.PutUrl, Content, null), Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [TestCase("")]
    [TestCase("/")]
    [TestCase("/uploads")]
    [TestCase("/a%20b/c/")]
    public async Task Bucket_url_with_and_without_prefix_and_slash_works(string suffix)
    {
        using var side = Side(o => o with { BucketUrl = new Uri(_bucket + suffix) });
        await AssertRoundTripAsync(side);
    }

    [Test]
    public async Task Endpoint_and_bucket_work()
    {
        using var side = Side(o => o with { BucketUrl = null, Endpoint = _gateway.Endpoint, Bucket = _bucket.AbsolutePath[1..], Prefix = "uploads" });
        await AssertRoundTripAsync(side);
    }

    // Ceph takes the parameter and ignores it; that AWS heeds it cannot be seen here.
    [Test]
    public async Task Acl_in_the_query_is_part_of_the_signature_and_asks_nothing_of_the_client()
    {
        using var side = Side(o => o with { Acl = S3Acl.Query });
        await AssertRoundTripAsync(side);
        var slot = await side.SlotAsync(new FileRequest("t1", "a.bin", Content.Length, null));
        Assert.That(await PutAsync(slot.PutUrl.Replace("public-read", "private", StringComparison.Ordinal), Content, null), Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task Acl_in_a_header_fails_with_standard_clients()
    {
        var closed = await _gateway.CreateBucketAsync();
        using var side = Side(o => o with { BucketUrl = closed, Acl = S3Acl.Header });
        var slot = await side.SlotAsync(new FileRequest("t2", "a.bin", Content.Length, null));
        Assert.That(await PutAsync(slot.PutUrl, Content, null), Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await PutAsync(slot.PutUrl, Content, null, ("x-amz-acl", "public-read")), Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await Http.GetByteArrayAsync(new Uri(slot.GetUrl)), Is.EqualTo(Content));
    }

    private async Task AssertRoundTripAsync(S3Side side)
    {
        var slot = await side.SlotAsync(new FileRequest(Guid.NewGuid().ToString("N"), "très cool.jpg", Content.Length, "image/jpeg"));
        Assert.That(await PutAsync(slot.PutUrl, Content, "image/jpeg"), Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await Http.GetByteArrayAsync(new Uri(slot.GetUrl)), Is.EqualTo(Content));
    }

    private async Task<UploadSlot> SlotAsync(string name, string? type, TimeSpan? ttl = null)
    {
        using var side = Side(o => o, ttl);
        return await side.SlotAsync(new FileRequest(Guid.NewGuid().ToString("N"), name, Content.Length, type));
    }

    private S3Side Side(Func<S3Options, S3Options> change, TimeSpan? ttl = null) => new(
        change(new S3Options
        {
            BucketUrl = _bucket,
            Region = RadosGateway.Region,
            AccessKeyId = new Secret(RadosGateway.AccessKeyId),
            SecretAccessKey = new Secret(RadosGateway.SecretAccessKey),
        }),
        ttl);

    private static async Task<HttpStatusCode> PutAsync(string url, byte[] bytes, string? type, params (string Name, string Value)[] headers)
    {
        using var content = new ByteArrayContent(bytes);
        if (type is not null) content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(url)) { Content = content };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await Http.SendAsync(request);
        return response.StatusCode;
    }
}
