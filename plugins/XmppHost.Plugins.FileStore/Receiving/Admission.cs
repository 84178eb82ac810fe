using Microsoft.AspNetCore.Http;
using XmppHost.Plugins.FileStore.Credentials;
using XmppHost.Plugins.FileStore.Disk;
using XmppHost.Storage;

namespace XmppHost.Plugins.FileStore.Receiving;

/// <summary>A PUT that may go on.</summary>
/// <param name="Facts">What is to be kept of the file.</param>
/// <param name="Entry">What the ledger has of it, or will have.</param>
/// <param name="IsKnown">Whether it is in the ledger.</param>
internal sealed record AdmittedUpload(UploadPath Path, long Length, FileFacts Facts, UploadEntry Entry, bool IsKnown);

/// <summary>Decides of a PUT before any of its body was asked for.</summary>
internal sealed class Admission(FileStoreOptions options, FileDepot depot, UploadTokens tokens, UploadRecords records, TimeProvider time)
{
    /// <summary>The upload, or the status to refuse it with.</summary>
    internal async ValueTask<(AdmittedUpload? Upload, int Status)> CheckAsync(HttpRequest request, UploadPath path, CancellationToken ct)
    {
        if (request.ContentLength is not { } length) return (null, StatusCodes.Status411LengthRequired);
        if (!ContentTypes.IsSound(request.ContentType)) return (null, StatusCodes.Status400BadRequest);
        if (tokens.VerifyPut(request, path, length, out var refusal) is not { } grant) return (null, refusal);
        if (length > options.MaxFileSize.Bytes) return (null, StatusCodes.Status413PayloadTooLarge);

        var entry = await records.FindAsync(path.Decoded, ct).ConfigureAwait(false);
        if (entry is null ? depot.Has(path.Key) : IsThere(entry)) return (null, StatusCodes.Status409Conflict);
        if (entry is null ? grant.IsOurs : !IsOpen(entry, length)) return (null, StatusCodes.Status403Forbidden);
        if (grant.Expires <= time.GetUtcNow()) return (null, StatusCodes.Status403Forbidden);
        if (!depot.HasRoomFor(length)) return (null, StatusCodes.Status507InsufficientStorage);

        var facts = new FileFacts(path.Decoded, grant.ContentType) { Uploader = grant.Uploader, Expires = entry is null ? records.ExpiryOfForeign(grant.Expires) : entry.Expires };
        return (new AdmittedUpload(path, length, facts, entry ?? records.Foreign(facts, length), entry is not null), 0);
    }

    private static bool IsThere(UploadEntry entry) => entry.State is UploadState.Stored or UploadState.Held or UploadState.Quarantined;

    // A slot that was used and whose file is gone is not good for another. One of ours that is not in the ledger any more has ended.
    private bool IsOpen(UploadEntry entry, long length) =>
        entry.State is UploadState.Issued && entry.Size == length && !(entry.SlotEnds < time.GetUtcNow()) && !(entry.Expires <= time.GetUtcNow());
}
