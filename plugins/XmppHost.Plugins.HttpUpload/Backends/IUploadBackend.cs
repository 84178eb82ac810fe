using XmppHost.Plugins.HttpUpload.Slots;

namespace XmppHost.Plugins.HttpUpload.Backends;

/// <summary>Makes slots in one kind of store.</summary>
internal interface IUploadBackend
{
    /// <summary>True when making a slot may ask someone over the network.</summary>
    bool MayWait => false;

    ValueTask<UploadSlot> CreateSlotAsync(FileRequest file, CancellationToken ct);
}
