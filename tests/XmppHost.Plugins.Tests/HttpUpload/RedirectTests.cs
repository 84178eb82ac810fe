using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using XmppHost.Addressing;
using XmppHost.Hosting;
using XmppHost.Plugins.HttpUpload;
using XmppHost.Plugins.HttpUpload.Redirect;
using XmppHost.Plugins.HttpUpload.Slots;
using XmppHost.Storage;
using XmppHost.Storage.Sql;
using XmppHost.Testing;
using XmppHost.Testing.Services;

namespace XmppHost.Plugins.Tests.HttpUpload;

/// <summary>Downloads from a private bucket of a real store, by way of the server's own endpoint.</summary>
public sealed class RedirectTests
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private static readonly byte[] Content = RandomNumberGenerator.GetBytes(5000);

    private readonly TempFolder _folder = new("redirect");
    private readonly List<IUploadObserver> _observers = [];
    private SqlStorage _storage = null!;
    private S3Side _side = null!;
    private WebApplication _app = null!;

    [SetUp]
    public async Task Start()
    {
        var bucket = await (await RadosGateway.SharedAsync()).CreateBucketAsync(corsOrigin: "*");
        _storage = SqlStorage.Create(new StorageOptions(), _folder.Path, TimeProvider.System, NullLoggerFactory.Instance);
        await _storage.OpenAsync(default);
        _side = new S3Side(new S3Options
        {
            BucketUrl = bucket,
            Region = RadosGateway.Region,
            AccessKeyId = new Secret(RadosGateway.AccessKeyId),
            SecretAccessKey = new Secret(RadosGateway.SecretAccessKey),
            GetMode = S3GetMode.Redirect,
        });
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        new RedirectEndpoints(_side.Host, _side.Access, _storage.Uploads, new Lazy<IEnumerable<IUploadObserver>>(() => _observers)).Map(_app);
        await _app.StartAsync();
    }

    [TearDown]
    public async Task Stop()
    {
        await _app.DisposeAsync();
        await _storage.DisposeAsync();
        _side.Dispose();
        _folder.Dispose();
    }

    [TestCase("plain.txt")]
    [TestCase("1+1 = zwölf & 100%? <'\">#.txt")]
    [TestCase("%2F%2e.日本語 🦊.png")]
    public async Task Stable_url_leads_to_the_file_in_the_private_bucket(string name)
    {
        var slot = await UploadAsync(name);
        Assert.That(slot.GetUrl, Does.StartWith("https://example.org:5281/download/example.org/"));
        using var direct = await Http.GetAsync(new Uri(_side.Access.Location.ObjectsUrl + slot.GetUrl.Split("/download/example.org/")[1]));
        Assert.That(direct.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden), "the bucket is private");
        using var redirect = await AskAsync(HttpMethod.Get, slot.GetUrl);
        Assert.That(redirect.StatusCode, Is.EqualTo(HttpStatusCode.Found));
        Assert.That(redirect.Headers.CacheControl!.NoStore, Is.True);
        Assert.That(redirect.Headers.GetValues("Access-Control-Allow-Origin"), Is.EqualTo(new[] { "*" }));
        Assert.That(await Http.GetByteArrayAsync(redirect.Headers.Location), Is.EqualTo(Content));
    }

    [Test]
    public async Task Head_gets_a_signature_of_its_own_and_ranges_reach_the_store()
    {
        var slot = await UploadAsync("a.bin");
        using var redirect = await AskAsync(HttpMethod.Head, slot.GetUrl);
        using var head = await Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, redirect.Headers.Location));
        Assert.That((head.StatusCode, head.Content.Headers.ContentLength), Is.EqualTo((HttpStatusCode.OK, (long?)Content.Length)));
        using var get = await AskAsync(HttpMethod.Get, slot.GetUrl);
        using var range = new HttpRequestMessage(HttpMethod.Get, get.Headers.Location) { Headers = { Range = new(10, 19) } };
        using var part = await Http.SendAsync(range);
        Assert.That(part.StatusCode, Is.EqualTo(HttpStatusCode.PartialContent));
        Assert.That(await part.Content.ReadAsByteArrayAsync(), Is.EqualTo(Content[10..20]));
    }

    [TestCase("image/png", null)]
    [TestCase("video/mp4", null)]
    [TestCase("text/plain; charset=utf-8", null)]
    [TestCase("text/html", "attachment")]
    [TestCase("image/svg+xml", "attachment")]
    [TestCase(null, "attachment")]
    public async Task What_a_browser_would_run_is_a_download(string? type, string? disposition)
    {
        var slot = await UploadAsync("a", type);
        using var redirect = await AskAsync(HttpMethod.Get, slot.GetUrl);
        using var file = await Http.GetAsync(redirect.Headers.Location);
        Assert.That(file.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(file.Content.Headers.ContentDisposition?.DispositionType, Is.EqualTo(disposition));
    }

    [TestCase(UploadState.Issued, HttpStatusCode.Found)]
    [TestCase(UploadState.Stored, HttpStatusCode.Found)]
    [TestCase(UploadState.Held, HttpStatusCode.NotFound)]
    [TestCase(UploadState.Quarantined, HttpStatusCode.NotFound)]
    [TestCase(UploadState.Deleted, HttpStatusCode.NotFound)]
    public async Task Only_what_may_be_served_is_signed(UploadState state, HttpStatusCode status)
    {
        var slot = await UploadAsync("a.txt", state: state);
        using var answer = await AskAsync(HttpMethod.Get, slot.GetUrl);
        Assert.That(answer.StatusCode, Is.EqualTo(status));
    }

    [TestCase(UploadState.Issued, HttpStatusCode.NotFound)]
    [TestCase(UploadState.Stored, HttpStatusCode.Found)]
    public async Task File_that_somebody_has_yet_to_look_at_waits(UploadState state, HttpStatusCode status)
    {
        _observers.Add(new Nobody());
        var slot = await UploadAsync("a.txt", state: state);
        using var answer = await AskAsync(HttpMethod.Get, slot.GetUrl);
        Assert.That(answer.StatusCode, Is.EqualTo(status));
        Assert.That(answer.Headers.Contains("Retry-After"), Is.EqualTo(status == HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Signature_ends_with_the_file()
    {
        var soon = await UploadAsync("a.txt", expires: TimeSpan.FromSeconds(100));
        using var redirect = await AskAsync(HttpMethod.Get, soon.GetUrl);
        Assert.That(int.Parse(SigV4.QueryOf(redirect.Headers.Location!.AbsoluteUri)["X-Amz-Expires"]), Is.InRange(10, 100));
        var gone = await UploadAsync("b.txt", expires: TimeSpan.FromSeconds(-1));
        using var answer = await AskAsync(HttpMethod.Get, gone.GetUrl);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        var later = await UploadAsync("c.txt", expires: TimeSpan.FromDays(90));
        using var longest = await AskAsync(HttpMethod.Get, later.GetUrl);
        Assert.That(SigV4.QueryOf(longest.Headers.Location!.AbsoluteUri)["X-Amz-Expires"], Is.EqualTo("3600"));
    }

    [TestCase("")]
    [TestCase("token")]
    [TestCase("token/")]
    [TestCase("token/other.txt")]
    [TestCase("../token/a.txt")]
    [TestCase("%2e%2e/token/a.txt")]
    [TestCase("token%2Fa.txt")]
    [TestCase("token/a.txt%01")]
    [TestCase("token/%ff")]
    [TestCase("token//a.txt")]
    public async Task Nothing_else_is_signed(string path)
    {
        await UploadAsync("a.txt", token: "token");
        using var answer = await AskAsync(HttpMethod.Get, "https://example.org:5281/download/example.org/" + path);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Path_of_any_length_is_answered()
    {
        using var answer = await AskAsync(HttpMethod.Get, $"https://example.org:5281/download/example.org/token/{new string('a', 7000)}");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task File_of_another_host_is_not_signed_here()
    {
        var slot = await UploadAsync("a.txt", host: "example.net");
        using var answer = await AskAsync(HttpMethod.Get, slot.GetUrl);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Preflight_is_answered_and_nothing_can_be_put()
    {
        var slot = await UploadAsync("a.txt");
        using var preflight = await AskAsync(HttpMethod.Options, slot.GetUrl);
        Assert.That(preflight.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(preflight.Headers.GetValues("Access-Control-Allow-Methods").Single(), Is.EqualTo("OPTIONS, HEAD, GET"));
        using var put = await AskAsync(HttpMethod.Put, slot.GetUrl);
        Assert.That(put.StatusCode, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
    }

    [Test]
    public void Key_is_found_in_the_stable_url() =>
        Assert.That(_side.Backend.KeyOf(new Uri(_side.Backend.GetUrl("profile/t/1+1 %2F.txt"))), Is.EqualTo("profile/t/1+1 %2F.txt"));

    private async Task<HttpResponseMessage> AskAsync(HttpMethod method, string url)
    {
        // As written: Uri would take the dots out.
        var port = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;
        var request = new HttpRequestMessage(method, new Uri($"http://127.0.0.1:{port}{url["https://example.org:5281".Length..]}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        return await Http.SendAsync(request);
    }

    private async Task<UploadSlot> UploadAsync(string name, string? type = null, UploadState state = UploadState.Stored, TimeSpan? expires = null, string? token = null, string host = "example.org")
    {
        var slot = await _side.SlotAsync(new FileRequest(token ?? Guid.NewGuid().ToString("N"), name, Content.Length, type));
        using var content = new ByteArrayContent(Content);
        if (type is not null) content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var response = await Http.PutAsync(new Uri(slot.PutUrl), content);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var now = TimeProvider.System.GetUtcNow();
        await _storage.Uploads.AddAsync(new UploadEntry(host, slot.Key, "s3", Jid.Parse("romeo@example.org"), name, Content.Length, type, "message", now, slot.Ends, now + expires, UploadState.Issued), default);
        if (state != UploadState.Issued) Assert.That(await _storage.Uploads.MoveAsync(host, slot.Key, state, default), Is.True);
        return slot;
    }

    private sealed class Nobody : IUploadObserver
    {
        public ValueTask<UploadVerdict> UploadedAsync(FinishedUpload upload, CancellationToken ct) => ValueTask.FromResult(UploadVerdict.Serve);
    }
}
