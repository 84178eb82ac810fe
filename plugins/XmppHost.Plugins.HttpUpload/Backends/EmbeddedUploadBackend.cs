using XmppHost.Hosting;
using XmppHost.Plugins.HttpUpload.Slots;

namespace XmppHost.Plugins.HttpUpload.Backends;

/// <summary>This host's own upload service, which is as exact with names as we are.</summary>
internal sealed class EmbeddedUploadBackend(IUploadStore store) : IUploadBackend
{
    // The store's address is known when the server runs, not when its parts are put together.
    private readonly Lazy<ExternalUploadBackend> _protocol = new(() => new ExternalUploadBackend(store.BaseUrl, store.Secret, ExternalProtocol.V2WhereTyped, keepNames: true));

    public ValueTask<UploadSlot> CreateSlotAsync(FileRequest file, CancellationToken ct) => _protocol.Value.CreateSlotAsync(file, ct);
}
