using XmppHost.Import.Drafts;
using XmppHost.Import.Output;
using XmppHost.Import.Sources;

namespace XmppHost.Import.MongooseIM;

/// <summary>mod_http_upload of MongooseIM, whose one backend is S3.</summary>
internal static class HttpUpload
{
    private const decimal Limit = 10485760;
    private const decimal Lifetime = 60;
    private const decimal TokenBytes = 32;

    internal static UploadDraft Read(SourceValue.Table module, ImportLog log)
    {
        var reader = new OptionReader(Flat(module), "mod_http_upload", log);
        var draft = new UploadDraft(reader, "s3", module.Place);
        if (reader.Text("host") is { } host && host.Value != "upload.@HOST@") draft.Section.Set("host", host.Value, draft.From(host, "host"));
        if (reader.Text("backend") is { } backend && backend.Value != "s3") log.Warn(backend.Place, $"backend: '{backend.Value}' is not a backend of mod_http_upload; imported as s3");
        draft.Limit("max_file_size", Limit);
        draft.Lifetime("expiration_time", Lifetime);
        Token(draft);
        reader.Explain("iqdisc.type", "there are no queues to choose from: slots are made concurrently");
        draft.Required(draft.S3, "bucketUrl", "s3.bucket_url");
        draft.Region("s3.region");
        draft.Required(draft.S3, "accessKeyId", "s3.access_key_id");
        draft.Secret(draft.S3, "secretAccessKey", "s3.secret_access_key");
        Acl(draft, log);
        log.Note(module.Place, "mod_http_upload served whoever asked, from other servers too; here the host's own accounts may upload, and those that 'access' names");
        reader.Finish();
        return draft;
    }

    private static void Token(UploadDraft draft)
    {
        if (draft.Whole("token_bytes") is not { } bytes) return;
        var within = Math.Clamp(bytes.Value, 16, 64);
        if (within != bytes.Value) draft.Options.Log.Warn(bytes.Place, $"token_bytes: from 16 to 64 here; imported as {within:0}");
        if (within != TokenBytes) draft.Section.Set("tokenBytes", new JsonPart.Number(within), draft.From(bytes, "token_bytes"));
    }

    private static void Acl(UploadDraft draft, ImportLog log)
    {
        if (draft.Options.Flag("s3.add_acl") is not { Value: true } acl) return;
        draft.S3.Set("acl", "query", draft.From(acl, "s3.add_acl") + "; \"none\" where the bucket's policy lets anyone read, which newer AWS buckets need");
        log.Warn(acl.Place, "s3.add_acl: it made a signed header necessary that no client can be told to send; imported as \"query\", which asks for the same in the URL (\"header\" is there too). AWS buckets made since April 2023 refuse any ACL: give the bucket a policy and set s3.acl to \"none\"");
    }

    // s3 = { ... } and [[modules.mod_http_upload.s3]] are the same to it; names become "s3.region".
    private static OptionMap Flat(SourceValue.Table module)
    {
        var flat = new OptionMap();
        foreach (var (name, value) in module.Named.All)
        {
            if (value is not SourceValue.Table table || (table.Named.Count == 0 && !table.Items.Any(i => i is SourceValue.Table)))
            {
                flat.Set(name, value);
                continue;
            }

            foreach (var part in table.Items.OfType<SourceValue.Table>().Append(table))
                foreach (var (inner, option) in part.Named.All)
                    flat.Set($"{name}.{inner}", option);
        }

        return flat;
    }
}
