using XmppHost.Plugins.HttpUpload.Slots;

namespace XmppHost.Plugins.HttpUpload.Backends;

internal sealed class S3UploadBackend(S3Options options, TimeSpan slotTtl) : IUploadBackend
{
    public ValueTask<UploadSlot> CreateSlotAsync(FileRequest file, CancellationToken ct) => throw new NotSupportedException($"{options} {slotTtl}");
}
