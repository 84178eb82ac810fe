using System.Net;
using System.Security.Cryptography;
using System.Text;
using XmppHost.Testing;
using XmppHost.Testing.Services;

namespace XmppHost.Integration.Tests.Uploads;

/// <summary>The server with FileStore and the real clamd: on two hosts, of which one holds files while the scanner is down and the other serves them.</summary>
public sealed class VirusScannerTests
{
    private const string Holding = "hold.localhost", Serving = "serve.localhost";

    private static readonly byte[] Clean = RandomNumberGenerator.GetBytes(300_000);
    private static readonly byte[] Infected = [.. RandomNumberGenerator.GetBytes(200_000), .. Encoding.ASCII.GetBytes(ClamDaemon.Pattern), .. new byte[100]];

    private readonly TempFolder _folder = new("xh-scan");
    private ServerProcess _server = null!;
    private string _address = null!;

    [SetUp]
    public async Task Start()
    {
        _address = _folder[$"{Guid.NewGuid().ToString("N")[..6]}.sock"];
        _server = await ServerProcess.StartAsync(new ServerProcessOptions
        {
            Config = $$"""
                {
                  "defaults": { "plugins": {
                    "Disco": {}, "HttpUpload": { "backend": "fileStore" }, "FileStore": { "holdRetry": "1 s" },
                    "ClamAv": { "address": "unix:{{_address}}", "maxSize": "1 MiB", "whenTooLarge": "quarantine", "timeout": "5 s" }
                  } },
                  "hosts": { "{{Holding}}": {}, "{{Serving}}": { "plugins": { "ClamAv": { "whenUnavailable": "serve" } } } }
                }
                """,
        });
    }

    [TearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [OneTimeTearDown]
    public void Clear() => _folder.Dispose();

    [Test]
    public async Task Infected_upload_is_refused_and_never_served_and_a_clean_one_is()
    {
        await ScannerIsUpAsync();
        await using var client = await UploadClient.LoginAsync(_server, Holding);
        var (clean, cleanUrl) = await client.UploadAsync("clean.bin", Clean);
        var (put, infectedUrl) = await client.SlotAsync("infected.bin", Infected.Length);

        Assert.That(clean, Is.EqualTo(HttpStatusCode.Created));
        Assert.That((await UploadClient.GetAsync(cleanUrl)).Content, Is.EqualTo(Clean));
        Assert.That(await UploadClient.PutAsync(put, Infected), Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await UploadClient.StatusAsync(infectedUrl), Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await UploadClient.PutAsync(put, Infected), Is.Not.EqualTo(HttpStatusCode.Created), "it does not get in by trying again");
        Assert.That((await client.UploadAsync("large.bin", new byte[(1 << 20) + 1])).Status, Is.EqualTo(HttpStatusCode.Forbidden), "too large to be scanned, and config is strict");
        Assert.That(_server.Log, Does.Match($@"WARN .*{Holding}\] found {ClamDaemon.Signature} in \S+/infected.bin of uploader-\w+@{Holding}"));

        await _server.TerminateAsync();
        await _server.RunAsync();
        Assert.That(await UploadClient.StatusAsync(infectedUrl), Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await UploadClient.StatusAsync(cleanUrl), Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task While_the_scanner_is_down_files_are_held_until_it_has_seen_them()
    {
        await using var client = await UploadClient.LoginAsync(_server, Holding);
        var (clean, cleanUrl) = await client.UploadAsync("clean.bin", Clean);
        var (infected, infectedUrl) = await client.UploadAsync("infected.bin", Infected);

        Assert.That(new[] { clean, infected }, Is.All.EqualTo(HttpStatusCode.Created));
        Assert.That(await UploadClient.StatusAsync(cleanUrl), Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(await UploadClient.StatusAsync(infectedUrl), Is.EqualTo(HttpStatusCode.ServiceUnavailable));

        await _server.KillAsync();
        await _server.RunAsync();
        Assert.That(await UploadClient.StatusAsync(infectedUrl), Is.EqualTo(HttpStatusCode.ServiceUnavailable), "a restart lets nothing out");

        await ScannerIsUpAsync();
        Assert.That(await UploadClient.StatusOtherThanAsync(cleanUrl, HttpStatusCode.ServiceUnavailable), Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await UploadClient.GetAsync(cleanUrl)).Content, Is.EqualTo(Clean));
        Assert.That(await UploadClient.StatusOtherThanAsync(infectedUrl, HttpStatusCode.ServiceUnavailable), Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task While_the_scanner_is_down_files_are_served_where_config_says_so()
    {
        await using var client = await UploadClient.LoginAsync(_server, Serving);
        var (status, url) = await client.UploadAsync("infected.bin", Infected);

        Assert.That(status, Is.EqualTo(HttpStatusCode.Created));
        Assert.That((await UploadClient.GetAsync(url)).Content, Is.EqualTo(Infected));
        Assert.That(_server.Log, Does.Contain("is served without having been scanned"));

        await ScannerIsUpAsync();
        Assert.That((await client.UploadAsync("infected.bin", Infected)).Status, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task A_scanner_that_hangs_holds_nobody_up_for_longer_than_the_timeout()
    {
        await using var clamd = await ClamDaemon.StartAsync();
        File.CreateSymbolicLink(_address, clamd.Socket);
        await clamd.PauseAsync();
        await using var client = await UploadClient.LoginAsync(_server, Holding);
        var (status, url) = await client.UploadAsync("clean.bin", Clean);
        Assert.That(status, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(await UploadClient.StatusAsync(url), Is.EqualTo(HttpStatusCode.ServiceUnavailable));

        await clamd.ContinueAsync();

        Assert.That(await UploadClient.StatusOtherThanAsync(url, HttpStatusCode.ServiceUnavailable), Is.EqualTo(HttpStatusCode.OK));
    }

    private async Task ScannerIsUpAsync() => File.CreateSymbolicLink(_address, (await ClamDaemon.SharedAsync()).Socket);
}
