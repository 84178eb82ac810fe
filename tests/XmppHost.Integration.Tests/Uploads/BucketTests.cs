using System.Net;
using System.Security.Cryptography;
using XmppHost.Testing;
using XmppHost.Testing.Services;

namespace XmppHost.Integration.Tests.Uploads;

/// <summary>The server with buckets of a real S3 store, as an operator sets them up: one that anybody may read, one that is private, and one whose keys the SDK finds.</summary>
public sealed class BucketTests
{
    private const string Open = "open.localhost", Closed = "localhost", Found = "found.localhost";

    private static readonly byte[] Content = RandomNumberGenerator.GetBytes(200_000);

    // Not the server's own name: of two certificates of one name a client would try the wrong one.
    private readonly LoopbackCertificate _certificate = new("store.localhost");
    private readonly TempFolder _folder = new("xh-bucket");
    private RadosGateway _gateway = null!;
    private TlsFront _front = null!;

    [OneTimeSetUp]
    public async Task StartStore()
    {
        _gateway = await RadosGateway.SharedAsync();
        _front = new TlsFront(_certificate.Certificate, _gateway.Endpoint.Port);
        await File.WriteAllTextAsync(_folder["store.pem"], _certificate.Pem);
        await File.WriteAllTextAsync(_folder["secret"], RadosGateway.SecretAccessKey + "\n");
    }

    [OneTimeTearDown]
    public async Task StopStore()
    {
        await _front.DisposeAsync();
        _certificate.Dispose();
        _folder.Dispose();
    }

    [Test]
    public async Task Bucket_is_set_up_and_checked_from_the_command_line_and_takes_files([Values] bool running)
    {
        await using var server = await StartAsync();
        if (!running) await server.TerminateAsync();
        var (before, told) = await server.CommandAsync("upload", "check", Open);
        Assert.That(before, Is.EqualTo(1), told);
        Assert.That(told, Does.Contain("the bucket has no policy that lets anyone download").And.Contain("xmpphost: failed: download"));
        var (printed, plan) = await server.CommandAsync("upload", "setup", Open);
        Assert.That(printed, Is.Zero, plan);
        Assert.That(plan, Does.Contain("\"Sid\": \"XmppHostopenlocalhostDownload\"").And.Contain("\"AllowedMethods\": ["));
        Assert.That(plan, Does.Contain("\"Prefix\": \"profile/\"").And.Contain("\"Days\": 365").And.Contain("\"Days\": 14"));
        var (applied, done) = await server.CommandAsync("upload", "setup", Open, "--apply");
        Assert.That(applied, Is.Zero, done);
        var (after, passed) = await server.CommandAsync("upload", "check", Open);
        Assert.That(after, Is.Zero, passed);
        Assert.That(passed, Does.Not.Contain("WARNING"));

        if (!running) await server.RunAsync();
        await using var client = await UploadClient.LoginAsync(server, Open);
        var (status, get) = await client.UploadAsync("très cool.bin", Content);
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await UploadClient.GetAsync(get)).Content, Is.EqualTo(Content));
    }

    [Test]
    public async Task Private_bucket_is_read_through_the_servers_own_url()
    {
        await using var server = await StartAsync();
        await using var client = await UploadClient.LoginAsync(server, Closed);
        var (put, get) = await client.SlotAsync("très cool.bin", Content.Length);
        Assert.That(await UploadClient.PutAsync(put, Content), Is.EqualTo(HttpStatusCode.OK));
        Assert.That(get.Port, Is.EqualTo(server.HttpsPort));
        Assert.That((await UploadClient.GetAsync(get)).Content, Is.EqualTo(Content));
        var bucketUrl = put.Attribute("url")!.Split('?')[0];
        Assert.That(await UploadClient.StatusAsync(new Uri(bucketUrl)), Is.EqualTo(HttpStatusCode.Forbidden), "nobody else gets in");
        Assert.That(await UploadClient.StatusAsync(new Uri(get, "other.bin")), Is.EqualTo(HttpStatusCode.NotFound), "only what somebody uploaded is signed");

        var (_, whose) = await server.CommandAsync("upload", "whose", Closed, get.AbsoluteUri);
        Assert.That(whose, Does.Contain("uploader-"));
        var (deleted, told) = await server.CommandAsync("upload", "delete", Closed, get.AbsoluteUri);
        Assert.That(deleted, Is.Zero, told);
        Assert.That(await UploadClient.StatusAsync(get), Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await ObjectsAsync("closed"), Is.Empty, "it is gone from the bucket");
    }

    [Test]
    public async Task Real_client_uploads_to_a_private_bucket_and_downloads_again([Values("slixmpp", "aioxmpp")] string client)
    {
        await using var server = await StartAsync();
        var jid = $"uploader-{Guid.NewGuid().ToString("N")[..6]}@{Closed}";
        await server.AddAccountAsync(jid, Password.Of(jid));
        var output = await ClientProcess.RunScriptAsync(server, $"{client}_upload.py", jid);
        Assert.That(output, Does.Match($"url: https://{Closed}:{server.HttpsPort}/download/"));
    }

    [Test]
    public async Task Keys_of_the_environment_are_found_by_the_sdk()
    {
        await using var server = await StartAsync();
        var (exitCode, output) = await server.CommandAsync("upload", "check", Found);
        Assert.That(exitCode, Is.Zero, output);
    }

    [Test]
    public async Task Keys_that_change_in_their_files_are_used_without_a_restart()
    {
        await using var server = await StartAsync();
        await File.WriteAllTextAsync(_folder["secret"], "mistyped\n");
        try
        {
            // A slot in between: a change counts when it has been seen twice.
            Assert.That(async () => (await server.CommandAsync("upload", "check", Closed)).Output, Does.Contain("secretAccessKey is wrong").After(60_000, 2500));
        }
        finally
        {
            await File.WriteAllTextAsync(_folder["secret"], RadosGateway.SecretAccessKey + "\n");
        }

        Assert.That(async () => (await server.CommandAsync("upload", "check", Closed)).Output, Does.Contain("the file is gone").After(60_000, 2500));
    }

    [Test]
    public async Task Server_does_not_start_with_a_store_that_fails_where_config_says_so()
    {
        await using var server = await StartAsync();
        await server.TerminateAsync();
        var (exitCode, output) = await server.CommandAsync("run", "--set", $"hosts:{Found}:plugins:HttpUpload:startupCheck=refuse", "--set", $"hosts:{Found}:plugins:HttpUpload:s3:bucketUrl=https://127.0.0.1:{_front.Port}/no-such-bucket");
        Assert.That(exitCode, Is.EqualTo(1), output);
        Assert.That(output, Does.Contain($"the upload store of {Found} fails its check: put: there is no bucket no-such-bucket at 127.0.0.1"));
    }

    private async Task<ServerProcess> StartAsync()
    {
        // Names of this fixture's own, made anew for every test.
        foreach (var name in new[] { "open", "closed", "found" })
        {
            foreach (var key in await ObjectsAsync(name)) await _gateway.Client.DeleteObjectAsync(name, key);
            await DeleteAsync(name);
            await _gateway.CreateBucketAsync(name, publicRead: name == "found", corsOrigin: name == "open" ? null : "https://chat.example.org");
        }

        return await ServerProcess.StartAsync(new ServerProcessOptions
        {
            Config = Config($"https://127.0.0.1:{_front.Port}", _folder["secret"]),
            AlsoTrusted = _certificate.Pem,
            Environment = new Dictionary<string, string>
            {
                ["SSL_CERT_FILE"] = _folder["store.pem"],
                ["AWS_ACCESS_KEY_ID"] = RadosGateway.AccessKeyId,
                ["AWS_SECRET_ACCESS_KEY"] = RadosGateway.SecretAccessKey,
            },
        });
    }

    private async Task DeleteAsync(string bucket)
    {
        try
        {
            await _gateway.Client.DeleteBucketAsync(bucket);
        }
        catch (Amazon.S3.AmazonS3Exception e) when (e.ErrorCode == "NoSuchBucket")
        {
            // The first test.
        }
    }

    private async Task<IReadOnlyList<string>> ObjectsAsync(string bucket)
    {
        try
        {
            var objects = await _gateway.Client.ListObjectsV2Async(new() { BucketName = bucket });
            return [.. (objects.S3Objects ?? []).Select(o => o.Key)];
        }
        catch (Amazon.S3.AmazonS3Exception e) when (e.ErrorCode == "NoSuchBucket")
        {
            return [];
        }
    }

    private static string Config(string store, string secretFile) => $$"""
        {
          "defaults": { "plugins": { "Disco": {}, "ServerInfo": {}, "Roster": {}, "Messaging": {}, "StreamManagement": {}, "HttpUpload": { "backend": "s3", "maxFileSize": "2 MiB" } } },
          "hosts": {
            "{{Open}}": { "plugins": { "HttpUpload": { "retention": "14 days", "expiredFiles": "lifecycle",
              "purposes": { "message": { "prefix": "message" }, "profile": { "retention": "365 days" } },
              "s3": { "bucketUrl": "{{store}}/open", "region": "{{RadosGateway.Region}}", "accessKeyId": "{{RadosGateway.AccessKeyId}}", "secretAccessKey": "${AWS_SECRET_ACCESS_KEY}" } } } },
            "{{Closed}}": { "plugins": { "HttpUpload": { "s3": {
              "bucketUrl": "{{store}}/closed", "region": "{{RadosGateway.Region}}", "getMode": "redirect", "corsOrigins": ["https://chat.example.org"],
              "accessKeyId": "{{RadosGateway.AccessKeyId}}", "secretAccessKeyFile": "{{secretFile}}" } } } },
            "{{Found}}": { "plugins": { "HttpUpload": { "s3": {
              "bucketUrl": "{{store}}/found", "region": "{{RadosGateway.Region}}", "corsOrigins": ["https://chat.example.org"], "credentials": "chain" } } } }
          }
        }
        """;
}
