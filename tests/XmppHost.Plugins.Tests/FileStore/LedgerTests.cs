using System.Security.Cryptography;
using XmppHost.Addressing;
using XmppHost.Plugins.FileStore;
using XmppHost.Plugins.FileStore.Disk;
using XmppHost.Storage;

namespace XmppHost.Plugins.Tests.FileStore;

/// <summary>Disk and ledger tell the same, whatever happens.</summary>
public sealed class LedgerTests
{
    private static readonly byte[] Content = RandomNumberGenerator.GetBytes(1000);

    private FileStoreHost _store = null!;

    [SetUp]
    public async Task Start() => _store = await FileStoreHost.StartAsync();

    [TearDown]
    public async Task Stop() => await _store.DisposeAsync();

    [Test]
    public async Task Slot_is_stored_when_its_file_is_there()
    {
        await AddAsync(Entry());
        Assert.That(await FileStoreHost.PutAsync(_store.SignedUrl("abc/x", Content.Length), Content), Is.EqualTo(201));
        Assert.That(await FindAsync("abc/x"), Is.EqualTo(Entry() with { State = UploadState.Stored }));
    }

    [Test]
    public async Task Slot_that_another_server_signed_is_nobodys()
    {
        await _store.StoreAsync("abc/def/très cool.jpg", Content, "image/jpeg");
        var entry = (await FindAsync("abc/def/très cool.jpg"))!;
        Assert.That(entry with { Issued = default }, Is.EqualTo(new UploadEntry(
            "example.org", "abc/def/très cool.jpg", "fileStore", null, "très cool.jpg", Content.Length, "image/jpeg", "message", default, null, null, UploadState.Stored)));
        Assert.That(entry.Issued, Is.EqualTo(_store.Clock.GetUtcNow()).Within(TimeSpan.FromMinutes(5)));
    }

    [Test]
    public async Task Slot_of_our_own_is_good_only_while_it_is_in_the_ledger()
    {
        var token = Convert.ToHexStringLower(HMACSHA256.HashData(System.Text.Encoding.UTF8.GetBytes(_store.Store.Secret), System.Text.Encoding.UTF8.GetBytes($"abc/x {Content.Length}")));
        Assert.That(_store.Store.Secret, Is.Not.EqualTo(FileStoreHost.Secret));
        Assert.That(await FileStoreHost.PutAsync($"{_store.BaseUrl}abc/x?v={token}", Content), Is.EqualTo(403));
        await AddAsync(Entry());
        Assert.That(await FileStoreHost.PutAsync($"{_store.BaseUrl}abc/x?v={token}", Content), Is.EqualTo(201));
    }

    [Test]
    public async Task Slot_is_not_stored_while_its_upload_is_under_way_or_when_it_failed()
    {
        await AddAsync(Entry());
        var target = new Uri(_store.SignedUrl("abc/x", Content.Length)).PathAndQuery;
        await using (await _store.ConnectAsync($"PUT {target} HTTP/1.1\r\nHost: x\r\nContent-Length: {Content.Length}\r\n\r\nabc"))
        {
            await UntilAsync(() => _store.FilesOnDisk().Length == 1);
            Assert.That((await FindAsync("abc/x"))!.State, Is.EqualTo(UploadState.Issued));
        }

        await UntilAsync(() => _store.FilesOnDisk().Length == 0);
        Assert.That((await FindAsync("abc/x"))!.State, Is.EqualTo(UploadState.Issued));
    }

    [TestCase("slot", 403)]
    [TestCase("expiry", 403)]
    [TestCase("deleted", 403)]
    [TestCase("size", 403)]
    [TestCase("none", 201)]
    public async Task Slot_that_is_over_is_refused(string what, int status)
    {
        var now = _store.Clock.GetUtcNow();
        await AddAsync(what switch
        {
            "slot" => Entry() with { SlotEnds = now.AddSeconds(-1) },
            "expiry" => Entry() with { Expires = now.AddSeconds(-1) },
            "deleted" => Entry() with { State = UploadState.Deleted },
            "size" => Entry() with { Size = Content.Length + 1 },
            _ => Entry() with { SlotEnds = now.AddMinutes(5), Expires = now.AddMinutes(5) },
        });
        Assert.That(await FileStoreHost.PutAsync(_store.SignedUrl("abc/x", Content.Length), Content), Is.EqualTo(status));
        Assert.That(_store.FilesOnDisk(), Has.Length.EqualTo(status == 201 ? 1 : 0));
    }

    [Test]
    public async Task Expired_file_is_not_served_and_then_swept_away()
    {
        await AddAsync(Entry() with { Expires = Truncate(_store.Clock.GetUtcNow().AddHours(1)) });
        await AddAsync(Entry("abc/y"));
        var url = await _store.StoreAsync("abc/x", Content);
        var other = await _store.StoreAsync("abc/y", Content);
        _store.Clock.Ahead = TimeSpan.FromHours(1);
        Assert.That(await StatusAsync(url), Is.EqualTo(404));
        Assert.That(_store.FilesOnDisk(), Has.Length.EqualTo(2));

        await _store.RestartServicesAsync();
        await UntilAsync(() => _store.FilesOnDisk().Length == 1);
        await UntilAsync(() => FindAsync("abc/x").Result!.State == UploadState.Deleted);
        Assert.That(await StatusAsync(other), Is.EqualTo(200));
        Assert.That((await FindAsync("abc/y"))!.State, Is.EqualTo(UploadState.Stored));
        Assert.That(await FileStoreHost.PutAsync(_store.SignedUrl("abc/x", Content.Length), Content), Is.EqualTo(403), "a slot is good for one file");
    }

    [Test]
    public async Task Entry_of_a_deleted_file_is_forgotten_after_its_day()
    {
        await AddAsync(Entry() with { State = UploadState.Deleted });
        await AddAsync(Entry("abc/y") with { State = UploadState.Deleted, Issued = Truncate(_store.Clock.GetUtcNow().AddDays(-2)) });
        await _store.RestartServicesAsync();
        await UntilAsync(() => FindAsync("abc/y").Result is null);
        Assert.That(await FindAsync("abc/x"), Is.Not.Null);
    }

    // What a killed server leaves: the file is whole and held, the ledger has not heard of it, or has heard already.
    [TestCase(UploadState.Issued)]
    [TestCase(UploadState.Held)]
    [TestCase(UploadState.Stored)]
    [TestCase(null)]
    public async Task File_that_a_killed_server_had_received_is_served_after_the_next_start(UploadState? state)
    {
        await LeaveHeldAsync();
        if (state is { } known) await AddAsync(Entry() with { State = known });
        await _store.RestartServicesAsync();
        Assert.That((await FindAsync("abc/x"))!.State, Is.EqualTo(UploadState.Stored));
        Assert.That(await FileStoreHost.Http.GetByteArrayAsync(new Uri(_store.BaseUrl + "abc/x")), Is.EqualTo(Content));
        Assert.That(_store.FilesOnDisk(), Has.Length.EqualTo(1));
    }

    [TestCase(UploadState.Deleted, 404)]
    [TestCase(UploadState.Quarantined, 404)]
    public async Task File_that_a_killed_server_had_decided_against_is_not_served_after_the_next_start(UploadState state, int status)
    {
        await LeaveHeldAsync();
        await AddAsync(Entry() with { State = state });
        await _store.RestartServicesAsync();
        Assert.That((await FindAsync("abc/x"))!.State, Is.EqualTo(state));
        Assert.That(await StatusAsync(_store.BaseUrl + "abc/x"), Is.EqualTo(status));
    }

    [Test]
    public async Task File_in_two_places_after_a_kill_is_in_one_after_the_next_start()
    {
        await _store.StoreAsync("abc/x", Content);
        await LeaveHeldAsync();
        await _store.RestartServicesAsync();
        Assert.That(_store.FilesOnDisk(), Has.Length.EqualTo(1));
        Assert.That(await StatusAsync(_store.BaseUrl + "abc/x"), Is.EqualTo(200));
    }

    [Test]
    public async Task Entry_without_a_file_does_not_stay()
    {
        await AddAsync(Entry() with { State = UploadState.Stored });
        await _store.StoreAsync("abc/y", Content);
        await _store.RestartServicesAsync();
        await UntilAsync(() => FindAsync("abc/x").Result!.State == UploadState.Deleted);
        Assert.That((await FindAsync("abc/y"))!.State, Is.EqualTo(UploadState.Stored));
    }

    private UploadEntry Entry(string key = "abc/x") => new(
        "example.org", key, "fileStore", Jid.Parse("romeo@example.org"), key[4..], Content.Length, null, "message", Truncate(_store.Clock.GetUtcNow().Date), null, null, UploadState.Issued);

    private ValueTask AddAsync(UploadEntry entry) => _store.Ledger.AddAsync(entry, CancellationToken.None);

    private Task<UploadEntry?> FindAsync(string key) => _store.Ledger.FindAsync("example.org", key, CancellationToken.None).AsTask();

    private async Task LeaveHeldAsync()
    {
        byte[] file = [.. Content, .. StoredFile.Trailer(new FileFacts("abc/x", "text/plain"))];
        await File.WriteAllBytesAsync(Path.Combine(_store.Folder, "held", UploadPath.KeyOf("abc/x")), file);
    }

    private static async Task<int> StatusAsync(string url)
    {
        using var response = await FileStoreHost.SendAsync(HttpMethod.Get, url);
        return (int)response.StatusCode;
    }

    private static DateTimeOffset Truncate(DateTimeOffset time) => new(time.UtcDateTime.AddTicks(-(time.Ticks % TimeSpan.TicksPerMillisecond)), TimeSpan.Zero);

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var i = 0; i < 1200 && !condition(); i++) await Task.Delay(25);
        Assert.That(condition(), Is.True);
    }
}
