using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using XmppHost.Testing;
using XmppHost.Testing.Services;

namespace XmppHost.Integration.Tests.Uploads;

/// <summary>From the slot to the end of a file on the real server, in the embedded store and in a bucket of a real S3 store.</summary>
public sealed class UploadLifeTests
{
    private const string Embedded = "localhost", Bucket = "bucket.localhost";

    private static readonly byte[] Content = RandomNumberGenerator.GetBytes(50_000);

    private ServerProcess _server = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        var gateway = await RadosGateway.SharedAsync();
        await gateway.CreateBucketAsync("lives", publicRead: true);
        _server = await ServerProcess.StartAsync(new ServerProcessOptions { Config = Config(gateway.Endpoint) });
    }

    [OneTimeTearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [Test]
    public async Task Slots_that_were_answered_count_after_the_server_was_killed([Values(Embedded, Bucket)] string host)
    {
        await using var before = await UploadClient.LoginAsync(_server, host);
        for (var i = 0; i < 4; i++) await before.SlotAsync($"{i}.bin", 1000);
        await _server.KillAsync();
        await _server.RunAsync();
        await using var after = await before.LoginAgainAsync(_server, host);
        await after.SlotAsync("4.bin", 1000);
        var refusal = await after.RequestAsync("5.bin", 1000);
        Assert.That(refusal.ToString(), Does.Contain("You can have 5 files here").And.Contain("<resource-constraint "));
    }

    [Test]
    public async Task Ephemeral_file_is_not_there_when_its_time_has_come([Values(Embedded, Bucket)] string host)
    {
        await using var client = await UploadClient.LoginAsync(_server, host);
        var end = DateTimeOffset.UtcNow.AddSeconds(15);
        var (put, get) = await client.SlotAsync("story.jpg", Content.Length, "ephemeral", end.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        Assert.That((int)await UploadClient.PutAsync(put, Content), Is.EqualTo(host == Bucket ? 200 : 201));
        Assert.That(await UploadClient.StatusAsync(get), Is.EqualTo(HttpStatusCode.OK));

        // As a bucket has it: who may not list it is not told what is not there.
        await Task.Delay(end - DateTimeOffset.UtcNow);
        Assert.That(await UploadClient.StatusAsync(get), Is.AnyOf(HttpStatusCode.NotFound, HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task Account_that_is_deleted_takes_its_files_along([Values(Embedded, Bucket)] string host)
    {
        await using var client = await UploadClient.LoginAsync(_server, host);
        var (_, get) = await client.UploadAsync("photo.jpg", Content);
        Assert.That(await UploadClient.StatusAsync(get), Is.EqualTo(HttpStatusCode.OK));
        var (_, whose) = await _server.CommandAsync("upload", "whose", host, get.AbsoluteUri);
        Assert.That(whose, Does.Contain(client.Account));

        var (exitCode, output) = await _server.CommandAsync("user", "delete", client.Account);
        Assert.That(exitCode, Is.Zero, output);
        Assert.That(await UploadClient.StatusAsync(get), Is.AnyOf(HttpStatusCode.NotFound, HttpStatusCode.Forbidden));
        var (_, listed) = await _server.CommandAsync("upload", "list", host, "--json");
        Assert.That(listed, Does.Not.Contain(client.Account).And.Not.Contain("photo.jpg"));
    }

    [Test]
    public async Task Slot_that_nobody_used_counts_for_nothing_some_time_later()
    {
        await using var client = await UploadClient.LoginAsync(_server, Bucket);
        for (var i = 0; i < 5; i++) await client.SlotAsync($"{i}.bin", 1000);
        Assert.That((await client.RequestAsync("5.bin", 1000)).ToString(), Does.Contain("<resource-constraint "));
        var waited = Stopwatch.StartNew();
        while (waited.Elapsed < TimeSpan.FromMinutes(5) && (await client.RequestAsync("5.bin", 1000)).Element("slot", "urn:xmpp:http:upload:0") is null) await Task.Delay(3000);
        Assert.That(waited.Elapsed, Is.LessThan(TimeSpan.FromMinutes(5)));
    }

    private static string Config(Uri store) => $$"""
        {
          "defaults": {
            "plugins": {
              "Disco": {}, "ServerInfo": {}, "Roster": {}, "Messaging": {}, "StreamManagement": {}, "Accounts": {},
              "HttpUpload": { "filesPerUser": 5, "slotTtl": "30 s", "purposes": { "ephemeral": {} } }
            }
          },
          "hosts": {
            "{{Embedded}}": { "plugins": { "FileStore": { "minFreeSpace": "1 MiB" } } },
            "{{Bucket}}": { "plugins": { "HttpUpload": { "backend": "s3", "s3": {
              "bucketUrl": "{{store.AbsoluteUri}}lives", "region": "{{RadosGateway.Region}}", "accessKeyId": "{{RadosGateway.AccessKeyId}}", "secretAccessKey": "{{RadosGateway.SecretAccessKey}}" } } } }
          }
        }
        """;
}
