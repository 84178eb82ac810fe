using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace XmppHost.Plugins.Tests.FileStore;

public sealed class PutTests
{
    private static readonly byte[] Content = RandomNumberGenerator.GetBytes(100_000);

    private FileStoreHost _store = null!;

    [SetUp]
    public async Task Start() => _store = await FileStoreHost.StartAsync("maxFileSize=1 MB");

    [TearDown]
    public async Task Stop() => await _store.DisposeAsync();

    [Test]
    public async Task File_is_created_and_comes_back_as_it_was()
    {
        Assert.That(await FileStoreHost.PutAsync(_store.SignedUrl("foo/bar.jpg", Content.Length), Content, "image/jpeg"), Is.EqualTo(201));
        Assert.That(await FileStoreHost.Http.GetByteArrayAsync(new Uri(_store.BaseUrl + "foo/bar.jpg")), Is.EqualTo(Content));
    }

    [Test]
    public async Task File_without_content_is_a_file()
    {
        Assert.That(await FileStoreHost.PutAsync(_store.SignedUrl("foo/empty", 0), []), Is.EqualTo(201));
        Assert.That(await FileStoreHost.Http.GetByteArrayAsync(new Uri(_store.BaseUrl + "foo/empty")), Is.Empty);
    }

    // Known tokens for known places, whoever made them.
    [TestCase("foo/bar.jpg", 1048576, "?v=e6df55a04516617d6a86ad6ca23879819591085a1a8c0041f4da06824f5d2db7")]
    [TestCase("foo/bar.jpg", 1048576, "?v2=a19d27add075aa60035e27c05e794f13079ba48c508852b3d7160a6bec0f85ab")]
    [TestCase("d3a1d6a0-1b5c-4e0e-9f5b-2f6e5a1c9d11/tr%C3%A8s%20cool.jpg", 23456, "?v=07327344b5abb441a4b2be86ffd1c82b68521876e466d4aab43463f6b02aa728")]
    [TestCase("d3a1d6a0-1b5c-4e0e-9f5b-2f6e5a1c9d11/tr%c3%a8s%20cool.jpg", 23456, "?v2=37effb80ef5b2fe84b6dc0934ade254135a5eadefc631f3023d597cc0424a839")]
    public async Task Known_token_is_taken(string path, int length, string query)
    {
        await using var unlimited = await FileStoreHost.StartAsync();
        Assert.That(await FileStoreHost.PutAsync(unlimited.BaseUrl + path + query, new byte[length], "image/jpeg"), Is.EqualTo(201));
    }

    [TestCase("image/jpeg", "image/jpeg", 201)]
    [TestCase("image/jpeg", "image/png", 403)]
    [TestCase("image/jpeg", null, 403)]
    [TestCase("application/octet-stream", null, 201)]
    [TestCase("text/plain; charset=utf-8", "text/plain; charset=utf-8", 201)]
    public async Task Version_2_holds_for_the_signed_type(string signed, string? sent, int status) =>
        Assert.That(await FileStoreHost.PutAsync(_store.SignedUrl("foo/bar", Content.Length, signed), Content, sent), Is.EqualTo(status));

    [TestCase("?v=")]
    [TestCase("?v=zz")]
    [TestCase("?v=e6df55a04516617d6a86ad6ca23879819591085a1a8c0041f4da06824f5d2db7")]
    [TestCase("?v2=a19d27add075aa60035e27c05e794f13079ba48c508852b3d7160a6bec0f85ab")]
    [TestCase("?token=a19d27add075aa60035e27c05e794f13079ba48c508852b3d7160a6bec0f85ab")]
    public async Task Wrong_token_is_forbidden(string query)
    {
        Assert.That(await FileStoreHost.PutAsync(_store.BaseUrl + "foo/bar.jpg" + query, Content), Is.EqualTo(403));
        Assert.That(_store.FilesOnDisk(), Is.Empty);
    }

    [Test]
    public async Task Two_tokens_are_one_too_many()
    {
        var url = _store.SignedUrl("foo/bar", Content.Length);
        Assert.That(await FileStoreHost.PutAsync(url + "&v2=" + new string('0', 64), Content), Is.EqualTo(403));
        Assert.That(await FileStoreHost.PutAsync(url + "&v=" + new string('0', 64), Content), Is.EqualTo(403));
    }

    [TestCase(-1)]
    [TestCase(1)]
    public async Task Other_size_than_the_signed_one_is_forbidden(int difference) =>
        Assert.That(await FileStoreHost.PutAsync(_store.SignedUrl("foo/bar", Content.Length + difference), Content), Is.EqualTo(403));

    [Test]
    public async Task Token_for_another_file_is_forbidden() =>
        Assert.That(await FileStoreHost.PutAsync(_store.SignedUrl("foo/bar", Content.Length).Replace("/bar", "/baz"), Content), Is.EqualTo(403));

    [Test]
    public async Task Second_upload_is_a_conflict_and_changes_nothing()
    {
        var url = _store.SignedUrl("foo/bar", Content.Length);
        Assert.That(await FileStoreHost.PutAsync(url, Content), Is.EqualTo(201));
        Assert.That(await FileStoreHost.PutAsync(url, new byte[Content.Length]), Is.EqualTo(409));
        Assert.That(await FileStoreHost.Http.GetByteArrayAsync(new Uri(_store.BaseUrl + "foo/bar")), Is.EqualTo(Content));
    }

    [Test]
    public async Task Of_uploads_at_the_same_time_one_wins()
    {
        var url = _store.SignedUrl("foo/bar", Content.Length);
        var statuses = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => FileStoreHost.PutAsync(url, Content)));
        Assert.That(statuses, Has.Exactly(1).EqualTo(201).And.Exactly(19).EqualTo(409));
        Assert.That(_store.FilesOnDisk(), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Many_uploads_at_the_same_time_are_all_kept()
    {
        var urls = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => _store.StoreAsync($"random/{i}", BitConverter.GetBytes(i))));
        for (var i = 0; i < urls.Length; i++) Assert.That(await FileStoreHost.Http.GetByteArrayAsync(new Uri(urls[i])), Is.EqualTo(BitConverter.GetBytes(i)));
    }

    [Test]
    public async Task Length_must_be_told()
    {
        var target = new Uri(_store.SignedUrl("foo/bar", 3)).PathAndQuery;
        await using var chunked = await _store.ConnectAsync($"PUT {target} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
        Assert.That(await FileStoreHost.ReadStatusAsync(chunked), Is.EqualTo(411));
    }

    [Test]
    public async Task Larger_than_the_store_takes_is_too_large()
    {
        Assert.That(await FileStoreHost.PutAsync(_store.SignedUrl("foo/bar", 1_000_001), new byte[1_000_001]), Is.EqualTo(413));
        Assert.That(await FileStoreHost.PutAsync(_store.SignedUrl("foo/bar", 1_000_000), new byte[1_000_000]), Is.EqualTo(201));
        Assert.That(_store.Store.MaxFileSize, Is.EqualTo(1_000_000));
    }

    [Test]
    public async Task Larger_than_the_web_server_takes_by_default_is_stored()
    {
        await using var unlimited = await FileStoreHost.StartAsync();
        var large = RandomNumberGenerator.GetBytes(40_000_000);
        var url = await unlimited.StoreAsync("foo/large", large);
        Assert.That(SHA256.HashData(await FileStoreHost.Http.GetByteArrayAsync(new Uri(url))), Is.EqualTo(SHA256.HashData(large)));
    }

    [Test]
    public async Task Full_disk_is_told_before_anything_is_sent()
    {
        await using var full = await FileStoreHost.StartAsync("minFreeSpace=1000 TB");
        Assert.That(await FileStoreHost.PutAsync(full.SignedUrl("foo/bar", Content.Length), Content), Is.EqualTo(507));
    }

    [Test]
    public async Task Failing_disk_is_told()
    {
        Directory.Delete(Path.Combine(_store.Folder, "tmp"));
        Assert.That(await FileStoreHost.PutAsync(_store.SignedUrl("foo/bar", Content.Length), Content), Is.EqualTo(507));
    }

    [Test]
    public async Task Failing_ledger_is_told_and_leaves_nothing()
    {
        var target = new Uri(_store.SignedUrl("foo/bar", Content.Length)).PathAndQuery;
        await using var client = await _store.ConnectAsync($"PUT {target} HTTP/1.1\r\nHost: x\r\nContent-Length: {Content.Length}\r\n\r\n");
        await client.WriteAsync(Content.AsMemory(0, 70_000));
        await UntilAsync(() => _store.FilesOnDisk().Length == 1);
        await _store.CloseLedgerAsync();
        await client.WriteAsync(Content.AsMemory(70_000));
        Assert.That(await FileStoreHost.ReadStatusAsync(client), Is.EqualTo(507));
        Assert.That(_store.FilesOnDisk(), Is.Empty);
    }

    // 70 KB at once are enough for minutes at the web server's lowest rate.
    [Test]
    public async Task Upload_that_stalls_after_a_quick_start_is_ended()
    {
        await using var store = await FileStoreHost.StartAsync("minUploadRate=1 MiB");
        var target = new Uri(store.SignedUrl("foo/bar", Content.Length)).PathAndQuery;
        await using var client = await store.ConnectAsync($"PUT {target} HTTP/1.1\r\nHost: x\r\nContent-Length: {Content.Length}\r\n\r\n");
        await client.WriteAsync(Content.AsMemory(0, 70_000));
        Assert.That(await FileStoreHost.ReadStatusAsync(client), Is.EqualTo(408));
        await UntilAsync(() => store.FilesOnDisk().Length == 0);
    }

    [Test]
    public async Task Interrupted_upload_leaves_nothing_and_can_be_repeated()
    {
        var url = _store.SignedUrl("foo/bar", Content.Length);
        await using (var broken = await _store.ConnectAsync($"PUT {new Uri(url).PathAndQuery} HTTP/1.1\r\nHost: x\r\nContent-Length: {Content.Length}\r\n\r\n"))
        {
            await broken.WriteAsync(Content.AsMemory(0, 70_000));
            await UntilAsync(() => _store.FilesOnDisk().Length == 1);
            Assert.That((await FileStoreHost.SendAsync(HttpMethod.Get, _store.BaseUrl + "foo/bar")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound), "what is not whole is not served");
        }

        await UntilAsync(() => _store.FilesOnDisk().Length == 0);
        Assert.That(await FileStoreHost.PutAsync(url, Content), Is.EqualTo(201));
    }

    [Test]
    public async Task What_an_earlier_run_was_receiving_is_swept_away()
    {
        var left = Path.Combine(_store.Folder, "tmp", "left");
        await File.WriteAllTextAsync(left, "half");
        await new Plugins.FileStore.Disk.FileDepot(_store.Folder, new()).StartAsync(CancellationToken.None);
        Assert.That(File.Exists(left), Is.False);
    }

    [Test]
    public async Task Stalled_upload_is_ended_while_others_go_on()
    {
        var target = new Uri(_store.SignedUrl("foo/slow", Content.Length)).PathAndQuery;
        await using var slow = await _store.ConnectAsync($"PUT {target} HTTP/1.1\r\nHost: x\r\nContent-Length: {Content.Length}\r\n\r\nabc");
        await _store.StoreAsync("foo/quick", Content);
        Assert.That(await FileStoreHost.ReadStatusAsync(slow), Is.EqualTo(408));
        Assert.That(_store.FilesOnDisk(), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Client_that_waits_for_permission_gets_it()
    {
        var target = new Uri(_store.SignedUrl("foo/bar", 3)).PathAndQuery;
        await using var client = await _store.ConnectAsync($"PUT {target} HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
        var buffer = new byte[4096];
        Assert.That(Encoding.ASCII.GetString(buffer, 0, await client.ReadAsync(buffer)), Does.StartWith("HTTP/1.1 100 "));
        await client.WriteAsync("abc"u8.ToArray());
        Assert.That(await FileStoreHost.ReadStatusAsync(client), Is.EqualTo(201));
    }

    [Test]
    public async Task Client_that_waits_for_permission_is_refused_before_it_sends()
    {
        var target = new Uri(_store.SignedUrl("foo/bar", 3)).PathAndQuery.Replace("bar", "baz");
        await using var client = await _store.ConnectAsync($"PUT {target} HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
        Assert.That(await FileStoreHost.ReadStatusAsync(client), Is.EqualTo(403));
    }

    [TestCase("text/ht\u00fcml", 1, 400)]
    [TestCase("a", 255, 201)]
    [TestCase("a", 256, 400)]
    public async Task What_cannot_be_a_content_type_is_refused(string text, int times, int status)
    {
        var target = new Uri(_store.SignedUrl("foo/bar", 3)).PathAndQuery;
        var type = string.Concat(Enumerable.Repeat(text, times));
        await using var client = await _store.ConnectAsync($"PUT {target} HTTP/1.1\r\nHost: x\r\nContent-Type: {type}\r\nContent-Length: 3\r\n\r\nabc");
        Assert.That(await FileStoreHost.ReadStatusAsync(client), Is.EqualTo(status));
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var i = 0; i < 200 && !condition(); i++) await Task.Delay(25);
        Assert.That(condition(), Is.True);
    }
}
