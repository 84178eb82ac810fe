using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using XmppHost.Plugins.HttpUpload;
using XmppHost.Plugins.HttpUpload.Slots;
using XmppHost.Storage;
using XmppHost.Testing.Services;

namespace XmppHost.Plugins.Tests.HttpUpload;

/// <summary>Slots at a second S3 server, which checks more of a signature than the first.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class SwiftTests
{
    private static readonly HttpClient Http = new();
    private static readonly byte[] Content = RandomNumberGenerator.GetBytes(20_000);

    private Uri _bucket = null!;

    [OneTimeSetUp]
    public async Task StartSwift() => _bucket = await (await SwiftServer.SharedAsync()).CreateBucketAsync();

    [TestCase("plain.txt")]
    [TestCase("très cool.jpg")]
    [TestCase("1+1=2.txt")]
    [TestCase("%2F 100%.txt")]
    [TestCase("what?#why&how=so;x.txt")]
    [TestCase("'single' \"double\" (1)[2]{3}!*$,:@~^|<>.txt")]
    [TestCase("日本語 🦊.png")]
    public async Task File_of_any_name_is_stored_found_read_and_deleted(string name)
    {
        using var side = Side();
        var slot = await side.SlotAsync(File(name, "image/jpeg"));
        Assert.That(await PutAsync(slot.PutUrl, "image/jpeg"), Is.EqualTo(HttpStatusCode.OK));
        var entry = S3StoreTests.EntryOf(slot.Key);
        Assert.That(await side.Backend.ExistsAsync(entry, default), Is.True);
        Assert.That(await S3StoreTests.ReadAsync(side, entry), Is.EqualTo(Content));
        Assert.That(await side.Backend.DeleteAsync([entry], default), Is.EqualTo(new[] { slot.Key }));
        Assert.That(await side.Backend.ExistsAsync(entry, default), Is.False);
    }

    [Test]
    public async Task Wrong_region_is_refused()
    {
        using var side = Side(o => o with { Region = "eu-west-1" });
        Assert.That(await PutAsync((await side.SlotAsync(File("a.txt", null))).PutUrl, null), Is.EqualTo(HttpStatusCode.BadRequest).Or.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task Header_of_the_store_that_is_not_signed_is_refused()
    {
        using var side = Side();
        var slot = await side.SlotAsync(File("a.txt", null));
        Assert.That(await PutAsync(slot.PutUrl, null, ("x-amz-acl", "public-read")), Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await PutAsync(slot.PutUrl, null), Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Signature_holds_for_one_host_and_port()
    {
        using var side = Side();
        var slot = await side.SlotAsync(File("a.txt", null));
        Assert.That(await PutAsync(slot.PutUrl, null, ("Host", "127.0.0.1")), Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await PutAsync(slot.PutUrl, null, ("Host", $"localhost:{_bucket.Port}")), Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [TestCase("text/html")]
    [TestCase(null)]
    public async Task Other_type_than_the_declared_one_is_refused(string? sent)
    {
        using var side = Side();
        Assert.That(await PutAsync((await side.SlotAsync(File("a.jpg", "image/jpeg"))).PutUrl, sent), Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task Other_size_than_the_announced_one_is_refused()
    {
        using var side = Side();
        var slot = await side.SlotAsync(File("a.bin", null) with { Size = Content.Length - 1 });
        Assert.That(await PutAsync(slot.PutUrl, null), Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task Expired_slot_is_refused()
    {
        using var side = Side(ttl: TimeSpan.FromSeconds(1));
        var slot = await side.SlotAsync(File("a.bin", null));
        await Task.Delay(TimeSpan.FromSeconds(2.2));
        Assert.That(await PutAsync(slot.PutUrl, null), Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task Wrong_secret_and_unknown_key_are_refused()
    {
        using var wrong = Side(o => o with { SecretAccessKey = new Secret("another") });
        using var unknown = Side(o => o with { AccessKeyId = new Secret("test:nobody") });
        Assert.That(await PutAsync((await wrong.SlotAsync(File("a.bin", null))).PutUrl, null), Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await PutAsync((await unknown.SlotAsync(File("a.bin", null))).PutUrl, null), Is.EqualTo(HttpStatusCode.Forbidden));
    }

    private static FileRequest File(string name, string? type) => new(Guid.NewGuid().ToString("N"), name, Content.Length, type);

    private S3Side Side(Func<S3Options, S3Options>? change = null, TimeSpan? ttl = null)
    {
        var options = new S3Options
        {
            BucketUrl = _bucket,
            Region = SwiftServer.Region,
            AccessKeyId = new Secret(SwiftServer.AccessKeyId),
            SecretAccessKey = new Secret(SwiftServer.SecretAccessKey),
        };
        return new S3Side(change?.Invoke(options) ?? options, ttl);
    }

    private static async Task<HttpStatusCode> PutAsync(string url, string? type, params (string Name, string Value)[] headers)
    {
        using var content = new ByteArrayContent(Content);
        if (type is not null) content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(url)) { Content = content };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await Http.SendAsync(request);
        return response.StatusCode;
    }
}
