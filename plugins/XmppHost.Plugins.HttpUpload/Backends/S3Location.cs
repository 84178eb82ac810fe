using System.Text.RegularExpressions;

namespace XmppHost.Plugins.HttpUpload.Backends;

/// <summary>Where a bucket is, taken apart for the SDK.</summary>
/// <param name="Service">The store: scheme, host and port.</param>
/// <param name="Bucket">The bucket's name.</param>
/// <param name="Addressing">Where the name stands in URLs.</param>
/// <param name="Prefix">Before every key, with a slash at its end unless it is empty; not percent-encoded.</param>
internal sealed partial record S3Location(Uri Service, string Bucket, S3Addressing Addressing, string Prefix)
{
    private const string NoBucket = "names no bucket: write https://STORE/BUCKET or https://BUCKET.STORE";

    /// <summary>Scheme, host and port of an object's URL.</summary>
    internal string Origin => Addressing == S3Addressing.Path ? BaseUrl.Origin(Service) : $"{Service.Scheme}://{Bucket}.{BaseUrl.Host(Service)}{BaseUrl.Port(Service)}";

    /// <summary>The bucket's own URL, percent-encoded, with a slash at its end.</summary>
    internal string BucketUrl => Addressing == S3Addressing.Path ? $"{Origin}{ServicePath}{Uri.EscapeDataString(Bucket)}/" : Origin + ServicePath;

    /// <summary>The URL that a key is appended to, percent-encoded, with a slash at its end.</summary>
    internal string ObjectsUrl => BucketUrl + string.Join('/', Prefix.Split('/').Select(Uri.EscapeDataString));

    // Some stores lie below a path: https://PROJECT.supabase.co/storage/v1/s3.
    private string ServicePath => Service.AbsolutePath.EndsWith('/') ? Service.AbsolutePath : Service.AbsolutePath + "/";

    internal static S3Location Of(S3Options options) =>
        options.BucketUrl is { } url ? Parse(url, options).Location! : new(ServiceOf(options), options.Bucket!, options.Addressing ?? S3Addressing.Path, Join(options.Prefix));

    internal static string? ProblemOf(S3Options options) => Parse(options.BucketUrl!, options).Problem;

    private static (S3Location? Location, string? Problem) Parse(Uri url, S3Options options)
    {
        var path = Uri.UnescapeDataString(url.AbsolutePath).Trim('/');
        return (options.Addressing ?? Guess(url, path)) == S3Addressing.Path ? InPath(url, path, options.Prefix) : InHost(url, path, options.Prefix);
    }

    private static (S3Location?, string?) InPath(Uri url, string path, string prefix)
    {
        if (path.Length == 0) return (null, NoBucket);
        var parts = path.Split('/', 2);
        return (new S3Location(new Uri(BaseUrl.Origin(url)), parts[0], S3Addressing.Path, Join(parts.ElementAtOrDefault(1), prefix)), null);
    }

    private static (S3Location?, string?) InHost(Uri url, string path, string prefix)
    {
        if (BucketInHost().Match(BaseUrl.Host(url)) is not { Success: true } host) return (null, NoBucket);
        var service = new Uri($"{url.Scheme}://{host.Groups["store"].Value}{BaseUrl.Port(url)}");
        return (new S3Location(service, host.Groups["bucket"].Value, S3Addressing.VirtualHost, Join(path, prefix)), null);
    }

    // The URL and its signature are the same in either form, so that it matters only what is left when the bucket is taken away.
    private static S3Addressing Guess(Uri url, string path)
    {
        if (url.HostNameType != UriHostNameType.Dns) return S3Addressing.Path;
        if (AmazonStore().IsMatch(url.Host)) return S3Addressing.Path;
        if (AmazonBucket().IsMatch(url.Host)) return S3Addressing.VirtualHost;
        return path.Length > 0 ? S3Addressing.Path : S3Addressing.VirtualHost;
    }

    private static Uri ServiceOf(S3Options options)
    {
        if (options.Endpoint is { } endpoint) return new Uri(BaseUrl.Text(endpoint));
        var suffix = options.Region!.StartsWith("cn-", StringComparison.Ordinal) ? "amazonaws.com.cn" : "amazonaws.com";
        return new Uri($"https://s3.{options.Region}.{suffix}");
    }

    private static string Join(params ReadOnlySpan<string?> parts)
    {
        var prefix = "";
        foreach (var part in parts)
            if (part?.Trim('/') is { Length: > 0 } inner)
                prefix += inner + "/";
        return prefix;
    }

    // A store's own name is no bucket: s3.example.org, s3-eu-west-1.example.org.
    [GeneratedRegex(@"^(?!s3[.-])(?<bucket>[a-z0-9][a-z0-9-]{1,61}[a-z0-9])\.(?<store>.+)$")]
    private static partial Regex BucketInHost();

    [GeneratedRegex(@"^s3[.-]([a-z0-9.-]+\.)?amazonaws\.com(\.cn)?$|^s3\.amazonaws\.com(\.cn)?$")]
    private static partial Regex AmazonStore();

    [GeneratedRegex(@"^.+\.s3[.-].*amazonaws\.com(\.cn)?$")]
    private static partial Regex AmazonBucket();
}
