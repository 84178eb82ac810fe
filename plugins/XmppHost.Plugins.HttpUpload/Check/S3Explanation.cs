using System.Globalization;
using Amazon.Runtime;
using Amazon.S3;
using XmppHost.Plugins.HttpUpload.Backends;

namespace XmppHost.Plugins.HttpUpload.Check;

/// <summary>What the errors of S3 stores mean for whoever wrote the config.</summary>
internal sealed class S3Explanation(S3Access access, string host, TimeProvider time) : IExplanation
{
    // The stores allow 15 minutes; a slot has five, and the least it needs to be of use is most of them.
    private static readonly TimeSpan MaxSkew = TimeSpan.FromMinutes(1);

    public string CrossOriginHelp => $"the bucket needs a CORS rule: `xmpphost upload setup {host} --apply` makes it";

    private string Bucket => $"the bucket {access.Location.Bucket} at {access.Location.Service.Host}";

    /// <summary>How far this machine's clock is from the store's; null when that is of no consequence.</summary>
    internal string? ClockProblem(ProbeAnswer answer)
    {
        if (answer.Date is not { } theirs) return null;
        var ahead = time.GetUtcNow() - theirs;
        if (ahead.Duration() < MaxSkew) return null;
        var minutes = Math.Max(1, Math.Round(ahead.Duration().TotalMinutes)).ToString(CultureInfo.InvariantCulture);
        return $"this machine's clock is {minutes} min {(ahead > TimeSpan.Zero ? "ahead of" : "behind")} the store's: {(ahead > TimeSpan.Zero ? "slots are not valid yet" : "slots end too early or at once")}. Run NTP (chrony, systemd-timesyncd)";
    }

    public string Of(ProbeAnswer answer, string right) => answer.NetworkProblem ?? ClockProblem(answer) ?? Meaning(answer.ErrorCode, answer.ErrorElement("Message"), answer, right);

    public string Of(Exception e, string right) => e switch
    {
        AmazonS3Exception s3 => Meaning(CodeOf(s3), s3.Message, null, right),
        AmazonServiceException or AmazonClientException => $"no keys, or no answer from the store: {e.GetBaseException().Message}",
        _ => e.Message,
    };

    public string OfDownload(ProbeAnswer answer)
    {
        if (answer.NetworkProblem is { } problem) return problem;
        if (access.Options.GetBaseUrl is { } url) return $"{url.Host} answers {answer}: getBaseUrl must show what lies under the bucket's prefix '{access.Location.Prefix}', to anyone";
        return answer.Status is 401 or 403
            ? $"only the keys may read ({answer}): the bucket has no policy that lets anyone download. `xmpphost upload setup {host} --apply` sets one (at AWS \"Block Public Access\" must be off first); or let a CDN read the bucket and name it in getBaseUrl; or keep it private with getMode: \"redirect\""
            : $"the file cannot be downloaded: {answer}";
    }

    // An answer to a HEAD has no document; the SDK makes a code of its status.
    private static string? CodeOf(AmazonS3Exception e) => e.ErrorCode is "Forbidden" or "403" ? "AccessDenied" : e.ErrorCode is "NotFound" or "404" ? "NoSuchKey" : e.ErrorCode;

    private string Meaning(string? code, string? message, ProbeAnswer? answer, string right)
    {
        if (IsRegion(code, message)) return $"region is wrong: config says '{access.Options.Region}'{Expected(answer, message)}";
        var text = code switch
        {
            "InvalidAccessKeyId" => "the store does not know accessKeyId: is it a key of this store, complete, and active?",
            "SignatureDoesNotMatch" when access.Options.Acl == S3Acl.Header => "acl is header: the store wants the header x-amz-acl, which no XMPP client sends. Use acl none and a bucket policy (`upload setup`)",
            "SignatureDoesNotMatch" => "the store computes another signature: secretAccessKey is wrong (another key's, cut off, or with a space or line break too many), or a proxy between changes the Host header or the path",
            "InvalidToken" or "ExpiredToken" or "TokenRefreshRequired" => "sessionToken is wrong or has ended: temporary keys must be renewed, in files or by credentials: \"chain\"",
            "RequestTimeTooSkewed" or "RequestExpired" => "this machine's clock and the store's differ too much: run NTP (chrony, systemd-timesyncd)",
            "NoSuchBucket" => $"there is no bucket {access.Location.Bucket} at {access.Location.Service.Host}: make it, or correct bucketUrl. (The name was taken from {(access.Location.Addressing == S3Addressing.Path ? "the URL's path; if it stands in the host name, set addressing to \"virtualHost\"" : "the URL's host name; if it stands in the path, set addressing to \"path\"")}.)",
            "InvalidBucketName" => $"'{access.Location.Bucket}' is no name that a bucket can have: see bucketUrl and addressing",
            "PermanentRedirect" or "TemporaryRedirect" or "Redirect" => $"{Bucket} is elsewhere{(answer?.ErrorElement("Endpoint") is { } place ? $": use {place}" : "")}. Write its own region's endpoint",
            "AccessControlListNotSupported" or "InvalidBucketAclWithObjectOwnership" => "the bucket has ACLs disabled: set acl to none, and use a bucket policy (`upload setup`)",
            "AccessDenied" or "AllAccessDisabled" or "AccountProblem" => $"the keys may not do this: they need the right {right} on {Bucket}",
            "NotImplemented" or "MethodNotAllowed" or "XNotImplemented" => "the store does not know this request: set it up in the store's own console",
            "QuotaExceeded" or "EntityTooLarge" or "ServiceUnavailable" or "SlowDown" or "InternalError" => "the store cannot take it now",
            _ => null,
        };
        var told = answer?.ToString() ?? (string.IsNullOrEmpty(message) ? code : $"{code} ({message})");
        if (text is not null) return $"{text}{(text[^1] is '?' or ')' ? "" : ".")} The store says: {told}";
        return code is null && answer is not null ? $"what answers there does not look like S3: {answer} {answer.Header("Content-Type")}. Is bucketUrl right?" : $"the store refuses: {told}";
    }

    // The codes differ, even at AWS, between ways to sign.
    private static bool IsRegion(string? code, string? message) => code switch
    {
        "AuthorizationHeaderMalformed" or "AuthorizationQueryParametersError" or "IllegalLocationConstraintException" => message?.Contains("region", StringComparison.OrdinalIgnoreCase) == true,
        _ => false,
    };

    private static string Expected(ProbeAnswer? answer, string? message)
    {
        if (answer?.ErrorElement("Region") is { } region) return $", the bucket is in '{region}'";
        return message is null ? "" : $". The store says: {message}";
    }
}
