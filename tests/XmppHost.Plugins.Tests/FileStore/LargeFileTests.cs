using XmppHost.Plugins.FileStore;
using XmppHost.Plugins.FileStore.Disk;

namespace XmppHost.Plugins.Tests.FileStore;

/// <summary>A file of more than 5 GiB: all zeros, which take no room on the disk, but for its ends.</summary>
public sealed class LargeFileTests
{
    private const long Length = (5L << 30) + 7;

    private static readonly byte[] Start = [1, 2, 3, 4];
    private static readonly byte[] End = [5, 6, 7, 8];

    private FileStoreHost _store = null!;
    private string _url = "";

    [SetUp]
    public async Task StartStore()
    {
        _store = await FileStoreHost.StartAsync();
        var key = UploadPath.KeyOf("abc/large");
        var folder = Directory.CreateDirectory(Path.Combine(_store.Folder, key[..2])).FullName;
        using var file = File.OpenHandle(Path.Combine(folder, key), FileMode.CreateNew, FileAccess.Write);
        RandomAccess.Write(file, Start, 0);
        RandomAccess.Write(file, End, Length - End.Length);
        RandomAccess.Write(file, StoredFile.Trailer(new FileFacts("abc/large", "video/mp4")), Length);
        _url = _store.BaseUrl + "abc/large";
    }

    [TearDown]
    public async Task StopStore() => await _store.DisposeAsync();

    [Test]
    public async Task Its_length_is_told()
    {
        using var response = await FileStoreHost.SendAsync(HttpMethod.Head, _url);
        Assert.That(response.Content.Headers.ContentLength, Is.EqualTo(Length));
    }

    [TestCase("bytes=0-3", 0L, "01020304")]
    [TestCase("bytes=-4", Length - 4, "05060708")]
    [TestCase("bytes=5368709121-", 5_368_709_121L, "000005060708")]
    [TestCase("bytes=4294967295-4294967297", 4_294_967_295L, "000000")]
    public async Task Its_parts_are_found_beyond_32_bits(string range, long first, string bytes)
    {
        using var response = await FileStoreHost.SendAsync(HttpMethod.Get, _url, ("Range", range));
        Assert.That(response.Content.Headers.ContentRange!.From, Is.EqualTo(first));
        Assert.That(response.Content.Headers.ContentRange.Length, Is.EqualTo(Length));
        Assert.That(Convert.ToHexString(await response.Content.ReadAsByteArrayAsync()), Is.EqualTo(bytes));
    }

    [Test]
    public async Task Upload_of_that_size_is_begun_and_asked_for()
    {
        var target = new Uri(_store.SignedUrl("abc/other", Length)).PathAndQuery;
        await using var client = await _store.ConnectAsync($"PUT {target} HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: {Length}\r\n\r\n");
        Assert.That(await FileStoreHost.ReadStatusAsync(client), Is.EqualTo(100));
    }
}
