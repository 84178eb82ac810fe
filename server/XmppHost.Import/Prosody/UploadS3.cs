using System.Net;
using XmppHost.Import.Drafts;
using XmppHost.Import.Sources;

namespace XmppHost.Import.Prosody;

/// <summary>The two modules called mod_http_upload_s3.</summary>
internal static class UploadS3
{
    private const string Prefix = "http_upload_s3_";
    private const decimal Limit = 100 << 20;

    /// <summary>The one with the AWS SDK, which is loaded as a component.</summary>
    internal static UploadDraft Read(OptionMap options, Place place, ImportLog log)
    {
        var reader = new OptionReader(options, "mod_http_upload_s3", log, Prefix);
        var draft = Bucket(reader, place);
        draft.Section.Set("slotTtl", Amounts.Seconds(300), Origin.Fixed(reader.Module));
        draft.Text(draft.S3, "endpoint", "endpoint_url");
        if (draft.S3["endpoint"] is not null && options["http_upload_s3_endpoint_url"] is SourceValue.Text url && options["http_upload_s3_bucket"] is SourceValue.Text bucket)
            draft.S3.Set("addressing", InHost(url.Value, bucket.Value) ? "virtualHost" : "path", "as the module's SDK addresses buckets; try the other one if the store knows no such host");
        BaseDomain(draft, options);
        draft.Access("access");
        if (draft.Section["access"] is not null)
            log.Note(reader.Take("access")!.Place, $"{Prefix}access: with this list the module refused the accounts of the server's own hosts, against its documentation; here those of the host may upload too");
        reader.Finish();
        return draft;
    }

    /// <summary>The older one, which signs by itself, for AWS alone.</summary>
    internal static UploadDraft ReadOlder(OptionMap options, Place place, ImportLog log)
    {
        var reader = new OptionReader(options, "mod_http_upload_s3", log, Prefix);
        var draft = Bucket(reader, place);
        draft.Section.Set("slotTtl", Amounts.Seconds(3600), Origin.Fixed(reader.Module));
        draft.S3.Set("acl", "query", Origin.Fixed(reader.Module) + "; \"none\" where the bucket's policy lets anyone read, which newer AWS buckets need");
        log.Warn(place, "mod_http_upload_s3 asks for a public-read ACL in every upload URL, and so does the config printed here; AWS buckets made since April 2023 refuse it: give the bucket a policy and set s3.acl to \"none\"");
        reader.Finish();
        return draft;
    }

    private static UploadDraft Bucket(OptionReader reader, Place place)
    {
        var draft = new UploadDraft(reader, "s3", place);
        draft.Limit("file_size_limit", Limit);
        draft.Required(draft.S3, "bucket", "bucket");
        draft.Text(draft.S3, "prefix", "path");
        draft.Region("region");
        draft.Required(draft.S3, "accessKeyId", "access_id");
        draft.Secret(draft.S3, "secretAccessKey", "secret_key");
        return draft;
    }

    private static void BaseDomain(UploadDraft draft, OptionMap options)
    {
        if (draft.Options.Text("base_domain") is not { } domain) return;
        var path = options["http_upload_s3_path"] is SourceValue.Text { Value: { Length: > 0 } some } ? some.Trim('/') + "/" : "";
        draft.S3.Set("getBaseUrl", $"https://{domain.Value.TrimEnd('/')}/{path}", draft.From(domain, "base_domain") + (path.Length > 0 ? " and _path" : ""));
    }

    private static bool InHost(string endpoint, string bucket) =>
        Uri.TryCreate(endpoint, UriKind.Absolute, out var url) && url.HostNameType == UriHostNameType.Dns && url.Host != "localhost" && !IPAddress.TryParse(url.Host, out _)
        && bucket.Length is >= 3 and <= 63 && bucket.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
