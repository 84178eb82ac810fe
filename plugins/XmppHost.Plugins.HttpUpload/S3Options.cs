namespace XmppHost.Plugins.HttpUpload;

internal sealed record S3Options : IValidatedOptions
{
    /// <summary>The bucket in path or virtual-host form, with a key prefix where wanted: <c>https://s3-eu-west-1.amazonaws.com/mybucket/prefix</c>.</summary>
    public Uri? BucketUrl { get; init; }

    /// <summary>Instead of <see cref="BucketUrl"/>: the store, with <see cref="Bucket"/>. Null is AWS in the region.</summary>
    public Uri? Endpoint { get; init; }

    public string? Bucket { get; init; }

    public S3Addressing Addressing { get; init; } = S3Addressing.Path;

    /// <summary>Before every key; with <see cref="BucketUrl"/> it comes after the URL's own path.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>The region of the signature; <c>auto</c> where the store says so.</summary>
    public string? Region { get; init; }

    public Secret? AccessKeyId { get; init; }

    public Secret? SecretAccessKey { get; init; }

    public Secret? SessionToken { get; init; }

    /// <summary>Ask for a public-read ACL; stores and buckets without ACLs refuse that.</summary>
    public S3Acl Acl { get; init; } = S3Acl.None;

    /// <summary>Where files are downloaded from, when not from the bucket itself: a CDN or the bucket's own domain.</summary>
    public Uri? GetBaseUrl { get; init; }

    public IEnumerable<(string Option, string Problem)> Validate()
    {
        if (BucketUrl is null == Bucket is null) yield return ("bucketUrl", "give either bucketUrl, or bucket with endpoint");
        if (BucketUrl is { IsAbsoluteUri: false } || BucketUrl is { Scheme: not ("http" or "https") }) yield return ("bucketUrl", "is an http or https URL");
        if (Endpoint is { IsAbsoluteUri: false } || Endpoint is { Scheme: not ("http" or "https") }) yield return ("endpoint", "is an http or https URL");
        if (string.IsNullOrEmpty(Region)) yield return ("region", "is required: the bucket's region, or auto");
        if (AccessKeyId is null) yield return ("accessKeyId", "is required");
        if (SecretAccessKey is null) yield return ("secretAccessKey", "is required: give secretAccessKey or secretAccessKeyFile");
    }
}

internal enum S3Addressing { Path, VirtualHost }

internal enum S3Acl
{
    None,

    /// <summary>A signed query parameter, as AWS and Wasabi take it.</summary>
    Query,

    /// <summary>A signed header, which no XMPP client can be told to send: standard clients fail with it.</summary>
    Header,
}
