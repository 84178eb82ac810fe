using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using XmppHost.Plugins.HttpUpload.Backends;

namespace XmppHost.Plugins.HttpUpload.Check.Setup;

/// <summary>Brings a bucket to what a plan says. Reads what is set, puts ours in its place, and writes the whole back only where that changed something.</summary>
internal sealed class BucketSetup(S3Access access, BucketPlan plan, IExplanation explanation)
{
    internal async Task<IReadOnlyList<CheckStep>> ApplyAsync(CancellationToken ct) =>
    [
        await TryAsync("policy", "s3:PutBucketPolicy", PolicyAsync, ct).ConfigureAwait(false),
        await TryAsync("cors", "s3:PutBucketCORS", CorsAsync, ct).ConfigureAwait(false),
        await TryAsync("lifecycle", "s3:PutLifecycleConfiguration", LifecycleAsync, ct).ConfigureAwait(false),
    ];

    private async Task<CheckStep> TryAsync(string name, string right, Func<CancellationToken, Task<string>> apply, CancellationToken ct)
    {
        try
        {
            return CheckStep.Ok(name, await apply(ct).ConfigureAwait(false));
        }
        catch (AmazonS3Exception e) when (name == "policy" && e.Message.Contains("BlockPublicPolicy", StringComparison.OrdinalIgnoreCase))
        {
            return CheckStep.Failed(name, "\"Block Public Access\" of the bucket or the account forbids it: switch it off for this bucket, or use getMode: \"redirect\", or a CDN with getBaseUrl");
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException or HttpRequestException or JsonException)
        {
            return CheckStep.Failed(name, explanation.Of(e, right));
        }
    }

    private async Task<string> PolicyAsync(CancellationToken ct)
    {
        JsonObject policy;
        try
        {
            policy = await ReadPolicyAsync(ct).ConfigureAwait(false);
        }
        catch (AmazonS3Exception e) when (plan.Statement is null && e.StatusCode is (HttpStatusCode.NotImplemented or HttpStatusCode.MethodNotAllowed))
        {
            return "needs none, and the store knows none";
        }

        var statements = policy["Statement"] switch
        {
            JsonArray many => many.OfType<JsonObject>().ToList(),
            JsonObject one => [one],
            _ => [],
        };
        var old = statements.FirstOrDefault(s => s["Sid"]?.ToString() == plan.StatementId);
        if (plan.Statement is null && old is null) return "needs none of ours: the bucket stays as it is";
        if (plan.Statement is { } wanted && old is not null && JsonNode.DeepEquals(wanted, old)) return "lets anyone download already";
        statements.Remove(old!);
        if (plan.Statement is { } added) statements.Add(added);
        if (statements.Count == 0) await access.Client.DeleteBucketPolicyAsync(new DeleteBucketPolicyRequest { BucketName = plan.Bucket }, ct).ConfigureAwait(false);
        else await access.Client.PutBucketPolicyAsync(new PutBucketPolicyRequest { BucketName = plan.Bucket, Policy = Whole(policy, statements) }, ct).ConfigureAwait(false);
        return (plan.Statement is null ? "no longer lets anyone download" : "lets anyone download who knows a URL") + Kept(statements.Count - (plan.Statement is null ? 0 : 1), "statement");
    }

    private async Task<JsonObject> ReadPolicyAsync(CancellationToken ct)
    {
        var answer = await OrNothingAsync(() => access.Client.GetBucketPolicyAsync(new GetBucketPolicyRequest { BucketName = plan.Bucket }, ct)).ConfigureAwait(false);

        // Where there is none, the SDK hands on the error's document in its place.
        return answer?.Policy is { } text && text.TrimStart().StartsWith('{') ? JsonNode.Parse(text) as JsonObject ?? BucketText.Policy() : BucketText.Policy();
    }

    private static string Whole(JsonObject policy, IEnumerable<JsonObject> statements)
    {
        var whole = (JsonObject)policy.DeepClone();
        whole["Statement"] = new JsonArray([.. statements.Select(s => s.DeepClone())]);
        return whole.ToJsonString();
    }

    private async Task<string> CorsAsync(CancellationToken ct)
    {
        var answer = await OrNothingAsync(() => access.Client.GetCORSConfigurationAsync(new GetCORSConfigurationRequest { BucketName = plan.Bucket }, ct)).ConfigureAwait(false);
        var rules = answer?.Configuration?.Rules ?? [];
        var others = rules.Where(r => r.Id != plan.RuleId).ToList();
        await access.Client.PutCORSConfigurationAsync(plan.Bucket, new CORSConfiguration { Rules = [.. others, plan.CorsRule] }, ct).ConfigureAwait(false);
        return $"pages of {string.Join(", ", plan.CorsRule.AllowedOrigins)} may upload and download{Kept(others.Count, "rule")}";
    }

    private async Task<string> LifecycleAsync(CancellationToken ct)
    {
        var answer = await OrNothingAsync(() => access.Client.GetLifecycleConfigurationAsync(new GetLifecycleConfigurationRequest { BucketName = plan.Bucket }, ct)).ConfigureAwait(false);
        var rules = answer?.Configuration?.Rules ?? [];
        var others = rules.Where(r => r.Id?.StartsWith(plan.RuleId + "-", StringComparison.Ordinal) != true).ToList();
        var ours = plan.LifecycleRules;
        if (ours.Count == 0 && others.Count == rules.Count) return "needs no rules: the server deletes expired files";
        if (ours.Count + others.Count == 0) await access.Client.DeleteLifecycleConfigurationAsync(new DeleteLifecycleConfigurationRequest { BucketName = plan.Bucket }, ct).ConfigureAwait(false);
        else await access.Client.PutLifecycleConfigurationAsync(plan.Bucket, new LifecycleConfiguration { Rules = [.. others, .. ours] }, ct).ConfigureAwait(false);
        return (ours.Count == 0 ? "no longer deletes" : $"deletes {string.Join(", ", ours.Select(r => $"after {r.Expiration.Days} d what is below '{((LifecyclePrefixPredicate)r.Filter.LifecycleFilterPredicate).Prefix}'"))}") + Kept(others.Count, "rule");
    }

    private static string Kept(int others, string what) => others switch
    {
        0 => "",
        1 => $"; 1 other {what} was kept",
        _ => $"; {others} other {what}s were kept",
    };

    /// <summary>Null where the bucket has nothing of the kind.</summary>
    private static async Task<T?> OrNothingAsync<T>(Func<Task<T>> ask)
        where T : class
    {
        try
        {
            return await ask().ConfigureAwait(false);
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound && e.ErrorCode != "NoSuchBucket")
        {
            return null;
        }
    }
}
