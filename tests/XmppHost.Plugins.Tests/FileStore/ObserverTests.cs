using System.Security.Cryptography;
using XmppHost.Hosting;
using XmppHost.Storage;

namespace XmppHost.Plugins.Tests.FileStore;

/// <summary>Whoever is told of uploads decides whether they are served.</summary>
public sealed class ObserverTests
{
    private static readonly byte[] Content = RandomNumberGenerator.GetBytes(100_000);

    private readonly Observer _observer = new();
    private FileStoreHost _store = null!;

    [SetUp]
    public async Task Start() => _store = await FileStoreHost.StartAsync("example.org", ["holdRetry=1 s"], new Observer(), _observer);

    [TearDown]
    public async Task Stop() => await _store.DisposeAsync();

    [Test]
    public async Task Observer_reads_the_file_before_anybody_else()
    {
        FinishedUpload? seen = null;
        var status = 0;
        byte[] read = [];
        _observer.Decide = async upload =>
        {
            seen = upload;
            await using var stream = await upload.OpenAsync(CancellationToken.None);
            using var memory = new MemoryStream();
            await stream.CopyToAsync(memory);
            read = memory.ToArray();
            status = await StatusAsync();
            return UploadVerdict.Serve;
        };
        Assert.That(await PutAsync(), Is.EqualTo(201));
        Assert.That(read, Is.EqualTo(Content));
        Assert.That(status, Is.EqualTo(503));
        Assert.That(seen!.Entry, Has.Property("Key").EqualTo("abc/très cool").And.Property("State").EqualTo(UploadState.Issued).And.Property("Size").EqualTo(Content.Length));
        Assert.That(seen.Url.AbsoluteUri, Is.EqualTo("http://127.0.0.1/upload/example.org/abc/tr%C3%A8s%20cool"));
        Assert.That(await StatusAsync(), Is.EqualTo(200));
        Assert.That(await StateAsync(), Is.EqualTo(UploadState.Stored));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Held_file_is_served_when_the_observer_says_so(bool fails)
    {
        _observer.Decide = _ => fails ? throw new IOException("the scanner is down") : Task.FromResult(UploadVerdict.Hold);
        Assert.That(await PutAsync(), Is.EqualTo(201));
        Assert.That(await PutAsync(), Is.EqualTo(409));
        using (var held = await FileStoreHost.SendAsync(HttpMethod.Get, Url))
        {
            Assert.That((int)held.StatusCode, Is.EqualTo(503));
            Assert.That(held.Headers.RetryAfter!.Delta, Is.EqualTo(TimeSpan.FromSeconds(1)));
        }

        Assert.That(await StateAsync(), Is.EqualTo(UploadState.Held));
        _observer.Decide = _ => Task.FromResult(UploadVerdict.Serve);
        await UntilAsync(async () => await StatusAsync() == 200);
        Assert.That(await StateAsync(), Is.EqualTo(UploadState.Stored));
    }

    [Test]
    public async Task Held_file_is_asked_for_again_after_a_restart()
    {
        _observer.Decide = _ => Task.FromResult(UploadVerdict.Hold);
        Assert.That(await PutAsync(), Is.EqualTo(201));
        await _store.RestartServicesAsync();
        Assert.That(await StatusAsync(), Is.EqualTo(503));
        _observer.Decide = _ => Task.FromResult(UploadVerdict.Quarantine);
        await UntilAsync(async () => await StatusAsync() == 404);
        Assert.That(await StateAsync(), Is.EqualTo(UploadState.Quarantined));
    }

    [Test]
    public async Task Quarantined_file_is_kept_and_never_served()
    {
        _observer.Decide = _ => Task.FromResult(UploadVerdict.Quarantine);
        Assert.That(await PutAsync(), Is.EqualTo(403));
        Assert.That(await StatusAsync(), Is.EqualTo(404));
        Assert.That(await StateAsync(), Is.EqualTo(UploadState.Quarantined));
        Assert.That(_store.FilesOnDisk().Single(), Does.Contain("/quarantine/"));

        _observer.Decide = _ => Task.FromResult(UploadVerdict.Serve);
        Assert.That(await PutAsync(), Is.EqualTo(409));
        await _store.RestartServicesAsync();
        Assert.That(await StatusAsync(), Is.EqualTo(404));
        Assert.That(await _store.Store.DeleteAsync("abc/très cool", CancellationToken.None), Is.True);
        Assert.That(_store.FilesOnDisk(), Is.Empty);
    }

    [Test]
    public async Task File_that_is_deleted_while_it_is_looked_at_stays_deleted()
    {
        await _store.Ledger.AddAsync(
            new UploadEntry("example.org", "abc/très cool", "fileStore", null, "x", Content.Length, null, "message", _store.Clock.GetUtcNow(), null, null, UploadState.Issued), CancellationToken.None);
        _observer.Decide = async _ =>
        {
            await _store.Ledger.MoveAsync("example.org", "abc/très cool", UploadState.Deleted, CancellationToken.None);
            return UploadVerdict.Serve;
        };
        Assert.That(await PutAsync(), Is.EqualTo(403));
        Assert.That(_store.FilesOnDisk(), Is.Empty);
        Assert.That(await StateAsync(), Is.EqualTo(UploadState.Deleted));
    }

    private string Url => _store.BaseUrl + FileStoreHost.Encode("abc/très cool");

    private Task<int> PutAsync() => FileStoreHost.PutAsync(_store.SignedUrl("abc/très cool", Content.Length), Content);

    private async Task<UploadState> StateAsync() => (await _store.Ledger.FindAsync("example.org", "abc/très cool", CancellationToken.None))!.State;

    private async Task<int> StatusAsync()
    {
        using var response = await FileStoreHost.SendAsync(HttpMethod.Get, Url);
        return (int)response.StatusCode;
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        for (var i = 0; i < 600 && !await condition(); i++) await Task.Delay(50);
        Assert.That(await condition(), Is.True);
    }

    private sealed class Observer : IUploadObserver
    {
        internal Func<FinishedUpload, Task<UploadVerdict>> Decide { get; set; } = _ => Task.FromResult(UploadVerdict.Serve);

        public async ValueTask<UploadVerdict> UploadedAsync(FinishedUpload upload, CancellationToken ct) => await Decide(upload);
    }
}
