using XmppHost.Hosting;
using XmppHost.Plugins.HttpUpload.Slots;
using XmppHost.Storage;

namespace XmppHost.Plugins.HttpUpload.Backends;

/// <summary>This host's own upload service, which is as exact with names as we are.</summary>
internal sealed class EmbeddedUploadBackend(IUploadStore store, TimeSpan ttl, TimeProvider time) : IUploadBackend
{
    // The store's address is known when the server runs, not when its parts are put together.
    private readonly Lazy<ExternalSigner> _signer = new(() => new ExternalSigner(store.BaseUrl, store.Secret, ExternalProtocol.V2WhereTyped, keepNames: true, ttl, time));

    public string Name => "fileStore";

    public bool KeepsLedger => true;

    public string? KeyOf(Uri url) => _signer.Value.KeyOf(url);

    public string GetUrl(string key) => _signer.Value.GetUrl(key);

    public async ValueTask<IReadOnlyList<string>> DeleteAsync(IReadOnlyList<UploadEntry> entries, CancellationToken ct)
    {
        // A file that is gone already is gone.
        foreach (var entry in entries) await store.DeleteAsync(entry.Key, ct).ConfigureAwait(false);
        return [.. entries.Select(e => e.Key)];
    }

    public ValueTask<UploadSlot> CreateSlotAsync(FileRequest file, CancellationToken ct) => ValueTask.FromResult(_signer.Value.Sign(file));
}
