using Amazon.S3;
using Amazon.S3.Model;
using XmppHost.Plugins.HttpUpload.Slots;
using XmppHost.Storage;

namespace XmppHost.Plugins.HttpUpload.Backends;

/// <summary>
/// Presigned PUT URLs of an S3-compatible store. The signature holds for exactly the announced length and, where one was declared, the content type. For a slot nothing is asked over the network.
/// </summary>
/// <param name="downloads">What stands before a key in URLs for download, with a slash at its end.</param>
internal sealed class S3UploadBackend(S3Access access, TimeSpan ttl, Func<string> downloads) : IUploadBackend
{
    // More than the store takes in one request are an error there.
    private const int DeletedAtOnce = 1000;

    private readonly S3Access _access = access;
    private readonly Lazy<string> _downloads = new(downloads);

    public string Name => "s3";

    public bool MayWait => _access.MayWait;

    public async ValueTask<UploadSlot> CreateSlotAsync(FileRequest file, CancellationToken ct)
    {
        var key = $"{file.Prefix}{file.Token}/{file.Name}";
        var (lifetime, now) = (file.Lifetime ?? ttl, _access.Now);
        var put = new S3Request("PUT", key, lifetime)
        {
            Length = file.Size,
            ContentType = file.ContentType,
            HasAclHeader = _access.Options.Acl == S3Acl.Header,
            Query = _access.Options.Acl == S3Acl.Query ? "x-amz-acl=public-read" : null,
        };
        return new UploadSlot(key, await _access.SignAsync(put, now).ConfigureAwait(false), GetUrl(key)) { Ends = now + lifetime };
    }

    // Also by the bucket's own URL, which was the one to download from before config named another.
    public string? KeyOf(Uri url) => BaseUrl.KeyOf(_downloads.Value, url) ?? BaseUrl.KeyOf(_access.Location.ObjectsUrl, url);

    public string GetUrl(string key) => BaseUrl.Append(_downloads.Value, key);

    public async ValueTask<bool?> ExistsAsync(UploadEntry entry, CancellationToken ct)
    {
        try
        {
            await _access.Client.GetObjectMetadataAsync(_access.Location.Bucket, ObjectOf(entry), ct).ConfigureAwait(false);
            return true;
        }
        catch (AmazonS3Exception e) when (e.StatusCode == System.Net.HttpStatusCode.NotFound && e.ErrorCode != "NoSuchBucket")
        {
            return false;
        }
        catch (AmazonS3Exception e) when (e.StatusCode == System.Net.HttpStatusCode.Forbidden)
        {
            // What a store says of an object that is not there to keys that may not list the bucket.
            return null;
        }
    }

    public async ValueTask<IReadOnlyList<string>> DeleteAsync(IReadOnlyList<UploadEntry> entries, CancellationToken ct)
    {
        var gone = new List<string>(entries.Count);
        foreach (var batch in entries.Chunk(DeletedAtOnce))
        {
            var kept = await DeleteBatchAsync(batch, ct).ConfigureAwait(false);
            gone.AddRange(batch.Where(e => !kept.Contains(ObjectOf(e))).Select(e => e.Key));
        }

        return gone;
    }

    public async ValueTask<Stream> OpenAsync(UploadEntry entry, CancellationToken ct)
    {
        var file = await _access.Client.GetObjectAsync(_access.Location.Bucket, ObjectOf(entry), ct).ConfigureAwait(false);
        return file.ResponseStream;
    }

    /// <summary>The names of those objects that are still there.</summary>
    private async Task<HashSet<string>> DeleteBatchAsync(UploadEntry[] entries, CancellationToken ct)
    {
        var request = new DeleteObjectsRequest { BucketName = _access.Location.Bucket, Objects = [.. entries.Select(e => new KeyVersion { Key = ObjectOf(e) })], Quiet = true };
        try
        {
            await _access.Client.DeleteObjectsAsync(request, ct).ConfigureAwait(false);
            return [];
        }
        catch (DeleteObjectsException e)
        {
            // Some could not be deleted; what was not there is gone as well.
            return [.. e.Response.DeleteErrors.Where(d => d.Code is not ("NoSuchKey" or "NoSuchVersion")).Select(d => d.Key)];
        }
    }

    private string ObjectOf(UploadEntry entry) => _access.Location.Prefix + entry.Key;
}
