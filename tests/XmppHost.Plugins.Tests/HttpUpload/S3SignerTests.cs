using System.Globalization;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using FsCheck;
using FsCheck.Fluent;
using XmppHost.Plugins.HttpUpload;
using XmppHost.Plugins.HttpUpload.Backends;
using XmppHost.Plugins.HttpUpload.Slots;
using S3Location = XmppHost.Plugins.HttpUpload.Backends.S3Location;

namespace XmppHost.Plugins.Tests.HttpUpload;

/// <summary>The plugin's own signer against known signatures, against the tests' signer and against the SDK's.</summary>
public sealed class S3SignerTests
{
    private const string SessionToken = "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPfIeoIYRqTflfKD8YUuwthAx7mSEI/qkPpKPi/kMcGd";
    private const string Bucket = "https://examplebucket.s3.us-east-1.amazonaws.com";

    private static readonly ImmutableCredentials Keys = new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", null);
    private static readonly ImmutableCredentials Session = new(Keys.AccessKey, Keys.SecretKey, SessionToken);
    private static readonly ImmutableCredentials Others = new("AKIAIAOAONIULXQGMOUA", "CG5fGqG0/n6NCPJ10FylpdgRnuV52j8IZvU7BSj8", null);
    private static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    private static IEnumerable<TestCaseData> Vectors()
    {
        var jpeg = Put("TOKEN/filename.jpg", 23456, "image/jpeg");
        yield return Case("G0", "https://examplebucket.s3.amazonaws.com", "us-east-1", new S3Request("GET", "test.txt", Seconds(86400)), Keys, "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404");
        yield return Case("P1", Bucket, "us-east-1", jpeg, Keys, "7aac51e5cf22da280233aa29f3f8eea5c45033dba051f374bb9912afec3c10e2");
        yield return Case("P2", "http://localhost:9000/mybucket/uploads", "us-east-1", Put("TOKEN/file.txt", 7, null), Keys, "ca09589099cbc07c14b8d823080127fd97df0775c3aa09530596cd31f28bce24");
        yield return Case("P3", "https://s3-eu-west-1.amazonaws.com/mybucket/custom/prefix/", "eu-west-1", Put("TOKEN/très cool+(1).jpg", 23456, "image/jpeg") with { Lifetime = Seconds(60), HasAclHeader = true }, Keys, "32d493572f3202bd6bc8959e1b9353f7ec922b07089c171190a644b2428c2f9c");
        yield return Case("P4", "https://0123456789abcdef0123456789abcdef.r2.cloudflarestorage.com/xmppbucket/uploads", "auto", Put("TOKEN/a.jpg", 10, "image/jpeg"), Keys, "c963c413ce284b6570aeaae858905daf39521f8b95d0408d4f0de49621f17dde");
        yield return Case("P5", Bucket, "us-east-1", jpeg, Session, "e0d2c73d9ca899af43fd3fbfbfc3fee4d0475a903d1318a902eedb9c8775dafc");
        yield return Case("P6", Bucket, "us-east-1", jpeg with { Query = "x-amz-acl=public-read" }, Keys, "8fbbd08996f9923019657f8224a660366bb8dd810669f37eb38910b46ad198e2");
        yield return Case("P8", Bucket, "us-east-1", Put("TOKEN/a b.txt", 5, "text/plain; charset=utf-8"), Keys, "dd6a82adb3549e709a35c2090eb585f74fe2a72a9fa72268745055993cf17cb1");
        yield return Case("G1", Bucket, "us-east-1", new S3Request("GET", "TOKEN/filename.jpg", Seconds(604800)), Keys, "38d4d175fe5015be2e3b17427a315c76bc7ebbf8e6894745dfc3769b70e8aebe");
        yield return Case("M1", "https://s3-eu-west-1.amazonaws.com/testbucket", "eu-west-1", new S3Request("PUT", "test/key", Seconds(3600)), Others, "85bf825e9b67d7838f354b74d97253317584919d8a77b7b50675c2005f003f1f", "2014-01-02T00:00:00Z");
        yield return Case("M2", "https://s3-eu-west-1.amazonaws.com/testbucket", "eu-west-1", new S3Request("PUT", "test/key", Seconds(3600)) { Length = 12 }, Others, "0ac4c8569e7a9e50af1a34db59678b4f23b98ff9734719b2727fe2e971626d72", "2014-01-02T00:00:00Z");
        yield return Case("M3", "https://s3-eu-west-1.amazonaws.com/♠♣♥♦", "eu-west-1", new S3Request("PUT", "test/key", Seconds(900)), Others, "384a2f2a8f9f799abdd633971e48f9e100236d6be25a66513b59ea9dea43e76b", "2017-01-03T14:47:32Z");
    }

    [TestCaseSource(nameof(Vectors))]
    public void Signature_is_the_known_one(string bucketUrl, string region, object request, object keys, string at, string signature)
    {
        var url = Signer(bucketUrl, region).Sign((S3Request)request, (ImmutableCredentials)keys, DateTimeOffset.Parse(at, CultureInfo.InvariantCulture));
        Assert.That(url, Does.EndWith("&X-Amz-Signature=" + signature));
    }

    [Test]
    public void Signature_is_the_one_that_the_sdk_makes()
    {
        (string Url, string Region, ImmutableCredentials Keys)[] places =
        [
            ("https://s3-eu-west-1.amazonaws.com/mybucket/my uploads/", "eu-west-1", Keys),
            ("https://mybucket.s3.us-east-1.amazonaws.com", "us-east-1", Session),
            ("http://localhost:9000/mybucket", "auto", Others),
        ];
        using var clients = new Clients(places);
        Prop.ForAll(Requests().ToArbitrary(), request =>
        {
            foreach (var (url, region, keys) in places)
            {
                var theirs = clients.Sign(url, request);
                var at = DateTimeOffset.ParseExact(SigV4.QueryOf(theirs)["X-Amz-Date"], "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
                var ours = Signer(url, region).Sign(request, keys, at);
                Assert.That(SigV4.QueryOf(ours), Is.EquivalentTo(SigV4.QueryOf(theirs)), ours);
                Assert.That(ours.Split('?')[0], Is.EqualTo(theirs.Split('?')[0]));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }

    [Test]
    public void Key_is_made_anew_for_every_day_and_every_secret()
    {
        var signer = Signer(Bucket, "us-east-1");
        var request = Put("TOKEN/a.txt", 5, null);
        foreach (var (keys, at) in new[] { (Keys, Noon), (Keys, Noon.AddHours(12)), (Keys, Noon), (Others, Noon), (new(Keys.AccessKey, "rotated", null), Noon), (Session, Noon) })
        {
            var url = signer.Sign(request, keys, at);
            Assert.That(SigV4.QueryOf(url)["X-Amz-Signature"], Is.EqualTo(SigV4.SignatureOf("PUT", url, keys.SecretKey, ("content-length", "5"))));
            Assert.That(SigV4.QueryOf(url)["X-Amz-Credential"], Is.EqualTo($"{keys.AccessKey}/{at:yyyyMMdd}/us-east-1/s3/aws4_request"));
        }
    }

    [TestCase(0)]
    [TestCase(604801)]
    public void Lifetime_beyond_what_the_specification_knows_is_refused(int seconds) =>
        Assert.That(() => Signer(Bucket, "us-east-1").Sign(new S3Request("GET", "a", Seconds(seconds)), Keys, Noon), Throws.InstanceOf<ArgumentOutOfRangeException>());

    private static S3Signer Signer(string bucketUrl, string region) => new(S3Location.Of(new S3Options { BucketUrl = new Uri(bucketUrl) }), region);

    private static S3Request Put(string key, long length, string? type) => new("PUT", key, Seconds(300)) { Length = length, ContentType = type };

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);

    private static TestCaseData Case(string name, string bucketUrl, string region, S3Request request, ImmutableCredentials keys, string signature, string at = "2013-05-24T00:00:00Z") =>
        new TestCaseData(bucketUrl, region, request, keys, at, signature).SetArgDisplayNames(name);

    private static Gen<S3Request> Requests()
    {
        var any = ArbMap.Default.GeneratorFor<NonNull<string>>().Select(s => s.Get).Where(s => FileName.Check(s) == NameProblem.None).Select(FileName.Shorten);
        var odd = Gen.Elements("+", "%", "#", "?", "&", "=", " ", "a  b", "%2F", "%25", "'\"", "~", "…", "très cool.jpg", "日本語.png", "🦊.gif", "a;b:c@d", "[x](y)!*$,", "e\u0301");
        var type = Gen.Elements<string?>(null, "image/jpeg", "text/plain; charset=utf-8", "application/x-thing+xml; a=\"b  c\"", "video/mp4");
        return from name in Gen.OneOf(any, odd)
               from prefix in Gen.Elements("", "message/", "a b/ü+/")
               from size in Gen.Choose(1, int.MaxValue)
               from seconds in Gen.Choose(60, 604000)
               from t in type
               from acl in Gen.Elements("", "header", "query")
               select new S3Request("PUT", $"{prefix}0123456789abcdef/{name}", Seconds(seconds))
               {
                   Length = size,
                   ContentType = t,
                   HasAclHeader = acl == "header",
                   Query = acl == "query" ? "x-amz-acl=public-read" : null,
               };
    }

    private sealed class Clients((string Url, string Region, ImmutableCredentials Keys)[] places) : IDisposable
    {
        private readonly Dictionary<string, (AmazonS3Client Client, S3Location Location)> _clients = places.ToDictionary(p => p.Url, p => Client(p.Url, p.Region, p.Keys));

        internal string Sign(string bucketUrl, S3Request wanted)
        {
            var (client, location) = _clients[bucketUrl];
            var request = new GetPreSignedUrlRequest
            {
                BucketName = location.Bucket,
                Key = location.Prefix + wanted.Key,
                Verb = HttpVerb.PUT,
                // The SDK counts from its own clock, which may tick between here and there.
                Expires = TimeProvider.System.GetUtcNow().UtcDateTime + wanted.Lifetime + TimeSpan.FromMilliseconds(500),
                Protocol = bucketUrl.StartsWith("https", StringComparison.Ordinal) ? Protocol.HTTPS : Protocol.HTTP,
            };
            request.Headers.ContentLength = wanted.Length!.Value;
            if (wanted.ContentType is not null) request.ContentType = wanted.ContentType;
            if (wanted.HasAclHeader) request.Headers["x-amz-acl"] = "public-read";
            if (wanted.Query is not null) request.Parameters["x-amz-acl"] = "public-read";
            return client.GetPreSignedURL(request);
        }

        public void Dispose()
        {
            foreach (var (client, _) in _clients.Values) client.Dispose();
        }

        private static (AmazonS3Client, S3Location) Client(string url, string region, ImmutableCredentials keys)
        {
            var location = S3Location.Of(new S3Options { BucketUrl = new Uri(url) });
            AWSCredentials credentials = keys.UseToken ? new SessionAWSCredentials(keys.AccessKey, keys.SecretKey, keys.Token) : new BasicAWSCredentials(keys.AccessKey, keys.SecretKey);
            var config = new AmazonS3Config { ServiceURL = location.Service.AbsoluteUri, AuthenticationRegion = region, ForcePathStyle = location.Addressing == S3Addressing.Path };
            return (new AmazonS3Client(credentials, config), location);
        }
    }
}
