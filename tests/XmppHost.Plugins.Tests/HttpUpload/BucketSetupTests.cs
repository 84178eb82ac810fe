using System.Text.Json.Nodes;
using Amazon.S3.Model;
using XmppHost.Administration;
using XmppHost.Plugins.HttpUpload;
using XmppHost.Plugins.HttpUpload.Check;
using XmppHost.Plugins.HttpUpload.Check.Setup;
using XmppHost.Testing.Services;

namespace XmppHost.Plugins.Tests.HttpUpload;

/// <summary>What <c>upload setup</c> makes of a bucket of a real store.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class BucketSetupTests
{
    private const string Origin = "https://chat.example.org";

    private RadosGateway _gateway = null!;

    [OneTimeSetUp]
    public async Task StartGateway() => _gateway = await RadosGateway.SharedAsync();

    [Test]
    public async Task Bucket_without_anything_passes_the_check_when_it_was_set_up()
    {
        var options = Options(await _gateway.CreateBucketAsync()) with { Prefix = "uploads" };
        Assert.That((await CheckRun.OfS3Async(options)).Failed, Is.EqualTo(new[] { "download" }));
        Assert.That((await ApplyAsync(options)).Select(s => s.Result), Is.All.EqualTo(CheckResult.Ok));
        var run = await CheckRun.OfS3Async(options);
        Assert.That(run.Failed.Concat(run.Warned), Is.EqualTo(new[] { "https" }), run.ToString());
    }

    [Test]
    public async Task What_others_have_set_stays()
    {
        var bucket = await _gateway.CreateBucketAsync(publicRead: true, corsOrigin: "https://other.example");
        var (options, name) = (Options(bucket) with { Prefix = "uploads" }, bucket.AbsolutePath[1..]);
        await _gateway.Client.PutLifecycleConfigurationAsync(name, new LifecycleConfiguration { Rules = [Rule("backups", "backups/", 30)] });
        await ApplyAsync(options, ("message/", TimeSpan.FromDays(14)));
        var steps = await ApplyAsync(options, ("message/", TimeSpan.FromDays(14)));
        var policy = JsonNode.Parse((await _gateway.Client.GetBucketPolicyAsync(new GetBucketPolicyRequest { BucketName = name })).Policy)!;
        Assert.That(policy["Statement"]!.AsArray().Select(s => s!["Resource"]!.ToString()), Is.EquivalentTo(new[] { $"arn:aws:s3:::{name}/*", $"arn:aws:s3:::{name}/uploads/*" }));
        var cors = (await _gateway.Client.GetCORSConfigurationAsync(new GetCORSConfigurationRequest { BucketName = name })).Configuration.Rules;
        Assert.That(cors.SelectMany(r => r.AllowedOrigins), Is.EquivalentTo(new[] { "https://other.example", Origin }));
        Assert.That(await LifecycleAsync(name), Is.EquivalentTo(new[] { ("backups/", 30), ("uploads/message/", 14) }));
        Assert.That(steps.Select(s => s.Text), Has.Some.Contain("already").And.Some.EndsWith("1 other rule was kept"));
    }

    [Test]
    public async Task Every_retention_becomes_a_rule_of_whole_days()
    {
        var bucket = await _gateway.CreateBucketAsync();
        await ApplyAsync(Options(bucket), ("message/", TimeSpan.FromDays(14)), ("profile/", TimeSpan.FromDays(365)), ("short/", TimeSpan.FromHours(30)), ("hours/", TimeSpan.FromHours(1)));
        Assert.That(await LifecycleAsync(bucket.AbsolutePath[1..]), Is.EquivalentTo(new[] { ("message/", 14), ("profile/", 365), ("short/", 2), ("hours/", 1) }));
        await ApplyAsync(Options(bucket), ("message/", TimeSpan.FromDays(7)));
        Assert.That(await LifecycleAsync(bucket.AbsolutePath[1..]), Is.EqualTo(new[] { ("message/", 7) }), "rules of ours that config no longer has are gone");
        await ApplyAsync(Options(bucket));
        Assert.That(await LifecycleAsync(bucket.AbsolutePath[1..]), Is.Empty);
    }

    [Test]
    public async Task Bucket_becomes_private_again_when_downloads_are_redirected()
    {
        var options = Options(await _gateway.CreateBucketAsync());
        await ApplyAsync(options);
        var closed = options with { GetMode = S3GetMode.Redirect };
        Assert.That((await CheckRun.OfS3Async(closed)).Warned, Does.Contain("private"));
        await ApplyAsync(closed);
        Assert.That((await CheckRun.OfS3Async(closed)).Warned, Does.Not.Contain("private"));
    }

    [Test]
    public async Task Refusal_of_the_store_is_explained()
    {
        var options = Options(await _gateway.CreateBucketAsync()) with { SecretAccessKey = new Secret("mistyped") };
        Assert.That((await ApplyAsync(options)).Select(s => s.ToString()), Is.All.StartsWith("FAILED").And.All.Contain("secretAccessKey is wrong"));
    }

    [Test]
    public async Task Setting_that_a_store_does_not_know_does_not_stop_the_others()
    {
        var swift = await SwiftServer.SharedAsync();
        var options = Options(await swift.CreateBucketAsync()) with { Region = SwiftServer.Region, AccessKeyId = new Secret(SwiftServer.AccessKeyId), SecretAccessKey = new Secret(SwiftServer.SecretAccessKey) };
        var steps = await ApplyAsync(options);
        Assert.That(steps, Has.Count.EqualTo(3));
        Assert.That(steps[0].Text, Does.Contain("set it up in the store's own console"), string.Join('\n', steps));
        Assert.That((await ApplyAsync(options with { GetMode = S3GetMode.Redirect }))[0].Result, Is.EqualTo(CheckResult.Ok), "what is not needed is not missed");
    }

    [Test]
    public async Task What_is_printed_is_what_the_store_takes()
    {
        var bucket = await _gateway.CreateBucketAsync();
        var reply = await RunAsync(Options(bucket));
        Assert.That(reply.Error, Is.Null);
        TestContext.Out.WriteLine(string.Join('\n', reply.Lines));
        Assert.That(reply.Lines, Has.Some.EqualTo($"# policy.json, for: aws s3api put-bucket-policy --policy file://policy.json --bucket {bucket.AbsolutePath[1..]}"));
        Assert.That(reply.Lines, Has.Some.EqualTo("# lifecycle: None: this server deletes expired files itself."));
        await _gateway.Client.PutBucketPolicyAsync(bucket.AbsolutePath[1..], reply.Json!["policy"]!.ToJsonString());
        Assert.That((await CheckRun.OfS3Async(Options(bucket))).Failed, Is.Empty);
    }

    [Test]
    public async Task Command_applies_and_says_what_it_did()
    {
        var bucket = await _gateway.CreateBucketAsync();
        var reply = await RunAsync(Options(bucket), "apply");
        Assert.That(reply.Error, Is.Null, string.Join('\n', reply.Lines));
        Assert.That(reply.Json!["applied"]!.ToJsonString(), Is.EqualTo("""["policy","cors","lifecycle"]"""));
        Assert.That((await CheckRun.OfS3Async(Options(bucket))).Failed, Is.Empty);
        var refused = await RunAsync(Options(bucket) with { AccessKeyId = new Secret("NOSUCHKEY00000000001") }, "apply");
        Assert.That(refused.Error, Is.EqualTo("not set: policy, cors, lifecycle"));
    }

    private static async Task<AdminReply> RunAsync(S3Options options, params string[] flags)
    {
        using var side = new S3Side(options);
        var command = new SetupCommand(new HttpUploadOptions { Backend = UploadBackendKind.S3, S3 = options }, side.Host, TimeProvider.System, () => side.Access);
        return await command.RunAsync(new AdminArguments(flags.ToDictionary(f => f, IReadOnlyList<string> (_) => ["true"])), default);
    }

    private static async Task<IReadOnlyList<CheckStep>> ApplyAsync(S3Options options, params IReadOnlyList<(string, TimeSpan)> expiring)
    {
        using var side = new S3Side(options);
        var plan = new BucketPlan(options, side.Access.Location, "example.org", expiring);
        var steps = await new BucketSetup(side.Access, plan, new S3Explanation(side.Access, "example.org", TimeProvider.System)).ApplyAsync(default);
        TestContext.Out.WriteLine(string.Join('\n', steps));
        return steps;
    }

    private async Task<IEnumerable<(string, int)>> LifecycleAsync(string bucket)
    {
        try
        {
            var rules = (await _gateway.Client.GetLifecycleConfigurationAsync(new GetLifecycleConfigurationRequest { BucketName = bucket })).Configuration.Rules;
            return (rules ?? []).Select(r => (((LifecyclePrefixPredicate)r.Filter.LifecycleFilterPredicate).Prefix, r.Expiration.Days!.Value));
        }
        catch (Amazon.S3.AmazonS3Exception e) when (e.StatusCode == System.Net.HttpStatusCode.NotFound)
        {
            return [];
        }
    }

    private static LifecycleRule Rule(string id, string prefix, int days) => new()
    {
        Id = id,
        Status = Amazon.S3.LifecycleRuleStatus.Enabled,
        Filter = new LifecycleFilter { LifecycleFilterPredicate = new LifecyclePrefixPredicate { Prefix = prefix } },
        Expiration = new LifecycleRuleExpiration { Days = days },
    };

    private static S3Options Options(Uri bucket) => new()
    {
        BucketUrl = bucket,
        Region = RadosGateway.Region,
        AccessKeyId = new Secret(RadosGateway.AccessKeyId),
        SecretAccessKey = new Secret(RadosGateway.SecretAccessKey),
        CorsOrigins = [Origin],
    };
}
