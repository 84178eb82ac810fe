using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using XmppHost.Plugins.HttpUpload.Backends;
using XmppHost.Plugins.HttpUpload.Slots;
using XmppHost.Plugins.Tests.FileStore;
using XmppHost.Testing.Services;

namespace XmppHost.Plugins.Tests.HttpUpload;

public sealed class ExternalBackendTests
{
    private static readonly HttpClient Http = new();
    private static readonly byte[] Content = RandomNumberGenerator.GetBytes(50_000);

    [TestCase("V1", "foo", "bar.jpg", 1048576, "image/jpeg", "bar.jpg?v=e6df55a04516617d6a86ad6ca23879819591085a1a8c0041f4da06824f5d2db7")]
    [TestCase("V2", "foo", "bar.jpg", 1048576, "image/jpeg", "bar.jpg?v2=a19d27add075aa60035e27c05e794f13079ba48c508852b3d7160a6bec0f85ab")]
    [TestCase("V1", "d3a1d6a0-1b5c-4e0e-9f5b-2f6e5a1c9d11", "très cool.jpg", 23456, null, "tr%C3%A8s%20cool.jpg?v=07327344b5abb441a4b2be86ffd1c82b68521876e466d4aab43463f6b02aa728")]
    [TestCase("V2", "d3a1d6a0-1b5c-4e0e-9f5b-2f6e5a1c9d11", "très cool.jpg", 23456, "image/jpeg", "tr%C3%A8s%20cool.jpg?v2=37effb80ef5b2fe84b6dc0934ade254135a5eadefc631f3023d597cc0424a839")]
    [TestCase("V2WhereTyped", "foo", "bar.jpg", 1048576, "image/jpeg", "bar.jpg?v2=a19d27add075aa60035e27c05e794f13079ba48c508852b3d7160a6bec0f85ab")]
    [TestCase("V2WhereTyped", "foo", "bar.jpg", 1048576, null, "bar.jpg?v=e6df55a04516617d6a86ad6ca23879819591085a1a8c0041f4da06824f5d2db7")]
    public async Task Token_is_the_known_one(string protocol, string random, string name, long size, string? type, string expected)
    {
        var slot = await SlotAsync(new Uri("https://files.example.org/share.php"), "secret string", protocol, new FileRequest(random, name, size, type), keepNames: true);
        Assert.That(slot.PutUrl, Is.EqualTo($"https://files.example.org/share.php/{random}/{expected}"));
        Assert.That(slot.GetUrl, Is.EqualTo(slot.PutUrl.Split('?')[0]));
        Assert.That(slot.PutHeaders, Is.Empty);
    }

    [Test]
    public async Task Version_2_signs_the_type_that_a_client_without_one_sends()
    {
        var untyped = await SlotAsync(new Uri("https://x/"), "s", "V2", new FileRequest("r", "n", 1, null));
        var typed = await SlotAsync(new Uri("https://x/"), "s", "V2", new FileRequest("r", "n", 1, "application/octet-stream"));
        Assert.That(untyped.PutUrl, Is.EqualTo(typed.PutUrl));
    }

    [TestCase("très cool.jpg", "tr_s_cool.jpg")]
    [TestCase("a+b=c&d?#%.txt", "a_b_c_d___.txt")]
    [TestCase("🦊.gif", "__.gif")]
    [TestCase("...", "_")]
    [TestCase("ok-1_2.tar.gz", "ok-1_2.tar.gz")]
    public async Task Names_are_made_portable_by_default(string name, string portable) =>
        Assert.That((await SlotAsync(new Uri("https://x/"), "s", "V1", new FileRequest("r", name, 1, null))).GetUrl, Is.EqualTo($"https://x/r/{portable}"));

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
        var slot = await SlotAsync(protocol == "V1" ? share.V1 : share.V2, share.Secret, protocol, file, keepNames);
        Assert.That(await PutAsync(slot.PutUrl, Content, type), Is.EqualTo(HttpStatusCode.Created), share.Log);
        Assert.That(await Http.GetByteArrayAsync(new Uri(slot.GetUrl)), Is.EqualTo(Content));
    }

    [TestCase("V1")]
    [TestCase("V2")]
    public async Task Reference_service_refuses_another_size(string protocol)
    {
        var share = await ShareScript.SharedAsync();
        var slot = await SlotAsync(protocol == "V1" ? share.V1 : share.V2, share.Secret, protocol, new FileRequest(Guid.NewGuid().ToString(), "a", Content.Length + 1, null));
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
        var slot = await SlotAsync(new Uri(store.BaseUrl), FileStoreHost.Secret, "V2WhereTyped", new FileRequest("r", name, Content.Length, declared), keepNames: true);
        Assert.That(await FileStoreHost.PutAsync(slot.PutUrl, Content, sent), Is.EqualTo(status));
        if (status == 201) Assert.That(await Http.GetByteArrayAsync(new Uri(slot.GetUrl)), Is.EqualTo(Content));
    }

    private static async Task<UploadSlot> SlotAsync(Uri service, string secret, string protocol, FileRequest file, bool keepNames = false) =>
        await new ExternalUploadBackend(service, secret, Enum.Parse<ExternalProtocol>(protocol), keepNames).CreateSlotAsync(file, CancellationToken.None);

    private static async Task<HttpStatusCode> PutAsync(string url, byte[] bytes, string? type)
    {
        using var content = new ByteArrayContent(bytes);
        if (type is not null) content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var response = await Http.PutAsync(new Uri(url), content);
        return response.StatusCode;
    }
}
