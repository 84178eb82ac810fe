using XmppHost.Testing;
using XmppHost.Testing.Services;

namespace XmppHost.Integration.Tests.Clients;

/// <summary>Virtual hosts of one process that keep their files in different places: real clients upload to a real store and download again.</summary>
public sealed class UploadStorageTests
{
    private readonly LoopbackCertificate _certificate = new("localhost");
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
        // By address: the gateway would take another host name than its own for a bucket's.
        _server = await ServerProcess.StartAsync(new ServerProcessOptions
        {
            Config = Config($"https://127.0.0.1:{_s3Front.Port}{bucket.AbsolutePath}", $"https://localhost:{_shareFront.Port}", share.Secret),
            AlsoTrusted = _certificate.Pem,
            Environment = new Dictionary<string, string> { ["S3_SECRET"] = RadosGateway.SecretAccessKey },
        });
    }

    [OneTimeTearDown]
    public async Task StopServices()
    {
        if (_server is not null) await _server.DisposeAsync();
        if (_shareFront is not null) await _shareFront.DisposeAsync();
        if (_s3Front is not null) await _s3Front.DisposeAsync();
        _certificate.Dispose();
    }

    [Test]
    public async Task File_goes_to_the_store_of_the_uploaders_host(
        [Values("slixmpp", "aioxmpp")] string client, [Values("s3.localhost", "v1.localhost", "v2.localhost")] string host)
    {
        var jid = await AccountAsync(host);
        var output = await ClientProcess.RunScriptAsync(_server, $"{client}_upload.py", jid);
        Assert.That(output, Does.Match($"url: https://[a-z0-9.]+:{FrontOf(host).Port}/"));
    }

    [Test]
    public async Task Go_sendxmpp_uploads_to_the_store_of_its_host([Values("s3.localhost", "v1.localhost", "v2.localhost")] string host)
    {
        var (from, to) = (await AccountAsync(host), await AccountAsync(host));
        using var folder = new TempFolder("picture");
        var content = new byte[200_000];
        Random.Shared.NextBytes(content);
        await File.WriteAllBytesAsync(folder["picture.png"], content);
        await using var listener = await GoSendXmpp.ListenAsync(_server, to);
        await GoSendXmpp.UploadAsync(_server, from, to, folder["picture.png"]);
        await listener.WaitForOutputAsync("picture.png", TimeSpan.FromSeconds(60));
        var address = listener.Output.Split(' ', '\n').Single(word => word.EndsWith("picture.png", StringComparison.Ordinal));
        Assert.That(new Uri(address).Port, Is.EqualTo(FrontOf(host).Port));
        await ClientProcess.RunAsync("curl", ["-sSf", "--cacert", _server.CertificateFile, "-o", folder["download"], address]);
        Assert.That(await File.ReadAllBytesAsync(folder["download"]), Is.EqualTo(content));
    }

    private TlsFront FrontOf(string host) => host == "s3.localhost" ? _s3Front : _shareFront;

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
              "Disco": {}, "ServerInfo": {}, "Roster": {}, "Messaging": {}, "StreamManagement": {}, "Accounts": {},
              "HttpUpload": { "maxFileSize": "2 MiB" }
            }
          },
          "hosts": {
            "s3.localhost": { "plugins": { "HttpUpload": { "backend": "s3", "s3": {
              "bucketUrl": "{{bucketUrl}}", "region": "{{RadosGateway.Region}}", "accessKeyId": "{{RadosGateway.AccessKeyId}}", "secretAccessKey": "${S3_SECRET}" } } } },
            "v1.localhost": { "plugins": { "HttpUpload": { "backend": "external", "external": {
              "baseUrl": "{{shareUrl}}/share.php/", "protocol": "v1", "secret": "{{secret}}" } } } },
            "v2.localhost": { "plugins": { "HttpUpload": { "backend": "external", "external": {
              "baseUrl": "{{shareUrl}}/share_v2.php/", "protocol": "v2", "secret": "{{secret}}" } } } }
          }
        }
        """;
}
