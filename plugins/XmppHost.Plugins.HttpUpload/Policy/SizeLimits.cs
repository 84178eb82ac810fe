using XmppHost.Hosting;
using XmppHost.Storage;

namespace XmppHost.Plugins.HttpUpload.Policy;

/// <summary>How large files may be: the least of what config says of the host, the requester and the purpose, of a quota that they would have to fit into, and of what the backend takes.</summary>
internal sealed class SizeLimits(HttpUploadOptions options, IUploadStore? store)
{
    // XEP-0454: an encrypted file is longer than the file by the tag of AES-GCM.
    internal const int TagBytes = 16;

    // S3 takes no more in one PUT.
    private const long MaxS3Bytes = 5L << 30;

    private long OfBackend => options.Backend switch
    {
        UploadBackendKind.S3 => MaxS3Bytes,
        UploadBackendKind.FileStore => Math.Min(store?.MaxFileSize ?? UploadEntry.MaxSize, UploadEntry.MaxSize),
        _ => UploadEntry.MaxSize,
    };

    internal SizeLimit Of(Limits limits, Purpose purpose)
    {
        var quota = purpose.Quota ?? limits.Quota;
        var configured = Least(limits.MaxFileSize, purpose.MaxFileSize, limits.BytesPerDay, quota.Bytes);
        var allowed = configured > long.MaxValue - TagBytes ? configured : configured + TagBytes;
        return new SizeLimit(Math.Min(allowed, OfBackend), Math.Min(configured, OfBackend));
    }

    private static long Least(params ReadOnlySpan<long?> limits)
    {
        var least = long.MaxValue;
        foreach (var limit in limits) least = Math.Min(least, limit ?? long.MaxValue);
        return least;
    }
}
