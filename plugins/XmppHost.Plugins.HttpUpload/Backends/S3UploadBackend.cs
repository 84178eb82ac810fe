using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using XmppHost.Plugins.HttpUpload.Slots;

namespace XmppHost.Plugins.HttpUpload.Backends;

/// <summary>
/// Presigned PUT URLs of an S3-compatible store. The signature holds for exactly the announced length and, where one was declared, the content type. Nothing is asked over the network.
/// </summary>
internal sealed class S3UploadBackend : IUploadBackend, IDisposable
{
    // Seven days are the most that version 4 knows; the SDK corrects its clock by what stores answer, to the second, and must not come out beyond.
    private static readonly TimeSpan LongestTtl = TimeSpan.FromDays(7) - TimeSpan.FromSeconds(2);

    private readonly S3Location _location;
    private readonly S3Acl _acl;
    private readonly TimeSpan _ttl;
    private readonly string _getBase;
    private readonly AmazonS3Client _client;

    internal S3UploadBackend(S3Options options, TimeSpan ttl)
    {
        _location = S3Location.Of(options);
        _acl = options.Acl;
        _ttl = ttl < LongestTtl ? ttl : LongestTtl;
        _getBase = options.GetBaseUrl is { } url ? BaseUrl.Text(url) : _location.ObjectsUrl;
        _client = new AmazonS3Client(CredentialsOf(options), new AmazonS3Config
        {
            ServiceURL = _location.Service.AbsoluteUri,
            AuthenticationRegion = options.Region,
            ForcePathStyle = _location.Addressing == S3Addressing.Path,
        });
    }

    public string Name => "s3";

    public ValueTask<UploadSlot> CreateSlotAsync(FileRequest file, CancellationToken ct)
    {
        var key = $"{file.Prefix}{file.Token}/{file.Name}";
        return ValueTask.FromResult(new UploadSlot(key, PresignedPut(file, key), GetUrl(key)));
    }

    public string? KeyOf(Uri url) => BaseUrl.KeyOf(_getBase, url);

    public string GetUrl(string key) => BaseUrl.Append(_getBase, key);

    public void Dispose() => _client.Dispose();

    private string PresignedPut(FileRequest file, string key)
    {
        var request = new GetPreSignedUrlRequest
        {
            BucketName = _location.Bucket,
            Key = _location.Prefix + key,
            Verb = HttpVerb.PUT,
            // The SDK knows no clock but the system's.
            Expires = TimeProvider.System.GetUtcNow().UtcDateTime + _ttl,
            Protocol = _location.Service.Scheme == Uri.UriSchemeHttps ? Protocol.HTTPS : Protocol.HTTP,
        };
        request.Headers.ContentLength = file.Size;
        if (file.ContentType is not null) request.ContentType = file.ContentType;
        if (_acl == S3Acl.Query) request.Parameters["x-amz-acl"] = "public-read";
        if (_acl == S3Acl.Header) request.Headers["x-amz-acl"] = "public-read";
        var url = _client.GetPreSignedURL(request);

        // The SDK falls back to version 2, which signs neither length nor host, without a word.
        return url.Contains("X-Amz-Signature=", StringComparison.Ordinal) ? url : throw new InvalidOperationException("the SDK did not sign by Signature Version 4");
    }

    private static AWSCredentials CredentialsOf(S3Options options) => options.SessionToken is { } token
        ? new SessionAWSCredentials(options.AccessKeyId!.Reveal(), options.SecretAccessKey!.Reveal(), token.Reveal())
        : new BasicAWSCredentials(options.AccessKeyId!.Reveal(), options.SecretAccessKey!.Reveal());
}
