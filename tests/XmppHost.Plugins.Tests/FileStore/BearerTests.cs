using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using XmppHost.Addressing;

namespace XmppHost.Plugins.Tests.FileStore;

/// <summary>Uploads that another server signed for by a JSON Web Token.</summary>
public sealed class BearerTests
{
    private static readonly byte[] Content = [1, 2, 3, 4, 5];

    private FileStoreHost _store = null!;

    [SetUp]
    public async Task Start() => _store = await FileStoreHost.StartAsync();

    [TearDown]
    public async Task Stop() => await _store.DisposeAsync();

    [Test]
    public async Task Upload_is_taken_with_what_its_token_says()
    {
        var expires = _store.Clock.GetUtcNow().AddDays(2).ToUnixTimeSeconds();
        Assert.That(await PutAsync(Change(c => c["expires"] = expires), type: "image/jpeg"), Is.EqualTo(201));
        var entry = await _store.Ledger.FindAsync("example.org", "abc/très cool.jpg", CancellationToken.None);
        Assert.That(entry!.Uploader, Is.EqualTo(Jid.Parse("romeo@montague.example")));
        Assert.That(entry.Expires, Is.EqualTo(DateTimeOffset.FromUnixTimeSeconds(expires)));
        Assert.That(entry.State, Is.EqualTo(Storage.UploadState.Stored));

        using var response = await FileStoreHost.SendAsync(HttpMethod.Get, _store.BaseUrl + FileStoreHost.Encode("abc/très cool.jpg"));
        Assert.That(await response.Content.ReadAsByteArrayAsync(), Is.EqualTo(Content));
        Assert.That(response.Content.Headers.ContentType!.ToString(), Is.EqualTo("image/jpeg"));
        Assert.That(response.Headers.CacheControl!.MaxAge, Is.LessThanOrEqualTo(TimeSpan.FromDays(2)).And.GreaterThan(TimeSpan.FromDays(1.9)));

        _store.Clock.Ahead = TimeSpan.FromDays(2.1);
        using var late = await FileStoreHost.SendAsync(HttpMethod.Get, _store.BaseUrl + FileStoreHost.Encode("abc/très cool.jpg"));
        Assert.That((int)late.StatusCode, Is.EqualTo(404));
    }

    [TestCase("""{ "filesize": 5.0 }""", 201)]
    [TestCase("""{ "filesize": 5e0 }""", 201)]
    [TestCase("""{ "filesize": 6 }""", 413)]
    [TestCase("""{ "filesize": 4 }""", 413)]
    [TestCase("""{ "filesize": "5" }""", 403)]
    [TestCase("""{ "filesize": null }""", 403)]
    [TestCase("""{ "filetype": "image/png" }""", 403)]
    [TestCase("""{ "filetype": "IMAGE/JPEG" }""", 201)]
    [TestCase("""{ "filetype": "application/octet-stream" }""", 201)]
    [TestCase("""{ "filetype": null }""", 201)]
    [TestCase("""{ "filetype": "a/b\ncontent-type: text/html" }""", 403)]
    [TestCase("""{ "slot": "abd" }""", 403)]
    [TestCase("""{ "slot": "abc/x" }""", 403)]
    [TestCase("""{ "slot": "" }""", 403)]
    [TestCase("""{ "slot": 7 }""", 403)]
    [TestCase("""{ "filename": "other.jpg" }""", 403)]
    [TestCase("""{ "filename": null }""", 403)]
    [TestCase("""{ "exp": null }""", 403)]
    [TestCase("""{ "exp": 1 }""", 403)]
    [TestCase("""{ "exp": -1 }""", 403)]
    [TestCase("""{ "exp": 1e300 }""", 403)]
    [TestCase("""{ "exp": 99999999999999 }""", 403)]
    [TestCase("""{ "nbf": 99999999999 }""", 403)]
    [TestCase("""{ "nbf": 1 }""", 201)]
    [TestCase("""{ "expires": 1 }""", 403)]
    [TestCase("""{ "sub": "@@" }""", 201)]
    [TestCase("""{ "sub": null }""", 201)]
    [TestCase("""{ "something": { "else": [ 1 ] } }""", 201)]
    public async Task Claim_is_heeded(string changes, int status)
    {
        var token = Change(c =>
        {
            foreach (var (name, value) in JsonNode.Parse(changes)!.AsObject())
                if (value is null) c.Remove(name);
                else c[name] = value.DeepClone();
        });
        Assert.That(await PutAsync(token, type: "image/jpeg"), Is.EqualTo(status));
        Assert.That(_store.FilesOnDisk(), Has.Length.EqualTo(status == 201 ? 1 : 0));
    }

    [Test]
    public async Task Token_is_good_until_it_ends()
    {
        var token = Change(_ => { });
        _store.Clock.Ahead = TimeSpan.FromSeconds(290);
        Assert.That(await PutAsync(token), Is.EqualTo(201));
        _store.Clock.Ahead = TimeSpan.FromSeconds(301);
        Assert.That(await PutAsync(token), Is.EqualTo(403), "though there is such a file: who may not, is not told");
    }

    [Test]
    public async Task Declared_type_is_served_where_the_client_sends_none()
    {
        Assert.That(await PutAsync(Change(_ => { })), Is.EqualTo(201));
        using var response = await FileStoreHost.SendAsync(HttpMethod.Get, _store.BaseUrl + FileStoreHost.Encode("abc/très cool.jpg"));
        Assert.That(response.Content.Headers.ContentType!.ToString(), Is.EqualTo("image/jpeg"));
    }

    [Test]
    public async Task Token_of_another_algorithm_or_key_is_forbidden()
    {
        var claims = Jwt.Claims("abc", "très cool.jpg", Content.Length, "image/jpeg", _store.Clock.GetUtcNow());
        var good = Jwt.Sign(claims);
        string[] bad =
        [
            Jwt.Sign(claims, "another secret"),
            Jwt.Sign(claims, header: """{"alg":"none"}"""),
            Jwt.Sign(claims, header: """{"alg":"HS512"}"""),
            Jwt.Sign(claims, header: """{"alg":"HS256","crit":["x"]}"""),
            Jwt.Sign(claims, header: """["HS256"]"""),
            Jwt.Sign(claims, header: "nothing"),
            Jwt.SignText("[1,2]"),
            Jwt.SignText("{"),
            Jwt.SignText("""{"a":{"b":{"c":{"d":{"e":1}}}}}"""),
            good[..good.LastIndexOf('.')] + ".",
            good[..good.LastIndexOf('.')],
            good + "A",
            good[..^1],
            good + "=",
            "." + good,
            good.Replace('.', ','),
            "..",
            "x",
            new string('x', 20_000),
        ];
        foreach (var token in bad) Assert.That(await PutAsync(token), Is.EqualTo(403), token);
        Assert.That(await PutAsync(good), Is.EqualTo(201));
    }

    [TestCase(null, 401)]
    [TestCase("Bearer", 401)]
    [TestCase("Bearer a b", 401)]
    [TestCase("Basic cm9tZW86anVsaWV0", 401)]
    [TestCase("Bearer x", 403)]
    [TestCase("bearer {token}", 201)]
    [TestCase("Bearer  {token}", 201)]
    public async Task Authorization_is_a_bearer_token(string? header, int status)
    {
        using var response = await SendAsync("", header?.Replace("{token}", Change(_ => { })));
        Assert.That((int)response.StatusCode, Is.EqualTo(status));
        Assert.That(response.Headers.WwwAuthenticate.ToString(), Is.EqualTo(status == 401 ? "Bearer" : ""));
    }

    [Test]
    public async Task Token_and_signed_url_are_one_too_many()
    {
        var query = new Uri(_store.SignedUrl("abc/très cool.jpg", Content.Length)).Query;
        using var both = await SendAsync(query, "Bearer " + Change(_ => { }));
        Assert.That((int)both.StatusCode, Is.EqualTo(403));
    }

    [Test]
    public async Task Second_upload_is_a_conflict()
    {
        Assert.That(await PutAsync(Change(_ => { })), Is.EqualTo(201));
        Assert.That(await PutAsync(Change(_ => { })), Is.EqualTo(409));
    }

    [Test]
    public async Task Signed_expiry_and_own_retention_are_both_kept()
    {
        await using var store = await FileStoreHost.StartAsync("retention=1 day");
        var claims = Jwt.Claims("a", "b", Content.Length, "text/plain", store.Clock.GetUtcNow());
        claims["expires"] = store.Clock.GetUtcNow().AddYears(1).ToUnixTimeSeconds();
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(store.BaseUrl + "a/b")) { Content = new ByteArrayContent(Content) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Jwt.Sign(claims));
        Assert.That((int)(await FileStoreHost.Http.SendAsync(request)).StatusCode, Is.EqualTo(201));
        await store.StoreAsync("c/d", Content);
        foreach (var path in new[] { "a/b", "c/d" })
        {
            var entry = await store.Ledger.FindAsync("example.org", path, CancellationToken.None);
            Assert.That(entry!.Expires, Is.EqualTo(store.Clock.GetUtcNow().AddDays(1)).Within(TimeSpan.FromMinutes(5)));
        }
    }

    private string Change(Action<JsonObject> change)
    {
        var claims = Jwt.Claims("abc", "très cool.jpg", Content.Length, "image/jpeg", _store.Clock.GetUtcNow());
        change(claims);
        return Jwt.Sign(claims);
    }

    private async Task<int> PutAsync(string token, string? type = null)
    {
        using var response = await SendAsync("", $"Bearer {token}", type);
        return (int)response.StatusCode;
    }

    private Task<HttpResponseMessage> SendAsync(string query, string? authorization, string? type = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, new Uri(_store.BaseUrl + FileStoreHost.Encode("abc/très cool.jpg") + query)) { Content = new ByteArrayContent(Content) };
        if (authorization is not null) request.Headers.TryAddWithoutValidation("Authorization", authorization);
        if (type is not null) request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        return FileStoreHost.Http.SendAsync(request);
    }
}
