using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using XmppHost.Testing;

namespace XmppHost.Integration.Tests.Uploads;

/// <summary>Many uploads at once, slow ones among them, and large ones, on the real server.</summary>
public sealed class UploadCrowdTests
{
    private ServerProcess _server = null!;

    [OneTimeSetUp]
    public async Task Start() => _server = await ServerProcess.StartAsync(new ServerProcessOptions { Config = SignedUpload.Config });

    [OneTimeTearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [Test]
    public async Task Two_hundred_uploads_at_once_are_all_stored_while_fifty_others_stall()
    {
        var stalled = new List<TcpClient>();
        for (var i = 0; i < 50; i++) stalled.Add(await StallAsync());
        try
        {
            var uploads = Enumerable.Range(0, 200).Select(_ => SignedUpload.OfAnotherServer(_server.HttpPort, 300_000)).ToArray();
            var statuses = await Task.WhenAll(uploads.Select(u => u.PutAsync()));
            Assert.That(statuses, Has.All.EqualTo(HttpStatusCode.Created));
            foreach (var upload in uploads)
            {
                var (status, content) = await UploadClient.GetAsync(upload.Get);
                Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
                Assert.That(content.AsSpan().SequenceEqual(upload.Content), Is.True);
            }

            foreach (var connection in stalled) Assert.That(await StatusAsync(connection), Is.EqualTo(408));
        }
        finally
        {
            foreach (var connection in stalled) connection.Dispose();
        }
    }

    [TestCase("1.1")]
    [TestCase("2.0")]
    public async Task File_goes_over_https_in_either_version(string version)
    {
        var upload = SignedUpload.OfAnotherServer(_server.HttpPort, 2_000_000);
        using var http = new HttpClient(new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = (_, _, _, errors) => errors != System.Net.Security.SslPolicyErrors.RemoteCertificateNotAvailable } })
        {
            DefaultRequestVersion = Version.Parse(version),
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        using var content = new ByteArrayContent(upload.Content);
        using var put = await http.PutAsync(Secure(upload.Put), content);
        Assert.That(put.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(put.Version, Is.EqualTo(Version.Parse(version)));
        Assert.That((await http.GetByteArrayAsync(Secure(upload.Get))).AsSpan().SequenceEqual(upload.Content), Is.True);
    }

    [Test]
    public async Task Memory_does_not_grow_with_the_file()
    {
        const long Size = 600_000_000;
        var upload = SignedUpload.OfAnotherServer(_server.HttpPort, 0);
        var token = System.Security.Cryptography.HMACSHA256.HashData(Encoding.UTF8.GetBytes(SignedUpload.Secret), Encoding.UTF8.GetBytes($"{upload.Key} {Size}"));
        var before = ResidentBytes();
        using (var client = await ConnectAsync($"PUT {upload.Get.AbsolutePath}?v={Convert.ToHexStringLower(token)} HTTP/1.1\r\nHost: x\r\nContent-Length: {Size}\r\n\r\n"))
        {
            var block = new byte[1_000_000];
            for (var i = 0; i < Size / block.Length; i++) await client.GetStream().WriteAsync(block);
            Assert.That(await StatusAsync(client), Is.EqualTo(201));
        }

        using var http = new HttpClient { Timeout = TimeSpan.FromMinutes(5) };
        await using var stream = await http.GetStreamAsync(upload.Get);
        var buffer = new byte[1_000_000];
        var received = 0L;
        while (await stream.ReadAsync(buffer) is > 0 and var read) received += read;
        Assert.That(received, Is.EqualTo(Size));
        Assert.That(ResidentBytes() - before, Is.LessThan(150_000_000));
    }

    private async Task<TcpClient> StallAsync()
    {
        var upload = SignedUpload.OfAnotherServer(_server.HttpPort, 100_000);
        return await ConnectAsync($"PUT {upload.Put.PathAndQuery} HTTP/1.1\r\nHost: x\r\nContent-Length: {upload.Content.Length}\r\n\r\nabc");
    }

    private async Task<TcpClient> ConnectAsync(string head)
    {
        var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", _server.HttpPort);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head));
        return client;
    }

    private static async Task<int> StatusAsync(TcpClient client)
    {
        using var reader = new StreamReader(client.GetStream(), leaveOpen: true);
        var line = await reader.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(2));
        return int.Parse(line!.Split(' ')[1], CultureInfo.InvariantCulture);
    }

    private long ResidentBytes()
    {
        var line = File.ReadLines($"/proc/{_server.ProcessId}/status").Single(l => l.StartsWith("RssAnon:", StringComparison.Ordinal));
        return 1024 * long.Parse(line["RssAnon:".Length..^2], NumberStyles.Number, CultureInfo.InvariantCulture);
    }

    private Uri Secure(Uri url) => new UriBuilder(url) { Scheme = "https", Port = _server.HttpsPort }.Uri;
}
