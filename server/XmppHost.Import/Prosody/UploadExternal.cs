using XmppHost.Import.Drafts;
using XmppHost.Import.Sources;

namespace XmppHost.Import.Prosody;

/// <summary>mod_http_upload_external: an upload service that verifies an HMAC.</summary>
internal static class UploadExternal
{
    private const decimal Limit = 100 << 20;

    internal static UploadDraft Read(OptionMap options, Place place, ImportLog log)
    {
        var reader = new OptionReader(options, "mod_http_upload_external", log, "http_upload_external_");
        var draft = new UploadDraft(reader, "external", place);
        draft.Limit("file_size_limit", Limit);
        draft.Access("access");
        draft.Required(draft.External, "baseUrl", "base_url");
        draft.Secret(draft.External, "secret", "secret");
        // The module takes anything but v1 for v2.
        if (reader.Text("protocol") is { } protocol) draft.External.Set("protocol", protocol.Value == "v1" ? "v1" : "v2", draft.From(protocol, "protocol"));
        else draft.External.Set("protocol", "v1", Origin.Default(reader.Module));
        reader.Finish();
        return draft;
    }
}
