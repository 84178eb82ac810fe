using XmppHost.Disco;
using XmppHost.Stanzas;
using XmppHost.Storage;

namespace XmppHost.Plugins.Tests.HttpUpload.Policy;

public sealed class PurposeTests
{
    private static readonly string[] All =
    [
        "maxFileSize=1 MiB", "retention=30 days", "purposes:profile:maxFileSize=10 KiB", "purposes:ephemeral:retention=7 days", "purposes:permanent:prefix=keep/for-ever",
    ];

    [Test]
    public void Only_what_is_configured_is_announced()
    {
        using var plain = new UploadServer();
        using var all = new UploadServer(All);
        Assert.That(Announced(plain), Is.EqualTo(new[] { "message" }));
        Assert.That(Announced(all), Is.EqualTo(new[] { "message", "profile", "ephemeral", "permanent" }));
    }

    [TestCase("", "message", 30)]
    [TestCase("<message xmlns='urn:xmpp:http:upload:purpose:0'/>", "message", 30)]
    [TestCase("<profile xmlns='urn:xmpp:http:upload:purpose:0'/>", "profile", null)]
    [TestCase("<permanent xmlns='urn:xmpp:http:upload:purpose:0'/>", "permanent", null)]
    [TestCase("<ephemeral xmlns='urn:xmpp:http:upload:purpose:0' expire-before='2026-02-01T00:00:00Z'/>", "ephemeral", 7)]
    [TestCase("<profile xmlns='urn:example'/>", "message", 30)]
    public async Task Files_are_kept_as_long_as_their_purpose_says(string purpose, string name, int? days)
    {
        using var server = new UploadServer(All);
        Assert.That(await AskAsync(server, purpose), Does.StartWith("<slot "));
        var entry = await OnlyEntryAsync(server);
        Assert.That((entry.Purpose, entry.Expires), Is.EqualTo((name, days is { } some ? server.Time.GetUtcNow().AddDays(some) : (DateTimeOffset?)null)));
    }

    [Test]
    public async Task Purpose_may_stand_in_a_request_of_the_old_namespace()
    {
        using var server = new UploadServer(All);
        await server.AskAsync("<request xmlns='urn:xmpp:http:upload'><filename>a</filename><size>1</size><profile xmlns='urn:xmpp:http:upload:purpose:0'/></request>");
        Assert.That((await OnlyEntryAsync(server)).Purpose, Is.EqualTo("profile"));
    }

    [Test]
    public async Task Ephemeral_file_is_gone_when_its_uploader_says_and_its_slot_no_longer_good()
    {
        using var server = new UploadServer(All);
        var end = server.Time.GetUtcNow().AddSeconds(90);
        await AskAsync(server, $"<ephemeral xmlns='urn:xmpp:http:upload:purpose:0' expire-before='{XmppDateTime.Format(end)}'/>");
        var entry = await OnlyEntryAsync(server);
        Assert.That((entry.Expires, entry.SlotEnds), Is.EqualTo(((DateTimeOffset?)end, (DateTimeOffset?)end)));
    }

    [TestCase("profile", "profile/")]
    [TestCase("permanent", "keep/for-ever/")]
    [TestCase("message", "")]
    public async Task Purpose_has_its_own_place(string purpose, string prefix)
    {
        using var server = new UploadServer(hasStore: false, [.. All, "backend=s3", "s3:region=eu-west-1", "s3:accessKeyId=AKIA", "s3:secretAccessKey=secret", "s3:bucketUrl=https://s3.example.org/bucket"]);
        var slot = await AskAsync(server, $"<{purpose} xmlns='urn:xmpp:http:upload:purpose:0'/>");
        Assert.That(slot, Does.Match($"<put url='https://s3.example.org/bucket/{prefix}[0-9a-f]{{64}}/a.txt[?]").And.Match($"<get url='https://s3.example.org/bucket/{prefix}[0-9a-f]{{64}}/a.txt'/>"));
        Assert.That((await OnlyEntryAsync(server)).Key, Does.Match($"^{prefix}[0-9a-f]{{64}}/a.txt$"));
    }

    [TestCase("profile", 10240 + 16, true)]
    [TestCase("profile", 10240 + 17, false)]
    [TestCase("message", 10240 + 17, true)]
    [TestCase("permanent", (1 << 20) + 17, false)]
    public async Task Purpose_has_its_own_limit_within_the_general_one(string purpose, int size, bool fits)
    {
        using var server = new UploadServer(All);
        var answer = await AskAsync(server, $"<{purpose} xmlns='urn:xmpp:http:upload:purpose:0'/>", size);
        Assert.That(answer, fits ? Does.StartWith("<slot ") : Does.Contain("<file-too-large ").And.Contain($"<max-file-size>{(purpose == "profile" ? 10256 : 1048592)}</max-file-size>"));
    }

    [TestCase("<profile xmlns='urn:xmpp:http:upload:purpose:0'/>")]
    [TestCase("<ephemeral xmlns='urn:xmpp:http:upload:purpose:0'/>")]
    [TestCase("<story xmlns='urn:xmpp:http:upload:purpose:0'/>")]
    public async Task Purpose_that_is_not_announced_is_not_implemented(string purpose)
    {
        using var server = new UploadServer();
        Assert.That(
            await AskAsync(server, purpose),
            Is.EqualTo("<error type='cancel'><feature-not-implemented xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/><text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas' xml:lang='en'>This service does not take files for this purpose.</text></error>"));
        Assert.That(await server.Ledger.ListAsync(new UploadQuery("example.org"), default), Is.Empty);
    }

    [TestCase("<ephemeral xmlns='urn:xmpp:http:upload:purpose:0'/>")]
    [TestCase("<ephemeral xmlns='urn:xmpp:http:upload:purpose:0' expire-before=''/>")]
    [TestCase("<ephemeral xmlns='urn:xmpp:http:upload:purpose:0' expire-before='tomorrow'/>")]
    [TestCase("<ephemeral xmlns='urn:xmpp:http:upload:purpose:0' expire-before='2026-02-01'/>")]
    [TestCase("<ephemeral xmlns='urn:xmpp:http:upload:purpose:0' expire-before='2026-02-01T00:00:00'/>")]
    [TestCase("<ephemeral xmlns='urn:xmpp:http:upload:purpose:0' expire-before='2026-01-02T03:04:05Z'/>")]
    [TestCase("<ephemeral xmlns='urn:xmpp:http:upload:purpose:0' expire-before='2025-09-10T23:08:25Z'/>")]
    [TestCase("<profile xmlns='urn:xmpp:http:upload:purpose:0'/><permanent xmlns='urn:xmpp:http:upload:purpose:0'/>")]
    public async Task Time_that_is_none_or_over_and_two_purposes_are_a_bad_request(string purpose)
    {
        using var server = new UploadServer(All);
        Assert.That(await AskAsync(server, purpose), Does.StartWith("<error type='modify'><bad-request "));
    }

    [TestCase("purposes.profile.retention: is between a minute and 36500 days", "purposes:profile:retention=1 s")]
    [TestCase("purposes.profile.maxFileSize: is at least 1 byte, or unlimited", "purposes:profile:maxFileSize=0")]
    [TestCase("purposes.profile.filesPerUser: is 0, but must be from 1", "purposes:profile:filesPerUser=0")]
    [TestCase("purposes.profile.prefix: has letters", "purposes:profile:prefix=../x")]
    [TestCase("purposes.profile.prefix: has letters", "purposes:profile:prefix=a b")]
    [TestCase("purposes.story: unknown option", "purposes:story:retention=1 day")]
    [TestCase("expiredFiles: lifecycle rules are of the backend s3", "expiredFiles=lifecycle")]
    [TestCase("retention: is between a minute and 36500 days", "retention=10 s")]
    [TestCase("retention: is between a minute and 36500 days", "retention=10000000 days")]
    public void Wrong_option_is_told_with_its_path(string problem, params string[] options)
    {
        using var server = new UploadServer(options);
        Assert.That(server.Problems, Has.Some.StartWith($"hosts.example.org.plugins.HttpUpload.{problem}"));
    }

    [TestCase("v1", null, false)]
    [TestCase("token", null, false)]
    [TestCase("token", "another secret", true)]
    [TestCase("jwt", null, true)]
    public void Ephemeral_files_need_a_service_that_lets_them_go(string protocol, string? deleteSecret, bool good)
    {
        string[] options = ["backend=external", "external:baseUrl=https://files.example/", "external:secret=shared secret of some length", $"external:protocol={protocol}", "purposes:ephemeral:retention=1 day"];
        using var server = new UploadServer([.. options, .. deleteSecret is null ? Array.Empty<string>() : [$"external:deleteSecret={deleteSecret}"]]);
        Assert.That(server.Problems, good ? Is.Empty : Has.Some.StartWith("hosts.example.org.plugins.HttpUpload.purposes.ephemeral: cannot be kept to with this service"));
    }

    [TestCase("purposes: two of them have the same prefix", "purposes:profile:prefix=x", "purposes:permanent:prefix=x/")]
    [TestCase("purposes.message.prefix: is required with expiredFiles lifecycle", "purposes:profile:retention=1 day", "expiredFiles=lifecycle")]
    public void Prefixes_must_keep_purposes_apart(string problem, params string[] options)
    {
        string[] s3 = ["backend=s3", "s3:region=eu-west-1", "s3:accessKeyId=AKIA", "s3:secretAccessKey=secret", "s3:bucketUrl=https://s3.example.org/bucket"];
        using var server = new UploadServer([.. s3, .. options]);
        Assert.That(server.Problems, Has.Some.StartWith($"hosts.example.org.plugins.HttpUpload.{problem}"));
        using var apart = new UploadServer([.. s3, .. options.Where(o => !o.StartsWith("purposes:profile:prefix", StringComparison.Ordinal)), "purposes:message:prefix=message", "purposes:profile:prefix=p"]);
        Assert.That(apart.Problems, Is.Empty);
    }

    private static Task<string> AskAsync(UploadServer server, string purpose, int size = 1) =>
        server.AskAsync($"<request xmlns='urn:xmpp:http:upload:0' filename='a.txt' size='{size}'>{purpose}</request>");

    private static async Task<UploadEntry> OnlyEntryAsync(UploadServer server) => (await server.Ledger.ListAsync(new UploadQuery("example.org"), default)).Single();

    private static IEnumerable<string> Announced(UploadServer server) =>
        server.All<DiscoFeature>().Select(f => f.Var.Split('#')).Where(f => f[0] == "urn:xmpp:http:upload:purpose:0").Select(f => f[1]);
}
