using XmppHost.Storage;

namespace XmppHost.Plugins.Tests.FileStore;

/// <summary>Deleting by the token that Metronome's upload module makes.</summary>
public sealed class DeleteTests
{
    private FileStoreHost _store = null!;
    private string _url = "";

    [SetUp]
    public async Task Start()
    {
        _store = await FileStoreHost.StartAsync("deleteSecret=delete it");
        _url = await _store.StoreAsync("foo/très cool.jpg", [1, 2, 3]);
    }

    [TearDown]
    public async Task Stop() => await _store.DisposeAsync();

    [Test]
    public async Task File_is_deleted_by_whoever_has_both_secrets()
    {
        Assert.That(await DeleteAsync($"?token={Token("foo/très cool.jpg")}"), Is.EqualTo(204));
        Assert.That(_store.FilesOnDisk(), Is.Empty);
        Assert.That((await _store.Ledger.FindAsync("example.org", "foo/très cool.jpg", CancellationToken.None))!.State, Is.EqualTo(UploadState.Deleted));
        Assert.That(await DeleteAsync($"?token={Token("foo/très cool.jpg")}"), Is.EqualTo(404));
        Assert.That(await FileStoreHost.PutAsync(_store.SignedUrl("foo/très cool.jpg", 3), [1, 2, 3]), Is.EqualTo(403), "the slot was used");
    }

    [TestCase("", "")]
    [TestCase("token", "foo/other")]
    [TestCase("v", "foo/très cool.jpg")]
    [TestCase("v2", "foo/très cool.jpg")]
    public async Task Anything_else_is_forbidden(string parameter, string path)
    {
        Assert.That(await DeleteAsync(parameter.Length == 0 ? "" : $"?{parameter}={Token(path)}"), Is.EqualTo(403));
        Assert.That(await DeleteAsync($"?token={Token("foo/très cool.jpg")}&v=0"), Is.EqualTo(403));
        Assert.That(_store.FilesOnDisk(), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Upload_token_does_not_delete() =>
        Assert.That(await DeleteAsync($"?token={FileStoreHost.Hmac("foo/très cool.jpg\0" + "3\0application/octet-stream")}"), Is.EqualTo(403));

    [Test]
    public async Task Browsers_are_told_that_they_may_delete()
    {
        using var response = await FileStoreHost.SendAsync(HttpMethod.Options, _url);
        Assert.That(response.Headers.GetValues("Access-Control-Allow-Methods").Single(), Does.Contain("DELETE"));
    }

    [Test]
    public async Task Nobody_deletes_without_a_second_secret()
    {
        await using var store = await FileStoreHost.StartAsync();
        var url = await store.StoreAsync("foo/bar", [1]);
        using var response = await FileStoreHost.SendAsync(HttpMethod.Delete, $"{url}?token={FileStoreHost.Hmac("foo/bar\0")}");
        Assert.That((int)response.StatusCode, Is.EqualTo(405));
    }

    private static string Token(string path) => FileStoreHost.Hmac($"{path}\0delete it");

    private async Task<int> DeleteAsync(string query)
    {
        using var response = await FileStoreHost.SendAsync(HttpMethod.Delete, _url + query);
        return (int)response.StatusCode;
    }
}
