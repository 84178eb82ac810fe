using FsCheck;
using FsCheck.Fluent;
using XmppHost.Plugins.HttpUpload;
using XmppHost.Plugins.HttpUpload.Backends;
using XmppHost.Plugins.HttpUpload.Slots;
using XmppHost.Plugins.Tests.Support;

namespace XmppHost.Plugins.Tests.HttpUpload;

/// <summary>What the backend signs, judged by the tests' own signer.</summary>
public sealed class S3BackendTests
{
    private const string KeyId = "AKIAIOSFODNN7EXAMPLE";
    private const string SecretKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    private const string Token = "0123456789abcdef0123456789abcdef";

    private static readonly S3Options Aws = Options("https://s3-eu-west-1.amazonaws.com/mybucket");

    [Test]
    public void Every_slot_is_signed_as_the_specification_says()
    {
        using var side = new S3Side(Options("http://localhost:9000/mybucket/my uploads/"), TimeSpan.FromMinutes(5));
        Prop.ForAll(Files(), file =>
        {
            var slot = Slot(side, file);
            var query = SigV4.QueryOf(slot.PutUrl);
            Assert.That(query["X-Amz-Signature"], Is.EqualTo(SigV4.SignatureOf("PUT", slot.PutUrl, SecretKey, HeadersOf(file))), slot.PutUrl);
            Assert.That(query["X-Amz-SignedHeaders"], Is.EqualTo(file.ContentType is null ? "content-length;host" : "content-length;content-type;host"));
            Assert.That(query["X-Amz-Expires"], Is.EqualTo("300"));
            Assert.That(query, Has.Count.EqualTo(6), "nothing else is signed that a client would have to know");
            Assert.That(slot.PutUrl, Does.StartWith(slot.GetUrl + "?"), "the file is where it was put");
            Assert.That(slot.GetUrl, Is.EqualTo($"http://localhost:9000/mybucket/my%20uploads/{file.Token}/{SigV4.Encode(file.Name)}"));
            Assert.That(slot.PutHeaders, Is.Empty);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [TestCase("https://s3-eu-west-1.amazonaws.com/mybucket", "https://s3-eu-west-1.amazonaws.com/mybucket/")]
    [TestCase("https://s3-eu-west-1.amazonaws.com/mybucket/", "https://s3-eu-west-1.amazonaws.com/mybucket/")]
    [TestCase("https://s3.eu-west-1.amazonaws.com/mybucket/custom/prefix", "https://s3.eu-west-1.amazonaws.com/mybucket/custom/prefix/")]
    [TestCase("https://mybucket.s3.eu-west-1.amazonaws.com", "https://mybucket.s3.eu-west-1.amazonaws.com/")]
    [TestCase("https://mybucket.s3-eu-west-1.amazonaws.com/custom/prefix/", "https://mybucket.s3-eu-west-1.amazonaws.com/custom/prefix/")]
    [TestCase("https://mybucket.s3.amazonaws.com.cn/", "https://mybucket.s3.amazonaws.com.cn/")]
    [TestCase("https://0123456789abcdef0123456789abcdef.r2.cloudflarestorage.com/xmpp/uploads", "https://0123456789abcdef0123456789abcdef.r2.cloudflarestorage.com/xmpp/uploads/")]
    [TestCase("https://mybucket.nyc3.digitaloceanspaces.com/", "https://mybucket.nyc3.digitaloceanspaces.com/")]
    [TestCase("https://mybucket.nyc3.digitaloceanspaces.com/prefix", "https://mybucket.nyc3.digitaloceanspaces.com/prefix/")]
    [TestCase("http://localhost:9000/mybucket", "http://localhost:9000/mybucket/")]
    [TestCase("http://127.0.0.1:9000/mybucket/p/", "http://127.0.0.1:9000/mybucket/p/")]
    [TestCase("http://[::1]:9000/mybucket", "http://[::1]:9000/mybucket/")]
    [TestCase("https://mybucket.minio.example.org:9443", "https://mybucket.minio.example.org:9443/")]
    [TestCase("https://minio.example.org:443/mybucket", "https://minio.example.org/mybucket/")]
    [TestCase("https://s3.bücher.example/mybucket", "https://s3.xn--bcher-kva.example/mybucket/")]
    [TestCase("https://s3.example.org/My_Bucket/a%20b", "https://s3.example.org/My_Bucket/a%20b/")]
    public void Bucket_url_is_kept_and_signed_in_any_form(string bucketUrl, string expected)
    {
        var options = Options(bucketUrl);
        Assert.That(options.Validate(), Is.Empty);
        AssertSigned(options, expected);
    }

    [TestCase(null, null, "eu-west-1", "https://s3.eu-west-1.amazonaws.com/mybucket/")]
    [TestCase(null, "VirtualHost", "eu-west-1", "https://mybucket.s3.eu-west-1.amazonaws.com/")]
    [TestCase(null, null, "cn-north-1", "https://s3.cn-north-1.amazonaws.com.cn/mybucket/")]
    [TestCase("http://localhost:9000", null, "us-east-1", "http://localhost:9000/mybucket/")]
    [TestCase("https://minio.example.org:9000/", "Path", "us-east-1", "https://minio.example.org:9000/mybucket/")]
    [TestCase("https://minio.example.org:9000", "VirtualHost", "us-east-1", "https://mybucket.minio.example.org:9000/")]
    [TestCase("https://project.supabase.example/storage/v1/s3", null, "eu-west-1", "https://project.supabase.example/storage/v1/s3/mybucket/")]
    public void Endpoint_and_bucket_make_the_same_urls(string? endpoint, string? addressing, string region, string expected)
    {
        var options = Aws with
        {
            BucketUrl = null,
            Endpoint = endpoint is null ? null : new Uri(endpoint),
            Bucket = "mybucket",
            Region = region,
            Addressing = addressing is null ? null : Enum.Parse<S3Addressing>(addressing),
        };
        Assert.That(options.Validate(), Is.Empty);
        AssertSigned(options, expected);
    }

    [Test]
    public void Prefix_comes_after_the_path_of_the_url() =>
        AssertSigned(Aws with { BucketUrl = new Uri("https://s3.example.org/mybucket/a"), Prefix = "/b c/d/" }, "https://s3.example.org/mybucket/a/b%20c/d/");

    [TestCase("https://files.example.org", "https://files.example.org/")]
    [TestCase("https://cdn.example.org/f/", "https://cdn.example.org/f/")]
    public void Downloads_come_from_elsewhere_where_config_says_so(string getBaseUrl, string expected)
    {
        using var side = new S3Side(Aws with { GetBaseUrl = new Uri(getBaseUrl) }, TimeSpan.FromMinutes(5));
        var slot = Slot(side, new FileRequest(Token, "très cool.jpg", 5, null));
        Assert.That(slot.GetUrl, Is.EqualTo($"{expected}{Token}/tr%C3%A8s%20cool.jpg"));
        Assert.That(slot.PutUrl, Does.StartWith($"https://s3-eu-west-1.amazonaws.com/mybucket/{Token}/tr%C3%A8s%20cool.jpg?"));
    }

    [Test]
    public void Session_token_is_part_of_the_query()
    {
        const string token = "AQoDYXdzEPT//////////wEXAMPLE+tc764bNrC9SAPBSM22w==";
        Assert.That(SigV4.QueryOf(AssertSigned(Aws with { SessionToken = new Secret(token) }, "https://s3-eu-west-1.amazonaws.com/mybucket/"))["X-Amz-Security-Token"], Is.EqualTo(token));
    }

    [Test]
    public void Acl_is_not_asked_for_by_default() =>
        Assert.That(AssertSigned(Aws, "https://s3-eu-west-1.amazonaws.com/mybucket/"), Does.Not.Contain("acl").IgnoreCase);

    [Test]
    public void Acl_as_a_query_parameter_needs_nothing_of_the_client()
    {
        var query = SigV4.QueryOf(AssertSigned(Aws with { Acl = S3Acl.Query }, "https://s3-eu-west-1.amazonaws.com/mybucket/"));
        Assert.That(query["x-amz-acl"], Is.EqualTo("public-read"));
        Assert.That(query["X-Amz-SignedHeaders"], Is.EqualTo("content-length;content-type;host"));
    }

    [Test]
    public void Acl_as_a_header_is_signed_once()
    {
        var url = AssertSigned(Aws with { Acl = S3Acl.Header }, "https://s3-eu-west-1.amazonaws.com/mybucket/", ("x-amz-acl", "public-read"));
        Assert.That(url, Does.Contain("content-length%3Bcontent-type%3Bhost%3Bx-amz-acl"));
    }

    [TestCase(1, 1)]
    [TestCase(300, 300)]
    [TestCase(604800, 604800)]
    public void Lifetime_is_as_configured_up_to_seven_days(int seconds, int signed)
    {
        using var side = new S3Side(Aws with { Region = "us-east-1" }, TimeSpan.FromSeconds(seconds));
        Assert.That(SigV4.QueryOf(Slot(side, new FileRequest(Token, "a", 1, null)).PutUrl)["X-Amz-Expires"], Is.EqualTo($"{signed}"));
    }

    [Test]
    public async Task Slot_says_when_it_ends_and_may_have_a_lifetime_of_its_own()
    {
        var time = new ManualTime();
        using var side = new S3Side(Aws, TimeSpan.FromMinutes(5), time);
        var file = new FileRequest(Token, "a", 1, null);
        Assert.That((await side.SlotAsync(file)).Ends, Is.EqualTo(time.GetUtcNow().AddMinutes(5)));
        var longer = await side.SlotAsync(file with { Lifetime = TimeSpan.FromHours(1) });
        Assert.That(longer.Ends, Is.EqualTo(time.GetUtcNow().AddHours(1)));
        Assert.That(SigV4.QueryOf(longer.PutUrl)["X-Amz-Expires"], Is.EqualTo("3600"));
        Assert.That(SigV4.QueryOf(longer.PutUrl)["X-Amz-Date"], Is.EqualTo("20260102T030405Z"));
    }

    private static string AssertSigned(S3Options options, string expectedBase, params (string, string)[] headers)
    {
        using var side = new S3Side(options, TimeSpan.FromMinutes(5));
        var file = new FileRequest(Token, "très cool+(1).jpg", 23456, "image/jpeg");
        var slot = Slot(side, file);
        Assert.That(slot.GetUrl, Is.EqualTo($"{expectedBase}{Token}/tr%C3%A8s%20cool%2B%281%29.jpg"));
        Assert.That(slot.PutUrl, Does.StartWith(slot.GetUrl + "?"));
        Assert.That(SigV4.QueryOf(slot.PutUrl)["X-Amz-Credential"], Does.StartWith(KeyId + "/").And.EndsWith($"/{options.Region}/s3/aws4_request"));
        Assert.That(SigV4.QueryOf(slot.PutUrl)["X-Amz-Signature"], Is.EqualTo(SigV4.SignatureOf("PUT", slot.PutUrl, SecretKey, [.. HeadersOf(file), .. headers])));
        return slot.PutUrl;
    }

    private static S3Options Options(string bucketUrl) => new()
    {
        BucketUrl = new Uri(bucketUrl),
        Region = "eu-west-1",
        AccessKeyId = new Secret(KeyId),
        SecretAccessKey = new Secret(SecretKey),
    };

    private static UploadSlot Slot(S3Side side, FileRequest file)
    {
        var slot = side.Backend.CreateSlotAsync(file, CancellationToken.None).AsTask();
        Assert.That(slot.IsCompleted, Is.True, "nothing is waited for");
        return slot.GetAwaiter().GetResult();
    }

    private static (string, string)[] HeadersOf(FileRequest file) =>
        [("content-length", $"{file.Size}"), .. file.ContentType is null ? Array.Empty<(string, string)>() : [("content-type", file.ContentType)]];

    private static Arbitrary<FileRequest> Files()
    {
        var name = ArbMap.Default.GeneratorFor<NonNull<string>>().Select(s => s.Get).Where(s => FileName.Check(s) == NameProblem.None).Select(FileName.Shorten);
        var odd = Gen.Elements("+", "%", "#", "?", "&", "=", " ", "a  b", "%2F", "%25", "'\"", "~", "…", "très cool.jpg", "日本語.png", "🦊.gif", "a;b:c@d", "[x](y)!*$,", ".hidden", "...", "e\u0301");
        var type = Gen.Elements<string?>(null, "image/jpeg", "text/plain; charset=utf-8", "application/x-thing+xml; a=\"b c\"", "video/mp4");
        var files = from n in Gen.OneOf(name, odd)
                    from size in Gen.Choose(1, int.MaxValue)
                    from t in type
                    select new FileRequest(Token, n, size, t);
        return files.ToArbitrary();
    }
}
