using System.Net;
using System.Security;
using System.Security.Cryptography;
using XmppHost.Integration.Tests.Uploads;
using XmppHost.Testing;
using XmppHost.Testing.Services;

namespace XmppHost.Integration.Tests.Clients;

/// <summary>Virtual hosts of one process that keep their files in different places: real clients upload to a real store and download again.</summary>
public sealed class UploadStorageTests
{
    private const string S3 = "s3.localhost", V1 = "v1.localhost", V2 = "v2.localhost", Own = "localhost";

    // Of another subject than the server's own for localhost: OpenSSL finds what is trusted by subject.
    private readonly LoopbackCertificate _certificate = new("stores.test", "localhost");
    private readonly TempFolder _folder = new("storage");
    private TlsFront _s3Front = null!;
    private TlsFront _shareFront = null!;
    private ServerProcess _server = null!;

    [OneTimeSetUp]
    public async Task StartServices()
    {
        var gateway = await RadosGateway.SharedAsync();
        var share = await ShareScript.SharedAsync();
        var bucket = await gateway.CreateBucketAsync(publicRead: true);
        _s3Front = new TlsFront(_certificate.Certificate, gateway.Endpoint.Port);
        _shareFront = new TlsFront(_certificate.Certificate, share.V1.Port);
        await File.WriteAllTextAsync(_folder["front.pem"], _certificate.Pem);
        // By address: the gateway would take another host name than its own for a bucket's.
        _server = await ServerProcess.StartAsync(new ServerProcessOptions
        {
            Config = Config($"https://127.0.0.1:{_s3Front.Port}{bucket.AbsolutePath}", $"https://localhost:{_shareFront.Port}", share.Secret),
            AlsoTrusted = _certificate.Pem,
            // It looks into the bucket itself, where it deletes.
            Environment = new Dictionary<string, string> { ["S3_SECRET"] = RadosGateway.SecretAccessKey, ["SSL_CERT_FILE"] = _folder["front.pem"] },
        });
    }

    [OneTimeTearDown]
    public async Task StopServices()
    {
        if (_server is not null) await _server.DisposeAsync();
        if (_shareFront is not null) await _shareFront.DisposeAsync();
        if (_s3Front is not null) await _s3Front.DisposeAsync();
        _certificate.Dispose();
        _folder.Dispose();
    }

    [Test]
    public async Task File_goes_to_the_store_of_the_uploaders_host(
        [Values("slixmpp", "aioxmpp")] string client, [Values(S3, V1, V2, Own)] string host)
    {
        var jid = await AccountAsync(host);
        var output = await ClientProcess.RunScriptAsync(_server, $"{client}_upload.py", jid);
        Assert.That(output, Does.Match($"url: https://[a-z0-9.]+:{PortOf(host)}/"));
    }

    [Test]
    public async Task Uploads_are_listed_and_deleted_by_their_uploader_wherever_they_lie([Values("slixmpp", "aioxmpp")] string client, [Values(S3, Own)] string host) =>
        await ClientProcess.RunScriptAsync(_server, $"{client}_commands.py", await AccountAsync(host));

    [Test]
    public async Task Uploads_in_a_bucket_are_found_and_deleted_on_the_command_line()
    {
        var jid = await AccountAsync(S3);
        await ClientProcess.RunScriptAsync(_server, "slixmpp_upload.py", jid);
        var (_, list) = await _server.CommandAsync("upload", "list", S3, "--user", jid, "--json");
        var url = System.Text.Json.Nodes.JsonNode.Parse(list)!["files"]!.AsArray().Single()!["url"]!.GetValue<string>();

        Assert.That((await _server.CommandAsync("upload", "whose", S3, url)).Output, Does.Contain($"uploader    {jid}\n"));
        var (exitCode, output) = await _server.CommandAsync("upload", "delete", S3, url);

        Assert.That((exitCode, output), Is.EqualTo((0, "Deleted 1 file, 292.9 KiB.\n")));
        Assert.That((await UploadClient.GetAsync(new Uri(url))).Status, Is.AnyOf(HttpStatusCode.NotFound, HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task Go_sendxmpp_uploads_to_the_store_of_its_host([Values(S3, V1, V2, Own)] string host)
    {
        var (from, to) = (await AccountAsync(host), await AccountAsync(host));
        var address = await GoSendXmpp.UploadAndFetchAsync(_server, from, to);
        Assert.That(address.Port, Is.EqualTo(PortOf(host)));
    }

    // Sanitised where the backend's default says so, else percent-encoded; whatever the store makes of it, the address works.
    [Test]
    public async Task File_of_any_name_can_be_fetched_from_the_address_of_its_slot(
        [Values(S3, V1, V2, Own)] string host,
        [Values("très cool.txt", "a+b c.txt", "100%.txt", "50%20off.txt", "#1?.txt", "\"it's\" <new> & old.txt", "日本語🎉.txt", "semi;colon,comma=and@at:.txt", ".hidden", "no extension", "~[x]{y}|^`$!*().txt")] string name)
    {
        var content = RandomNumberGenerator.GetBytes(3_000);
        await using var client = await UploadClient.LoginAsync(_server, host);
        var (status, address) = await client.UploadAsync(SecurityElement.Escape(name), content);
        Assert.That((int)status, Is.EqualTo(host == S3 ? 200 : 201));
        var (found, bytes) = await UploadClient.GetAsync(address);
        Assert.That((found, bytes), Is.EqualTo((HttpStatusCode.OK, content)));
        Assert.That(address.AbsolutePath.All(char.IsAscii));
        if (host != V1) Assert.That(Uri.UnescapeDataString(address.AbsolutePath.Split('/')[^1]), Is.EqualTo(name));
    }

    private int PortOf(string host) => host switch { S3 => _s3Front.Port, Own => _server.HttpsPort, _ => _shareFront.Port };

    private async Task<string> AccountAsync(string host)
    {
        var jid = $"uploader-{Guid.NewGuid().ToString("N")[..6]}@{host}";
        await _server.AddAccountAsync(jid, Password.Of(jid));
        return jid;
    }

    private static string Config(string bucketUrl, string shareUrl, string secret) => $$"""
        {
          "defaults": {
            "plugins": {
              "Disco": {}, "Commands": {}, "ServerInfo": {}, "Roster": {}, "Messaging": {}, "StreamManagement": {}, "Accounts": {},
              "HttpUpload": { "maxFileSize": "2 MiB" }
            }
          },
          "hosts": {
            "s3.localhost": { "plugins": { "HttpUpload": { "backend": "s3", "s3": {
              "bucketUrl": "{{bucketUrl}}", "region": "{{RadosGateway.Region}}", "accessKeyId": "{{RadosGateway.AccessKeyId}}", "secretAccessKey": "${S3_SECRET}" } } } },
            "v1.localhost": { "plugins": { "HttpUpload": { "backend": "external", "external": {
              "baseUrl": "{{shareUrl}}/share.php/", "protocol": "v1", "secret": "{{secret}}" } } } },
            "v2.localhost": { "plugins": { "HttpUpload": { "backend": "external", "external": {
              "baseUrl": "{{shareUrl}}/share_v2.php/", "protocol": "v2", "keepUnicodeNames": true, "secret": "{{secret}}" } } } },
            "localhost": { "plugins": { "HttpUpload": { "backend": "fileStore" }, "FileStore": {} } }
          }
        }
        """;
}
