using System.Text.Json.Nodes;
using Amazon.S3.Model;
using S3Location = XmppHost.Plugins.HttpUpload.Backends.S3Location;

namespace XmppHost.Plugins.HttpUpload.Check.Setup;

/// <summary>What a bucket must be told so that it does what the config says. Everything of ours has a name, so that what others have set stays as it is.</summary>
/// <param name="host">The virtual host, since several may share a bucket.</param>
/// <param name="expiring">What is below which prefix of the ledger's keys, and how long it is kept; only where the bucket is to delete it.</param>
internal sealed class BucketPlan(S3Options options, S3Location location, string host, IReadOnlyList<(string Prefix, TimeSpan Retention)> expiring)
{
    internal string Bucket => location.Bucket;

    /// <summary>Of the policy's statement; letters and digits are all that may stand there.</summary>
    internal string StatementId { get; } = "XmppHost" + string.Concat(host.Where(char.IsAsciiLetterOrDigit)) + "Download";

    /// <summary>Of the CORS rule, and how the names of lifecycle rules begin.</summary>
    internal string RuleId { get; } = "xmpphost-" + host;

    /// <summary>Lets anyone download who knows a URL; null where the bucket is private, or a CDN shows it.</summary>
    internal JsonObject? Statement => options.GetMode == S3GetMode.Redirect || options.GetBaseUrl is not null
        ? null
        : new JsonObject
        {
            ["Sid"] = StatementId,
            ["Effect"] = "Allow",
            ["Principal"] = "*",
            ["Action"] = "s3:GetObject",
            ["Resource"] = $"arn:{Partition}:s3:::{location.Bucket}/{location.Prefix}*",
        };

    internal CORSRule CorsRule => new()
    {
        Id = RuleId,
        AllowedOrigins = [.. options.CorsOrigins],
        AllowedMethods = ["GET", "HEAD", "PUT"],

        // Not a star: some stores take it for a header's name.
        AllowedHeaders = ["Content-Type", "Authorization", "Range"],
        ExposeHeaders = ["ETag", "Content-Length", "Content-Range"],
        MaxAgeSeconds = 7200,
    };

    internal IReadOnlyList<LifecycleRule> LifecycleRules =>
    [
        .. expiring.Select(e => new LifecycleRule
        {
            Id = $"{RuleId}-{(e.Prefix.Length == 0 ? "all" : e.Prefix.Trim('/').Replace('/', '-'))}",
            Status = Amazon.S3.LifecycleRuleStatus.Enabled,
            Filter = new LifecycleFilter { LifecycleFilterPredicate = new LifecyclePrefixPredicate { Prefix = location.Prefix + e.Prefix } },
            Expiration = new LifecycleRuleExpiration { Days = Math.Max(1, (int)Math.Ceiling(e.Retention.TotalDays)) },
        }),
    ];

    private string Partition => options.Region?.StartsWith("cn-", StringComparison.Ordinal) == true ? "aws-cn" : options.Region?.StartsWith("us-gov-", StringComparison.Ordinal) == true ? "aws-us-gov" : "aws";
}
