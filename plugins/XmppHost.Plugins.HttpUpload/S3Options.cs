using System.Text;
using XmppHost.Plugins.HttpUpload.Backends;

namespace XmppHost.Plugins.HttpUpload;

internal sealed record S3Options : IValidatedOptions
{
    private const int MaxPrefixBytes = 512;

    /// <summary>The bucket in path or virtual-host form, with a key prefix where wanted: <c>https://s3-eu-west-1.amazonaws.com/mybucket/prefix</c>.</summary>
    public Uri? BucketUrl { get; init; }

    /// <summary>Instead of <see cref="BucketUrl"/>: the store, with <see cref="Bucket"/>. Null is AWS in the region.</summary>
    public Uri? Endpoint { get; init; }

    public string? Bucket { get; init; }

    /// <summary>Whether the bucket is part of the path or of the host; null: as <see cref="BucketUrl"/> shows, else by path.</summary>
    public S3Addressing? Addressing { get; init; }

    /// <summary>Before every key; with <see cref="BucketUrl"/> it comes after the URL's own path.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>The region of the signature; <c>auto</c> where the store says so.</summary>
    public string? Region { get; init; }

    /// <summary>Whose keys: those named here, or those that the SDK finds (environment, shared files, the machine's role).</summary>
    public S3Credentials Credentials { get; init; } = S3Credentials.Keys;

    /// <summary>With <see cref="S3Credentials.Chain"/>: this profile of the shared files and nothing else.</summary>
    public string? Profile { get; init; }

    /// <summary>With <see cref="Profile"/>: the file that has it, when not <c>~/.aws/credentials</c>.</summary>
    // Not profileFile: in config a name, and the same with File behind it, are two forms of one option, and the later drops the earlier.
    public string? ProfilesFile { get; init; }

    public Secret? AccessKeyId { get; init; }

    public Secret? SecretAccessKey { get; init; }

    public Secret? SessionToken { get; init; }

    /// <summary>Ask for a public-read ACL; stores and buckets without ACLs refuse that.</summary>
    public S3Acl Acl { get; init; } = S3Acl.None;

    /// <summary>What stands before <c>TOKEN/NAME</c> in a download's URL, when not the bucket's URL and prefix: a CDN or the bucket's own domain.</summary>
    public Uri? GetBaseUrl { get; init; }

    /// <summary>Whether files are downloaded from the bucket (or CDN) itself, or by a redirect of ours to a URL that is signed for a while.</summary>
    public S3GetMode GetMode { get; init; } = S3GetMode.Public;

    /// <summary>With <see cref="S3GetMode.Redirect"/>: how long a signed URL is good. A video that is played for longer stops.</summary>
    public TimeSpan GetTtl { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Origins whose pages may upload and download, for the CORS rule of <c>upload setup</c>.</summary>
    public IReadOnlyList<string> CorsOrigins { get; init; } = ["*"];

    internal bool UsesChain => Credentials == S3Credentials.Chain;

    public IEnumerable<(string Option, string Problem)> Validate()
    {
        if (BucketUrl is null && Bucket is null) yield return ("bucketUrl", "is required, or bucket with endpoint");
        if (BucketUrl is not null && Bucket is not null) yield return ("bucket", "stands in bucketUrl already: give one of them");
        if (BucketUrl is not null && Endpoint is not null) yield return ("endpoint", "stands in bucketUrl already: give one of them");
        foreach (var (option, url) in new[] { ("bucketUrl", BucketUrl), ("endpoint", Endpoint), ("getBaseUrl", GetBaseUrl) })
            if (url is not null && BaseUrl.ProblemOf(url) is { } problem)
                yield return (option, problem);
        if (string.IsNullOrWhiteSpace(Region)) yield return ("region", "is required: the bucket's region, or auto");
        if (Region == "auto" && Bucket is not null && Endpoint is null) yield return ("endpoint", "is required with the region auto");
        foreach (var problem in KeyProblems()) yield return problem;
        if (Encoding.UTF8.GetByteCount(Prefix) > MaxPrefixBytes) yield return ("prefix", $"is longer than {MaxPrefixBytes} bytes");
        if (Prefix.Split('/').Any(s => s is "." or "..") || Prefix.Any(char.IsControl)) yield return ("prefix", "has a part that clients would change: no '.', no '..', no control characters");
        if (Bucket is not null && (Bucket.Length == 0 || Bucket.Any(c => c is '/' or '?' or '#' || char.IsWhiteSpace(c)))) yield return ("bucket", $"'{Bucket}' is not a bucket's name");
        if (BucketUrl is { IsAbsoluteUri: true } && S3Location.ProblemOf(this) is { } unclear) yield return ("bucketUrl", unclear);
        if (GetMode == S3GetMode.Redirect && GetBaseUrl is not null) yield return ("getBaseUrl", "has no effect with getMode redirect: keep one of them");
        if (GetTtl < TimeSpan.FromSeconds(1) || GetTtl > S3Signer.LongestLifetime) yield return ("getTtl", "is between 1 s and 7 days");
        if (CorsOrigins.FirstOrDefault(o => o != "*" && !(Uri.TryCreate(o, UriKind.Absolute, out var u) && u.PathAndQuery == "/" && !o.EndsWith('/'))) is { } origin)
            yield return ("corsOrigins", $"'{origin}' is neither * nor an origin such as https://chat.example.org");
    }

    private IEnumerable<(string Option, string Problem)> KeyProblems()
    {
        if (UsesChain)
        {
            if (AccessKeyId is not null || SecretAccessKey is not null || SessionToken is not null) yield return ("credentials", "is chain, so that keys are found elsewhere: remove those here, or this");
            if (ProfilesFile is not null && Profile is null) yield return ("profile", "is required with profilesFile");
            yield break;
        }

        if (AccessKeyId is null) yield return ("accessKeyId", "is required: give accessKeyId or accessKeyIdFile, or credentials \"chain\"");
        if (SecretAccessKey is null) yield return ("secretAccessKey", "is required: give secretAccessKey or secretAccessKeyFile");
        if (Profile is not null || ProfilesFile is not null) yield return ("profile", "needs credentials \"chain\"");
    }
}

internal enum S3Credentials
{
    /// <summary>Named in config, inline, by the environment or by files, which are read again when they change.</summary>
    Keys,

    /// <summary>Found by the SDK: the environment, the shared files, the role of the machine or container.</summary>
    Chain,
}

internal enum S3GetMode
{
    /// <summary>Anyone may read the bucket's objects, or a CDN before it shows them.</summary>
    Public,

    /// <summary>The bucket is private; a stable URL of ours redirects to one that is signed for a while.</summary>
    Redirect,
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
