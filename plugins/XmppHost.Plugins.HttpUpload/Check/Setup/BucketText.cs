using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.S3.Model;

namespace XmppHost.Plugins.HttpUpload.Check.Setup;

/// <summary>A bucket's settings as the tools of the stores read them: <c>aws s3api put-bucket-...</c>.</summary>
internal static class BucketText
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    internal static JsonObject Policy(params IEnumerable<JsonObject> statements) => new()
    {
        ["Version"] = "2012-10-17",
        ["Statement"] = new JsonArray([.. statements.Select(s => s.DeepClone())]),
    };

    internal static JsonObject Cors(CORSRule rule) => new()
    {
        ["CORSRules"] = new JsonArray(new JsonObject
        {
            ["ID"] = rule.Id,
            ["AllowedOrigins"] = Texts(rule.AllowedOrigins),
            ["AllowedMethods"] = Texts(rule.AllowedMethods),
            ["AllowedHeaders"] = Texts(rule.AllowedHeaders),
            ["ExposeHeaders"] = Texts(rule.ExposeHeaders),
            ["MaxAgeSeconds"] = rule.MaxAgeSeconds,
        }),
    };

    internal static JsonObject Lifecycle(IEnumerable<LifecycleRule> rules) => new()
    {
        ["Rules"] = new JsonArray([.. rules.Select(r => new JsonObject
        {
            ["ID"] = r.Id,
            ["Status"] = "Enabled",
            ["Filter"] = new JsonObject { ["Prefix"] = ((LifecyclePrefixPredicate)r.Filter.LifecycleFilterPredicate).Prefix },
            ["Expiration"] = new JsonObject { ["Days"] = r.Expiration.Days },
        })]),
    };

    internal static IEnumerable<string> Lines(JsonNode node) => node.ToJsonString(Readable).Split('\n').Select(l => l.TrimEnd('\r'));

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(t => JsonValue.Create(t))]);
}
