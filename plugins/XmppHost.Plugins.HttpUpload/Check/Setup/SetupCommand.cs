using System.Text.Json.Nodes;
using XmppHost.Administration;
using XmppHost.Hosting;
using XmppHost.Plugins.HttpUpload.Administration;
using XmppHost.Plugins.HttpUpload.Backends;
using XmppHost.Plugins.HttpUpload.Policy;

namespace XmppHost.Plugins.HttpUpload.Check.Setup;

/// <summary><c>upload setup</c>: what a bucket must be told.</summary>
internal sealed class SetupCommand(HttpUploadOptions options, IVHost host, TimeProvider time, Func<S3Access> s3) : IAdminCommand
{
    internal static AdminCommandInfo Call { get; } = new(
        UploadCommandList.Group,
        "setup",
        "Prints the policy, CORS and lifecycle rules that the S3 bucket needs for the config; with --apply sets them, and keeps what others have set.",
        [AdminParameter.Flag("apply", "Set them. The keys need the rights s3:PutBucketPolicy, s3:PutBucketCORS and s3:PutLifecycleConfiguration for it, and to read the same.")],
        "xmpphost upload setup example.org",
        "xmpphost upload setup example.org --apply");

    public AdminCommandInfo Info => Call;

    public async ValueTask<AdminReply> RunAsync(AdminArguments arguments, CancellationToken ct)
    {
        if (options.Backend != UploadBackendKind.S3) return AdminReply.Refused($"the backend of {host.Name} has no bucket to set up", "noBucket");
        var access = s3();
        var plan = new BucketPlan(options.S3!, access.Location, host.Name, Expiring());
        if (!arguments.Has("apply")) return Print(plan);
        var steps = await new BucketSetup(access, plan, new S3Explanation(access, host.Name, time)).ApplyAsync(ct).ConfigureAwait(false);
        var failed = steps.Where(s => s.Result == CheckResult.Failed).Select(s => s.Name).ToArray();
        var json = new JsonObject { ["bucket"] = plan.Bucket, ["applied"] = new JsonArray([.. steps.Where(s => s.Result == CheckResult.Ok).Select(s => JsonValue.Create(s.Name))]) };
        string[] lines = [.. steps.Select(s => s.ToString())];
        return failed.Length == 0 ? AdminReply.Done(json, lines) : new AdminReply($"not set: {string.Join(", ", failed)}", lines, json) { ErrorCode = "notSet" };
    }

    private static AdminReply Print(BucketPlan plan)
    {
        var (json, lines) = (new JsonObject { ["bucket"] = plan.Bucket }, new List<string>());
        Add("policy", "put-bucket-policy --policy", plan.Statement is { } statement ? BucketText.Policy(statement) : null, "None: the bucket stays private, or a CDN before it has rights of its own.");
        Add("cors", "put-bucket-cors --cors-configuration", BucketText.Cors(plan.CorsRule), "");
        Add("lifecycle", "put-bucket-lifecycle-configuration --lifecycle-configuration", plan.LifecycleRules is { Count: > 0 } rules ? BucketText.Lifecycle(rules) : null, "None: this server deletes expired files itself.");
        return AdminReply.Done(json, lines);

        void Add(string name, string command, JsonObject? document, string none)
        {
            json[name] = document;
            lines.Add(document is null ? $"# {name}: {none}" : $"# {name}.json, for: aws s3api {command} file://{name}.json --bucket {plan.Bucket}");
            if (document is not null) lines.AddRange(BucketText.Lines(document));
        }
    }

    // Ephemeral files are deleted by the server to the minute; their rule removes what it could not.
    private IReadOnlyList<(string Prefix, TimeSpan Retention)> Expiring() => options.ExpiredFiles == ExpiryMode.Lifecycle
        ? [.. new Purposes(options).All.Where(p => p.Retention is not null).Select(p => (p.Prefix, p.Retention!.Value))]
        : [];
}
