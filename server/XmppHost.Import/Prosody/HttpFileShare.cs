using XmppHost.Import.Drafts;
using XmppHost.Import.Sources;

namespace XmppHost.Import.Prosody;

/// <summary>mod_http_file_share: files on the server's own disk, or on a service that takes its tokens.</summary>
internal static class HttpFileShare
{
    private const string Prefix = "http_file_share_";
    private const decimal Limit = 10 << 20;

    internal static UploadDraft Read(OptionMap options, Place place, ImportLog log)
    {
        var reader = new OptionReader(options, "mod_http_file_share", log, Prefix);
        var isExternal = reader.Has("base_url");
        var draft = new UploadDraft(reader, isExternal ? "external" : "fileStore", place);
        draft.Limit("size_limit", Limit);
        draft.Types(draft.Section, "allowedTypes", "allowed_file_types");
        draft.Access("access");
        if (isExternal) External(draft);
        else Local(draft);
        Policy.Retention(draft, "expires_after", 7 * 86400);
        Policy.DailyBytes(draft, "daily_quota", Tenfold(draft));
        Policy.ServerBytes(draft, "global_quota");
        reader.Finish();
        return draft;
    }

    // What one user may upload in a day, unless the config says so.
    private static decimal Tenfold(UploadDraft draft) => 10 * UploadDraft.WithoutTag(draft.Options.Number("size_limit")?.Value ?? Limit);

    private static void External(UploadDraft draft)
    {
        draft.Required(draft.External, "baseUrl", "base_url");
        draft.Secret(draft.External, "secret", "secret");
        draft.External.Set("protocol", "jwt", Origin.Fixed(draft.Options.Module));
        draft.Options.Warn("safe_file_types", "which files are shown in place is the service's decision");
    }

    private static void Local(UploadDraft draft)
    {
        draft.Types(draft.FileStore!, "inlineTypes", "safe_file_types");
        draft.Options.Explain("secret", "the tokens of the FileStore have a key of their own, made on the first run");
    }
}
