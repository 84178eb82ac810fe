using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using XmppHost.Plugins.HttpUpload.Backends;
using XmppHost.Plugins.HttpUpload.Slots;
using XmppHost.Plugins.Tests.FileStore;
using XmppHost.Plugins.Tests.Support;
using XmppHost.Storage;
using XmppHost.Testing.Services;

namespace XmppHost.Plugins.Tests.HttpUpload;

public sealed class ExternalBackendTests
{
    private static readonly HttpClient Http = new();
    private static readonly byte[] Content = RandomNumberGenerator.GetBytes(50_000);

    [TestCase("V1", "foo", "bar.jpg", 1048576, "image/jpeg", "bar.jpg?v=e6df55a04516617d6a86ad6ca23879819591085a1a8c0041f4da06824f5d2db7")]
    [TestCase("V2", "foo", "bar.jpg", 1048576, "image/jpeg", "bar.jpg?v2=a19d27add075aa60035e27c05e794f13079ba48c508852b3d7160a6bec0f85ab")]
    [TestCase("Token", "foo", "bar.jpg", 1048576, "image/jpeg", "bar.jpg?token=a19d27add075aa60035e27c05e794f13079ba48c508852b3d7160a6bec0f85ab")]
    [TestCase("V1", "d3a1d6a0-1b5c-4e0e-9f5b-2f6e5a1c9d11", "très cool.jpg", 23456, null, "tr%C3%A8s%20cool.jpg?v=07327344b5abb441a4b2be86ffd1c82b68521876e466d4aab43463f6b02aa728")]
    [TestCase("V2", "d3a1d6a0-1b5c-4e0e-9f5b-2f6e5a1c9d11", "très cool.jpg", 23456, "image/jpeg", "tr%C3%A8s%20cool.jpg?v2=37effb80ef5b2fe84b6dc0934ade254135a5eadefc631f3023d597cc0424a839")]
    [TestCase("V2WhereTyped", "foo", "bar.jpg", 1048576, "image/jpeg", "bar.jpg?v2=a19d27add075aa60035e27c05e794f13079ba48c508852b3d7160a6bec0f85ab")]
    [TestCase("V2WhereTyped", "foo", "bar.jpg", 1048576, null, "bar.jpg?v=e6df55a04516617d6a86ad6ca23879819591085a1a8c0041f4da06824f5d2db7")]
    public void Token_is_the_known_one(string protocol, string random, string name, long size, string? type, string expected)
    {
        var slot = Slot(new Uri("https://files.example.org/share.php"), "secret string", protocol, new FileRequest(random, name, size, type), keepNames: true);
        Assert.That(slot.PutUrl, Is.EqualTo($"https://files.example.org/share.php/{random}/{expected}"));
        Assert.That(slot.GetUrl, Is.EqualTo(slot.PutUrl.Split('?')[0]));
        Assert.That(slot.PutHeaders, Is.Empty);
    }

    [Test]
    public void Version_2_signs_the_type_that_a_client_without_one_sends()
    {
        var untyped = Slot(new Uri("https://x/"), "s", "V2", new FileRequest("r", "n", 1, null));
        var typed = Slot(new Uri("https://x/"), "s", "V2", new FileRequest("r", "n", 1, "application/octet-stream"));
        Assert.That(untyped.PutUrl, Is.EqualTo(typed.PutUrl));
    }

    [TestCase("très cool.jpg", "tr_s_cool.jpg")]
    [TestCase("a+b=c&d?#%.txt", "a_b_c_d___.txt")]
    [TestCase("🦊.gif", "__.gif")]
    [TestCase("...", "_")]
    [TestCase("ok-1_2.tar.gz", "ok-1_2.tar.gz")]
    public void Names_are_made_portable_by_default(string name, string portable) =>
        Assert.That(Slot(new Uri("https://x/"), "s", "V1", new FileRequest("r", name, 1, null)).GetUrl, Is.EqualTo($"https://x/r/{portable}"));

    [TestCase("très cool.jpg", "image/jpeg", false, "V1")]
    [TestCase("très cool.jpg", "image/jpeg", true, "V1")]
    [TestCase("1+1=2 100%.txt", null, true, "V1")]
    [TestCase("a.jpg", "image/jpeg", false, "V2")]
    [TestCase("a.jpg", null, false, "V2")]
    [TestCase("日本語 & 'x'.png", "image/png", true, "V2")]
    public async Task Reference_service_takes_the_slot(string name, string? type, bool keepNames, string protocol)
    {
        var share = await ShareScript.SharedAsync();
        var file = new FileRequest(Guid.NewGuid().ToString(), name, Content.Length, type);
        var slot = Slot(protocol == "V1" ? share.V1 : share.V2, share.Secret, protocol, file, keepNames);
        Assert.That(await PutAsync(slot.PutUrl, Content, type), Is.EqualTo(HttpStatusCode.Created), share.Log);
        Assert.That(await Http.GetByteArrayAsync(new Uri(slot.GetUrl)), Is.EqualTo(Content));
    }

    [TestCase("V1")]
    [TestCase("V2")]
    public async Task Reference_service_refuses_another_size(string protocol)
    {
        var share = await ShareScript.SharedAsync();
        var slot = Slot(protocol == "V1" ? share.V1 : share.V2, share.Secret, protocol, new FileRequest(Guid.NewGuid().ToString(), "a", Content.Length + 1, null));
        Assert.That(await PutAsync(slot.PutUrl, Content, null), Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [TestCase("très cool.jpg", "image/jpeg", "image/jpeg", 201)]
    [TestCase("très cool.jpg", "image/jpeg", "image/png", 403)]
    [TestCase("1+1=2 100%? #.txt", null, "text/plain", 201)]
    [TestCase("1+1=2 100%? #.txt", null, null, 201)]
    [TestCase("🦊 & 'x'.png", "text/plain;  charset=utf-8", "text/plain;  charset=utf-8", 201)]
    public async Task Embedded_store_takes_the_slot(string name, string? declared, string? sent, int status)
    {
        await using var store = await FileStoreHost.StartAsync();
        var slot = Slot(new Uri(store.BaseUrl), FileStoreHost.Secret, "V2WhereTyped", new FileRequest("r", name, Content.Length, declared), keepNames: true);
        Assert.That(await FileStoreHost.PutAsync(slot, Content, sent), Is.EqualTo(status));
        if (status == 201) Assert.That(await Http.GetByteArrayAsync(new Uri(slot.GetUrl)), Is.EqualTo(Content));
    }

    [TestCase("V1", null, "image/png", 201)]
    [TestCase("V2", "image/jpeg", "image/jpeg", 201)]
    [TestCase("V2", "image/jpeg", "image/png", 403)]
    [TestCase("V2", null, null, 201)]
    [TestCase("Token", "image/jpeg", "image/jpeg", 201)]
    [TestCase("Token", "image/jpeg", null, 403)]
    [TestCase("Jwt", "image/jpeg", "image/jpeg", 201)]
    [TestCase("Jwt", "image/jpeg", null, 201)]
    [TestCase("Jwt", "image/jpeg", "image/png", 403)]
    [TestCase("Jwt", null, "image/png", 201)]
    public async Task Another_servers_store_takes_the_slot(string protocol, string? declared, string? sent, int status)
    {
        await using var store = await FileStoreHost.StartAsync();
        foreach (var keepNames in new[] { false, true })
        {
            var slot = Slot(new Uri(store.BaseUrl), FileStoreHost.Secret, protocol, new FileRequest($"r{keepNames}", "1+1=2 100%? très \"cool\".jpg", Content.Length, declared), keepNames);
            Assert.That(await FileStoreHost.PutAsync(slot, Content, sent), Is.EqualTo(status));
            if (status == 201) Assert.That(await Http.GetByteArrayAsync(new Uri(slot.GetUrl)), Is.EqualTo(Content));
        }
    }

    [Test]
    public void Token_of_a_header_says_whose_file_it_is_and_when_it_goes()
    {
        var time = new ManualTime();
        var signer = new ExternalSigner(new Uri("https://files.example.org/up"), "secret string", ExternalProtocol.Jwt, keepNames: true, TimeSpan.FromMinutes(5), time);
        var expires = time.GetUtcNow().AddDays(7);
        var slot = signer.Sign(new FileRequest("abc", "très cool.jpg", 23456, "image/jpeg") { Uploader = Addressing.Jid.Parse("romeo@montague.example"), Expires = expires });
        Assert.That(slot.PutUrl, Is.EqualTo("https://files.example.org/up/abc/tr%C3%A8s%20cool.jpg"));
        Assert.That(slot.GetUrl, Is.EqualTo(slot.PutUrl));
        Assert.That(slot.Ends, Is.EqualTo(time.GetUtcNow().AddMinutes(5)));
        var (name, value) = slot.PutHeaders.Single();
        Assert.That(name, Is.EqualTo("Authorization"));
        Assert.That(value, Does.StartWith("Bearer "));

        var parts = value[7..].Split('.');
        Assert.That(parts[2], Is.EqualTo(Base64Url.EncodeToString(HMACSHA256.HashData("secret string"u8, Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}")))));
        Assert.That(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[0])), Is.EqualTo("""{"typ":"JWT","alg":"HS256"}"""));
        var iat = time.GetUtcNow().ToUnixTimeSeconds();
        Assert.That(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1])), Is.EqualTo(
            $$"""{"sub":"romeo@montague.example","iat":{{iat}},"exp":{{iat + 300}},"slot":"abc","expires":{{expires.ToUnixTimeSeconds()}},"filename":"très cool.jpg","filesize":23456,"filetype":"image/jpeg"}"""));
    }

    [Test]
    public void Older_namespace_has_no_place_for_a_header()
    {
        using var server = new UploadServer("backend=external", "external:baseUrl=https://files.example.org/", "external:secret=x", "external:protocol=jwt");
        Assert.That(server.Problems, Is.Empty);
        Assert.That(server.All<Handlers.IIqHandler>().Select(h => h.Key.Namespace), Does.Contain("urn:xmpp:http:upload:0").And.Not.Contain("urn:xmpp:http:upload"));
    }

    [TestCase(null, false, false)]
    [TestCase("delete it", true, true)]
    [TestCase("delete that", true, false)]
    public async Task File_is_looked_for_and_deleted(string? deleteSecret, bool canDelete, bool isDeleted)
    {
        await using var store = await FileStoreHost.StartAsync("deleteSecret=delete it");
        using var backend = Backend(store.BaseUrl, deleteSecret);
        var slot = await backend.CreateSlotAsync(new FileRequest("r", "très cool.jpg", Content.Length, null), CancellationToken.None);
        var entry = new UploadEntry("example.org", slot.Key, "external", null, "x", Content.Length, null, "message", default, null, null, UploadState.Issued);
        Assert.That(await backend.ExistsAsync(entry, CancellationToken.None), Is.False);
        Assert.That(await FileStoreHost.PutAsync(slot, Content), Is.EqualTo(201));
        Assert.That(await backend.ExistsAsync(entry, CancellationToken.None), Is.True);
        await using (var stream = await backend.OpenAsync(entry, CancellationToken.None)) Assert.That(stream.ReadByte(), Is.EqualTo(Content[0]));

        Assert.That(backend.CanDelete, Is.EqualTo(canDelete));
        Assert.That(await backend.DeleteAsync([entry], CancellationToken.None), isDeleted ? Is.EqualTo(new[] { slot.Key }) : Is.Empty);
        Assert.That(await backend.ExistsAsync(entry, CancellationToken.None), Is.EqualTo(!isDeleted));
        if (isDeleted) Assert.That(await backend.DeleteAsync([entry], CancellationToken.None), Has.Count.EqualTo(1), "what is gone is gone");
    }

    [Test]
    public async Task Service_that_does_not_answer_is_asked_again()
    {
        await using var store = await FileStoreHost.StartAsync("example.org", ["holdRetry=1 day"], new Holding());
        using var backend = Backend(store.BaseUrl, null);
        var slot = await backend.CreateSlotAsync(new FileRequest("r", "x", Content.Length, null), CancellationToken.None);
        var entry = new UploadEntry("example.org", slot.Key, "external", null, "x", Content.Length, null, "message", default, null, null, UploadState.Issued);
        Assert.That(await FileStoreHost.PutAsync(slot, Content), Is.EqualTo(201));
        Assert.That(async () => await backend.ExistsAsync(entry, CancellationToken.None), Throws.TypeOf<HttpRequestException>().With.Message.Contains("503"));
        using var nobody = Backend("http://127.0.0.1:1/", null);
        Assert.That(async () => await nobody.ExistsAsync(entry, CancellationToken.None), Throws.TypeOf<HttpRequestException>());
    }

    private static ExternalUploadBackend Backend(string url, string? deleteSecret) => new(
        new ExternalSigner(new Uri(url), FileStoreHost.Secret, ExternalProtocol.V1, keepNames: true, TimeSpan.FromMinutes(5), TimeProvider.System), deleteSecret, TimeSpan.FromHours(1), TimeProvider.System);

    private static UploadSlot Slot(Uri service, string secret, string protocol, FileRequest file, bool keepNames = false) =>
        new ExternalSigner(service, secret, Enum.Parse<ExternalProtocol>(protocol), keepNames, TimeSpan.FromMinutes(5), TimeProvider.System).Sign(file);

    private static async Task<HttpStatusCode> PutAsync(string url, byte[] bytes, string? type)
    {
        using var content = new ByteArrayContent(bytes);
        if (type is not null) content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var response = await Http.PutAsync(new Uri(url), content);
        return response.StatusCode;
    }

    private sealed class Holding : Hosting.IUploadObserver
    {
        public ValueTask<Hosting.UploadVerdict> UploadedAsync(Hosting.FinishedUpload upload, CancellationToken ct) => ValueTask.FromResult(Hosting.UploadVerdict.Hold);
    }
}
