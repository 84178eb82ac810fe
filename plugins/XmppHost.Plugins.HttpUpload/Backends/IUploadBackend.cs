using XmppHost.Plugins.HttpUpload.Slots;
using XmppHost.Storage;

namespace XmppHost.Plugins.HttpUpload.Backends;

/// <summary>One kind of store: makes slots in it, and looks after what came of them.</summary>
internal interface IUploadBackend
{
    /// <summary>As in config and in the ledger: <c>fileStore</c>, <c>s3</c>, <c>external</c>.</summary>
    string Name { get; }

    /// <summary>True when making a slot may ask someone over the network.</summary>
    bool MayWait => false;

    /// <summary>True when the store itself moves entries of the ledger on as files arrive, so that nobody needs to look.</summary>
    bool KeepsLedger => false;

    /// <summary>False when files cannot be deleted from here at all: then expired ones are only forgotten, and whoever keeps them sees to it.</summary>
    bool CanDelete => true;

    ValueTask<UploadSlot> CreateSlotAsync(FileRequest file, CancellationToken ct);

    /// <summary>The ledger's key of a URL that this backend has handed out for download; null for any other URL.</summary>
    string? KeyOf(Uri url);

    /// <summary>The URL for download of a key.</summary>
    string GetUrl(string key);

    /// <summary>Whether the file is there; null where that cannot be known.</summary>
    ValueTask<bool?> ExistsAsync(UploadEntry entry, CancellationToken ct) => ValueTask.FromResult<bool?>(null);

    /// <summary>Deletes files. What comes back are the keys of those that are gone now; all others are still there, or cannot be deleted from here.</summary>
    ValueTask<IReadOnlyList<string>> DeleteAsync(IReadOnlyList<UploadEntry> entries, CancellationToken ct) => ValueTask.FromResult<IReadOnlyList<string>>([]);

    /// <summary>Opens a file for reading, for observers.</summary>
    ValueTask<Stream> OpenAsync(UploadEntry entry, CancellationToken ct) => throw new NotSupportedException($"the backend {Name} cannot read files");
}
