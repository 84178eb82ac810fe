using XmppHost.Plugins.HttpUpload;
using XmppHost.Plugins.HttpUpload.Backends;
using XmppHost.Plugins.Tests.FileStore;
using XmppHost.Storage;
using XmppHost.Testing.Services;

namespace XmppHost.Plugins.Tests.HttpUpload;

/// <summary>The check against upload services that verify tokens: the reference scripts, and our own store.</summary>
public sealed class ExternalCheckTests
{
    [TestCase("V1")]
    [TestCase("V2")]
    public async Task Reference_service_passes(string protocol)
    {
        var share = await ShareScript.SharedAsync();
        var run = await RunAsync(protocol == "V1" ? share.V1 : share.V2, share.Secret, protocol);
        Assert.That(run.Failed, Is.Empty, run.ToString());
        Assert.That(run["size"], Does.Contain("is refused (403)"));
        Assert.That(run["signature"], Does.Contain("is refused (403)"));
        Assert.That(run["delete"], Does.StartWith("this backend cannot delete"));
    }

    [TestCase("V1")]
    [TestCase("V2")]
    [TestCase("Token")]
    [TestCase("Jwt")]
    public async Task Store_of_another_server_passes(string protocol)
    {
        await using var store = await FileStoreHost.StartAsync("deleteSecret=delete it");
        var run = await RunAsync(new Uri(store.BaseUrl), FileStoreHost.Secret, protocol, "delete it");
        Assert.That(run.Failed.Concat(run.Warned), Is.EqualTo(new[] { "https" }), run.ToString());
        Assert.That(run["delete"], Is.EqualTo("the file is gone"));
    }

    [Test]
    public async Task Embedded_store_passes()
    {
        await using var store = await FileStoreHost.StartAsync();
        var run = await CheckRun.OfEmbeddedAsync(new EmbeddedUploadBackend(new Elsewhere(store), TimeSpan.FromMinutes(5), TimeProvider.System), store.Ledger);
        Assert.That(await store.Ledger.ListAsync(new UploadQuery("example.org"), default), Is.Empty, "nothing is left behind");
        Assert.That(run.Failed.Concat(run.Warned), Is.EqualTo(new[] { "https" }), run.ToString());
    }

    [TestCase("wrong secret", "V1")]
    [TestCase("wrong secret", "Jwt")]
    public async Task Wrong_secret_is_explained(string secret, string protocol)
    {
        await using var store = await FileStoreHost.StartAsync();
        var run = await RunAsync(new Uri(store.BaseUrl), secret, protocol);
        Assert.That(run.Failed, Is.EqualTo(new[] { "put" }), run.ToString());
        Assert.That(run["put"], Does.Contain("secret or protocol differ from the service's"));
    }

    [Test]
    public async Task Protocol_that_the_service_does_not_speak_is_explained()
    {
        var share = await ShareScript.SharedAsync();
        var run = await RunAsync(share.V2, share.Secret, "V1");
        Assert.That(run.Failed, Is.EqualTo(new[] { "put" }), run.ToString());
        Assert.That(run["put"], Does.Contain("secret or protocol differ from the service's"));
    }

    [Test]
    public async Task Wrong_delete_secret_is_explained()
    {
        await using var store = await FileStoreHost.StartAsync("deleteSecret=delete it");
        var run = await RunAsync(new Uri(store.BaseUrl), FileStoreHost.Secret, "Token", "delete that");
        Assert.That(run.Failed, Is.EqualTo(new[] { "delete" }), run.ToString());
        Assert.That(run["delete"], Does.Contain("deleteSecret differs from the service's"));
    }

    private static async Task<CheckRun> RunAsync(Uri url, string secret, string protocol, string? deleteSecret = null)
    {
        var options = new ExternalOptions { BaseUrl = url, Secret = new Secret(secret), Protocol = Enum.Parse<ServiceProtocol>(protocol) };
        var signer = new ExternalSigner(url, secret, Enum.Parse<ExternalProtocol>(protocol), keepNames: false, TimeSpan.FromMinutes(5), TimeProvider.System);
        using var backend = new ExternalUploadBackend(signer, deleteSecret, TimeSpan.FromHours(1), TimeProvider.System);
        return await CheckRun.OfExternalAsync(options, backend);
    }

    /// <summary>The store, at the address where the test reaches it.</summary>
    private sealed class Elsewhere(FileStoreHost host) : Hosting.IUploadStore
    {
        public Uri BaseUrl { get; } = new(host.BaseUrl);

        public string Secret => host.Store.Secret;

        public long MaxFileSize => host.Store.MaxFileSize;

        public ValueTask<bool> DeleteAsync(string key, CancellationToken ct) => host.Store.DeleteAsync(key, ct);
    }
}
