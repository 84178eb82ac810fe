namespace XmppHost.Plugins.Tests.HttpUpload;

public sealed class OptionTests
{
    private static readonly string[] Keys = ["backend=s3", "s3:region=eu-west-1", "s3:accessKeyId=AKIA", "s3:secretAccessKey=secret"];

    [TestCase("https://s3.eu-west-1.amazonaws.com/mybucket")]
    [TestCase("https://mybucket.s3.eu-west-1.amazonaws.com")]
    [TestCase("http://localhost:9000/mybucket/")]
    public void Bucket_url_is_enough_of_an_address(string url)
    {
        using var server = new UploadServer([.. Keys, $"s3:bucketUrl={url}"]);
        Assert.That(server.Problems, Is.Empty);
    }

    [TestCase("s3.bucketUrl: is required, or bucket with endpoint")]
    [TestCase("s3.bucketUrl: names no bucket: write https://STORE/BUCKET or https://BUCKET.STORE", "s3:bucketUrl=https://s3.example.org/")]
    [TestCase("s3.bucketUrl: names no bucket: write https://STORE/BUCKET or https://BUCKET.STORE", "s3:bucketUrl=http://localhost:9000")]
    [TestCase("s3.bucketUrl: names no bucket: write https://STORE/BUCKET or https://BUCKET.STORE", "s3:bucketUrl=http://127.0.0.1:9000")]
    [TestCase("s3.bucketUrl: names no bucket: write https://STORE/BUCKET or https://BUCKET.STORE", "s3:bucketUrl=https://s3.eu-west-1.amazonaws.com")]
    [TestCase("s3.bucketUrl: is an http or https URL", "s3:bucketUrl=ftp://x/y")]
    [TestCase("s3.bucketUrl: has no query and no fragment", "s3:bucketUrl=https://x.example/y?z")]
    [TestCase("s3.bucketUrl: has no user and password in it", "s3:bucketUrl=https://a:b@x.example/y")]
    [TestCase("s3.bucket: stands in bucketUrl already: give one of them", "s3:bucketUrl=https://x.example/y", "s3:bucket=y")]
    [TestCase("s3.endpoint: stands in bucketUrl already: give one of them", "s3:bucketUrl=https://x.example/y", "s3:endpoint=https://x.example")]
    [TestCase("s3.endpoint: is required with the region auto", "s3:bucket=y", "s3:region=auto")]
    [TestCase("s3.bucket: 'a/b' is not a bucket's name", "s3:endpoint=https://x.example", "s3:bucket=a/b")]
    [TestCase("s3.prefix: has a part that clients would change: no '.', no '..', no control characters", "s3:bucketUrl=https://x.example/y", "s3:prefix=a/../b")]
    [TestCase("s3.getTtl: is between 1 s and 7 days", "s3:bucketUrl=https://x.example/y", "s3:getTtl=8 days")]
    [TestCase("s3.getBaseUrl: has no effect with getMode redirect: keep one of them", "s3:bucketUrl=https://x.example/y", "s3:getMode=redirect", "s3:getBaseUrl=https://cdn.example")]
    [TestCase("s3.credentials: is chain, so that keys are found elsewhere: remove those here, or this", "s3:bucketUrl=https://x.example/y", "s3:credentials=chain")]
    [TestCase("s3.profile: needs credentials \"chain\"", "s3:bucketUrl=https://x.example/y", "s3:profile=uploads")]
    [TestCase("s3.corsOrigins: 'https://chat.example/' is neither * nor an origin such as https://chat.example.org", "s3:bucketUrl=https://x.example/y", "s3:corsOrigins:0=https://chat.example/")]
    [TestCase("slotTtl: is between 1 s and 7 days", "s3:bucketUrl=https://x.example/y", "slotTtl=8 days")]
    [TestCase("slotTtl: is between 1 s and 7 days", "s3:bucketUrl=https://x.example/y", "slotTtl=500 ms")]
    [TestCase("tokenBytes: is 8, but must be from 16 to 64", "s3:bucketUrl=https://x.example/y", "tokenBytes=8")]
    [TestCase("access: 'a@b/c' is neither a bare JID nor a domain", "s3:bucketUrl=https://x.example/y", "access:0=a@b/c")]
    [TestCase("s3.secretAccesKey: unknown option; did you mean 'secretAccessKey'?", "s3:bucketUrl=https://x.example/y", "s3:secretAccesKey=x")]
    public void Wrong_option_is_told_with_its_path(string problem, params string[] options)
    {
        using var server = new UploadServer([.. Keys.Where(k => !options.Any(o => o.StartsWith(k.Split('=')[0] + "="))), .. options]);
        Assert.That(server.Problems, Has.Some.StartWith($"hosts.example.org.plugins.HttpUpload.{problem}"));
    }

    [TestCase("s3:region", "s3.region: is required: the bucket's region, or auto")]
    [TestCase("s3:accessKeyId", "s3.accessKeyId: is required: give accessKeyId or accessKeyIdFile, or credentials \"chain\"")]
    [TestCase("s3:secretAccessKey", "s3.secretAccessKey: is required: give secretAccessKey or secretAccessKeyFile")]
    public void Missing_option_is_told(string key, string problem)
    {
        using var server = new UploadServer([.. Keys.Where(k => !k.StartsWith(key + "=")), "s3:bucketUrl=https://x.example/y"]);
        Assert.That(server.Problems, Is.EqualTo(new[] { $"hosts.example.org.plugins.HttpUpload.{problem}" }));
    }

    [TestCase("s3:credentials=chain")]
    [TestCase("s3:credentials=chain", "s3:profile=uploads")]
    public void Keys_may_be_left_to_the_sdk(params string[] options)
    {
        using var server = new UploadServer(["backend=s3", "s3:region=auto", "s3:bucketUrl=https://x.example/y", .. options]);
        Assert.That(server.Problems, Is.Empty);
    }

    [Test]
    public void Backend_needs_its_section()
    {
        using var s3 = new UploadServer("backend=s3");
        using var external = new UploadServer("backend=external");
        Assert.That(s3.Problems, Is.EqualTo(new[] { "hosts.example.org.plugins.HttpUpload.s3: is required with backend s3" }));
        Assert.That(external.Problems, Is.EqualTo(new[] { "hosts.example.org.plugins.HttpUpload.external: is required with backend external" }));
    }

    [Test]
    public void File_store_backend_needs_the_plugin()
    {
        using var server = new UploadServer(hasStore: false, []);
        Assert.That(server.Problems, Is.EqualTo(new[] { "hosts.example.org.plugins.HttpUpload.backend: fileStore needs the plugin FileStore, which is off in this host" }));
    }

    [Test]
    public void Secrets_come_from_files_too()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "secret\n");
            using var server = new UploadServer([.. Keys[..3], $"s3:secretAccessKeyFile={file}", "s3:bucketUrl=https://x.example/y"]);
            Assert.That(server.Problems, Is.Empty);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
