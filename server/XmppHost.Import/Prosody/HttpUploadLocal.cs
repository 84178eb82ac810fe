using XmppHost.Import.Drafts;
using XmppHost.Import.Sources;

namespace XmppHost.Import.Prosody;

/// <summary>mod_http_upload, the older module for files on the server's own disk.</summary>
internal static class HttpUploadLocal
{
    private const string Prefix = "http_upload_";
    private const decimal Limit = 1 << 20;

    internal static UploadDraft Read(OptionMap options, Place place, ImportLog log)
    {
        // The other modules' options begin with the same letters.
        var own = new OptionMap(options.All.Where(o => !o.Key.StartsWith("http_upload_external_", StringComparison.Ordinal) && !o.Key.StartsWith("http_upload_s3_", StringComparison.Ordinal)));
        var reader = new OptionReader(own, "mod_http_upload", log, Prefix);
        var draft = new UploadDraft(reader, "fileStore", place);
        draft.Limit("file_size_limit", Limit);
        draft.Types(draft.Section, "allowedTypes", "allowed_file_types");
        Policy.Retention(draft, "expire_after");
        Policy.StoredBytes(draft, "quota");
        reader.Explain("path", "files already uploaded stay where they are: serve that folder under the old URL for as long as they matter");
        reader.Finish();
        return draft;
    }
}
