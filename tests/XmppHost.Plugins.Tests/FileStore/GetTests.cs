using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.WebUtilities;

namespace XmppHost.Plugins.Tests.FileStore;

public sealed class GetTests
{
    private static readonly byte[] Content = RandomNumberGenerator.GetBytes(200_000);

    private FileStoreHost _store = null!;
    private string _url = "";

    [SetUp]
    public async Task Start()
    {
        _store = await FileStoreHost.StartAsync();
        _url = await _store.StoreAsync("random/très cool.jpg", Content, "image/jpeg");
    }

    [TearDown]
    public async Task Stop() => await _store.DisposeAsync();

    [Test]
    public async Task File_is_served_with_what_is_known_of_it()
    {
        using var response = await GetAsync();
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(response.Content.Headers.ContentLength, Is.EqualTo(Content.Length));
        Assert.That(response.Content.Headers.ContentType!.ToString(), Is.EqualTo("image/jpeg"));
        Assert.That(response.Content.Headers.LastModified, Is.EqualTo(TimeProvider.System.GetUtcNow()).Within(TimeSpan.FromMinutes(1)));
        Assert.That(Header(response, "Accept-Ranges"), Is.EqualTo("bytes"));
        Assert.That(Header(response, "Cache-Control"), Does.Contain("immutable"));
        Assert.That(response.Content.Headers.ContentDisposition!.ToString(), Is.EqualTo("inline; filename=\"tr_s cool.jpg\"; filename*=UTF-8''tr%C3%A8s%20cool.jpg").Or.Contain("filename*=UTF-8''tr%C3%A8s%20cool.jpg"));
        Assert.That(await response.Content.ReadAsByteArrayAsync(), Is.EqualTo(Content));
    }

    [TestCase("image/jpeg", "inline")]
    [TestCase("IMAGE/PNG", "inline")]
    [TestCase("video/mp4", "inline")]
    [TestCase("text/plain; charset=utf-8", "inline")]
    [TestCase("text/html", "attachment")]
    [TestCase("image/svg+xml", "attachment")]
    [TestCase("application/pdf", "attachment")]
    [TestCase(null, "attachment")]
    public async Task Browser_shows_harmless_types_alone(string? type, string disposition)
    {
        using var response = await FileStoreHost.SendAsync(HttpMethod.Get, await _store.StoreAsync("a/b", [1], type));
        Assert.That(response.Content.Headers.ContentDisposition!.DispositionType, Is.EqualTo(disposition));
        Assert.That(response.Content.Headers.ContentType!.ToString(), Is.EqualTo(type ?? "application/octet-stream"));
        Assert.That(Header(response, "X-Content-Type-Options"), Is.EqualTo("nosniff"));
        Assert.That(Header(response, "Content-Security-Policy"), Does.Contain("default-src 'none'").And.Contain("frame-ancestors 'none'").And.Contain("sandbox"));
    }

    [Test]
    public async Task Head_says_the_same_without_the_file()
    {
        using var get = await GetAsync();
        using var head = await FileStoreHost.SendAsync(HttpMethod.Head, _url, ("Range", "bytes=0-9"));
        Assert.That(head.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(head.Content.Headers.ContentLength, Is.EqualTo(Content.Length));
        Assert.That(head.Headers.ETag, Is.EqualTo(get.Headers.ETag));
        Assert.That(await head.Content.ReadAsByteArrayAsync(), Is.Empty);
    }

    [TestCase("bytes=0-0", 0, 1)]
    [TestCase("bytes=0-", 0, 200_000)]
    [TestCase("bytes=0-1", 0, 2)]
    [TestCase("bytes=100-199", 100, 100)]
    [TestCase("bytes=65000-140000", 65_000, 75_001)]
    [TestCase("bytes=199999-", 199_999, 1)]
    [TestCase("bytes=199999-300000", 199_999, 1)]
    [TestCase("bytes=-1", 199_999, 1)]
    [TestCase("bytes=-500", 199_500, 500)]
    [TestCase("bytes=-300000", 0, 200_000)]
    public async Task Range_is_served(string range, int first, int count)
    {
        using var response = await GetAsync(("Range", range));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.PartialContent));
        Assert.That(Header(response, "Content-Range"), Is.EqualTo($"bytes {first}-{first + count - 1}/200000"));
        Assert.That(await response.Content.ReadAsByteArrayAsync(), Is.EqualTo(Content.AsSpan(first, count).ToArray()));
    }

    [TestCase("bytes=5-9,200000-")]
    [TestCase("bytes=-0,5-9")]
    public async Task Range_that_is_left_of_several_is_served_alone(string range)
    {
        using var response = await GetAsync(("Range", range));
        Assert.That(Header(response, "Content-Range"), Is.EqualTo("bytes 5-9/200000"));
        Assert.That(await response.Content.ReadAsByteArrayAsync(), Is.EqualTo(Content[5..10]));
    }

    [Test]
    public async Task Several_ranges_are_served_in_several_parts()
    {
        using var response = await GetAsync(("Range", "bytes=0-1, 199990-, 100-70000,-3"));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.PartialContent));
        Assert.That(response.Content.Headers.ContentRange, Is.Null);
        var body = await response.Content.ReadAsByteArrayAsync();
        Assert.That(body, Has.Length.EqualTo(response.Content.Headers.ContentLength));

        var parts = new MultipartReader(response.Content.Headers.ContentType!.Parameters.Single(p => p.Name == "boundary").Value!, new MemoryStream(body));
        foreach (var (first, last) in new[] { (0, 1), (199_990, 199_999), (100, 70_000), (199_997, 199_999) })
        {
            var part = (await parts.ReadNextSectionAsync())!;
            Assert.That(part.ContentType, Is.EqualTo("image/jpeg"));
            Assert.That(part.Headers!["Content-Range"].ToString(), Is.EqualTo($"bytes {first}-{last}/200000"));
            using var content = new MemoryStream();
            await part.Body.CopyToAsync(content);
            Assert.That(content.ToArray(), Is.EqualTo(Content[first..(last + 1)]));
        }

        Assert.That(await parts.ReadNextSectionAsync(), Is.Null);
        Assert.That(response.Content.Headers.ContentType.MediaType, Is.EqualTo("multipart/byteranges"));
    }

    [TestCase("bytes=200000-")]
    [TestCase("bytes=200000-200001")]
    [TestCase("bytes=-0")]
    [TestCase("bytes=200000-,300000-400000,-0")]
    public async Task Range_beyond_the_end_is_refused_with_the_size(string range)
    {
        using var response = await GetAsync(("Range", range));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.RequestedRangeNotSatisfiable));
        Assert.That(Header(response, "Content-Range"), Is.EqualTo("bytes */200000"));
        Assert.That(await response.Content.ReadAsByteArrayAsync(), Is.Empty);
    }

    [TestCase("bytes=0-1,5-1")]
    [TestCase("bytes=0-150000,100000-")]
    [TestCase("bytes=0-,0-,0-")]
    [TestCase("bytes=0-0,1-1,2-2,3-3,4-4,5-5,6-6,7-7,8-8,9-9,10-10,11-11,12-12,13-13,14-14,15-15,16-16")]
    [TestCase("bytes=5-1")]
    [TestCase("bytes=a-b")]
    [TestCase("lines=0-1")]
    [TestCase("bytes=99999999999999999999-")]
    public async Task Range_that_is_not_understood_or_not_reasonable_is_ignored(string range)
    {
        using var response = await GetAsync(("Range", range));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await response.Content.ReadAsByteArrayAsync(), Is.EqualTo(Content));
    }

    [TestCase("If-None-Match", "{etag}", 304)]
    [TestCase("If-None-Match", "W/{etag}", 304)]
    [TestCase("If-None-Match", "\"other\", {etag}", 304)]
    [TestCase("If-None-Match", "*", 304)]
    [TestCase("If-None-Match", "\"other\"", 200)]
    [TestCase("If-Modified-Since", "{modified}", 304)]
    [TestCase("If-Modified-Since", "Sat, 29 Oct 1994 19:43:31 GMT", 200)]
    [TestCase("If-Match", "{etag}", 200)]
    [TestCase("If-Match", "\"other\"", 412)]
    [TestCase("If-Match", "W/{etag}", 412)]
    [TestCase("If-Unmodified-Since", "{modified}", 200)]
    [TestCase("If-Unmodified-Since", "Sat, 29 Oct 1994 19:43:31 GMT", 412)]
    public async Task Condition_is_heeded(string header, string value, int status)
    {
        using var first = await GetAsync();
        using var response = await GetAsync((header, Fill(value, first)));
        Assert.That((int)response.StatusCode, Is.EqualTo(status));
        Assert.That(response.Headers.ETag, Is.EqualTo(first.Headers.ETag));
        Assert.That((await response.Content.ReadAsByteArrayAsync()).Length, Is.EqualTo(status == 200 ? Content.Length : 0));
    }

    [TestCase("{etag}", 206)]
    [TestCase("\"other\"", 200)]
    [TestCase("W/{etag}", 200)]
    [TestCase("{modified}", 206)]
    [TestCase("Sat, 29 Oct 1994 19:43:31 GMT", 200)]
    public async Task Range_of_another_version_is_the_whole_file(string condition, int status)
    {
        using var first = await GetAsync();
        using var response = await GetAsync(("Range", "bytes=0-9"), ("If-Range", Fill(condition, first)));
        Assert.That((int)response.StatusCode, Is.EqualTo(status));
    }

    [Test]
    public async Task Unknown_file_is_not_found()
    {
        using var response = await FileStoreHost.SendAsync(HttpMethod.Get, _store.BaseUrl + "random/other.jpg");
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(response.Headers.CacheControl, Is.Null);
    }

    [Test]
    public async Task File_is_found_however_its_url_is_written()
    {
        foreach (var name in new[] { "tr%C3%A8s%20cool.jpg", "tr%c3%a8s%20cool.jpg", "%74r%C3%A8s%20c%6Fol.jpg" })
            Assert.That(await FileStoreHost.Http.GetByteArrayAsync(new Uri(_store.BaseUrl + "random/" + name)), Has.Length.EqualTo(Content.Length), name);
        Assert.That(await _store.StatusOfAsync("GET", _url), Is.EqualTo(200), "with the whole URL, as to a proxy");
    }

    [TestCase("OPTIONS", 204)]
    [TestCase("GET", 200)]
    [TestCase("HEAD", 200)]
    public async Task Pages_of_any_origin_may_use_the_store(string method, int status)
    {
        using var response = await FileStoreHost.SendAsync(new HttpMethod(method), _url, ("Origin", "https://chat.example.org"), ("Access-Control-Request-Method", "PUT"));
        Assert.That((int)response.StatusCode, Is.EqualTo(status));
        Assert.That(Header(response, "Access-Control-Allow-Origin"), Is.EqualTo("*"));
        Assert.That(Header(response, "Access-Control-Allow-Methods"), Is.EqualTo("OPTIONS, HEAD, GET, PUT"));
        Assert.That(Header(response, "Access-Control-Allow-Headers"), Is.EqualTo("Authorization, Content-Type"));
    }

    [TestCase("POST")]
    [TestCase("DELETE")]
    [TestCase("PATCH")]
    public async Task Other_methods_are_not_allowed(string method)
    {
        using var response = await FileStoreHost.SendAsync(new HttpMethod(method), _url);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
    }

    [Test]
    public async Task Host_with_a_name_of_its_own_script_has_ascii_urls()
    {
        await using var store = await FileStoreHost.StartAsync("münchen.example", []);
        Assert.That(store.BaseUrl, Does.EndWith("/upload/xn--mnchen-3ya.example/"));
        Assert.That(await FileStoreHost.Http.GetByteArrayAsync(new Uri(await store.StoreAsync("a/b", Content))), Is.EqualTo(Content));
    }

    private Task<HttpResponseMessage> GetAsync(params (string, string)[] headers) => FileStoreHost.SendAsync(HttpMethod.Get, _url, headers);

    private static string Fill(string value, HttpResponseMessage response) => value
        .Replace("{etag}", response.Headers.ETag!.ToString(), StringComparison.Ordinal)
        .Replace("{modified}", response.Content.Headers.LastModified!.Value.ToString("R", CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static string Header(HttpResponseMessage response, string name) =>
        string.Join(", ", response.Headers.TryGetValues(name, out var values) || response.Content.Headers.TryGetValues(name, out values) ? values : []);
}
