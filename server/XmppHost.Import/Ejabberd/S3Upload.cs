using XmppHost.Import.Drafts;
using XmppHost.Import.Sources;

namespace XmppHost.Import.Ejabberd;

/// <summary>mod_s3_upload of ejabberd-contrib.</summary>
internal static class S3Upload
{
    private const decimal Limit = 1 << 30;
    private const decimal Lifetime = 600;

    internal static UploadDraft Read(OptionReader reader, Place place, EjabberdAccess access, ImportLog log)
    {
        var draft = new UploadDraft(reader, "s3", place);
        ServiceHosts.Import(draft);
        if (reader.Has("service_name")) draft.Text(draft.Section, "name", "service_name");
        else draft.Section.Set("name", "S3 Upload", Origin.Default(reader.Module));
        draft.Limit("max_size", Limit);
        draft.Lifetime("put_ttl", Lifetime);
        access.Import(draft, "access");
        BucketUrl(draft, log);
        draft.Region("region");
        draft.Required(draft.S3, "accessKeyId", "access_key_id");
        draft.Secret(draft.S3, "secretAccessKey", "access_key_secret");
        Acl(draft, log);
        draft.Text(draft.S3, "getBaseUrl", "download_url");
        reader.Finish();
        return draft;
    }

    private static void BucketUrl(UploadDraft draft, ImportLog log)
    {
        draft.Required(draft.S3, "bucketUrl", "bucket_url");
        if (draft.Options.Text("bucket_url") is { } text && Uri.TryCreate(text.Value, UriKind.Absolute, out var url) && url.AbsolutePath.Length > 1 && !url.AbsolutePath.EndsWith('/'))
            log.Warn(text.Place, $"bucket_url: the module replaced the last part, '{url.Segments[^1]}', by the file's name, since the URL has no slash at its end; here it is kept");
    }

    private static void Acl(UploadDraft draft, ImportLog log)
    {
        var flag = draft.Options.Flag("set_public");
        if (flag is { Value: false })
        {
            draft.S3.Set("acl", "none", draft.From(flag, "set_public"));
            return;
        }

        draft.S3.Set("acl", "query", (flag is null ? Origin.Default(draft.Options.Module) : draft.From(flag, "set_public")) + "; \"none\" where the bucket's policy lets anyone read, which newer AWS buckets need");
        log.Warn(flag?.Place ?? draft.Place, "set_public: a public-read ACL in every upload URL; AWS buckets made since April 2023 refuse it: give the bucket a policy and set s3.acl to \"none\"");
    }
}
