using XmppHost.Hosting;

namespace XmppHost.Plugins.HttpUpload.Slots;

/// <summary>How large a file may be: what config says, or less where the backend takes less.</summary>
/// <param name="Bytes">The largest size that is accepted and announced; null where there is no limit.</param>
/// <param name="Text">The limit as a person reads it.</param>
internal sealed record SizeLimit(long? Bytes, string Text)
{
    // XEP-0454: an encrypted file is longer than the file by the tag of AES-GCM.
    private const int TagBytes = 16;

    // S3 takes no more in one PUT.
    private const long MaxS3Bytes = 5L << 30;

    internal static SizeLimit Of(HttpUploadOptions options, IUploadStore? store)
    {
        var configured = options.MaxFileSize.IsUnlimited ? long.MaxValue : options.MaxFileSize.Bytes;
        var backend = options.Backend switch
        {
            UploadBackendKind.S3 => MaxS3Bytes,
            UploadBackendKind.FileStore => store?.MaxFileSize ?? long.MaxValue,
            _ => long.MaxValue,
        };
        if (configured == long.MaxValue && backend == long.MaxValue) return new SizeLimit(null, "");
        return new SizeLimit(Math.Min(configured > long.MaxValue - TagBytes ? configured : configured + TagBytes, backend), HumanSize.Format(Math.Min(configured, backend)));
    }
}
