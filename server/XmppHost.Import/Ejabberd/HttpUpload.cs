using XmppHost.Import.Drafts;
using XmppHost.Import.Sources;

namespace XmppHost.Import.Ejabberd;

/// <summary>mod_http_upload: files on ejabberd's own disk, or, with external_secret, on a service that verifies its tokens.</summary>
internal static class HttpUpload
{
    private const decimal Limit = 104857600;

    internal static UploadDraft Read(OptionReader reader, Place place, EjabberdAccess access, string host)
    {
        var isExternal = reader.Text("external_secret") is { Value.Length: > 0 } || reader.Take("external_secret") is SourceValue.Elsewhere;
        var draft = new UploadDraft(reader, isExternal ? "external" : "fileStore", place);
        ServiceHosts.Import(draft);
        draft.Text(draft.Section, "name", "name");
        draft.Limit("max_size", Limit);
        access.Import(draft, "access");
        if (isExternal) External(draft);
        else Urls(draft, host);
        Explain(reader, isExternal);
        Policy.DeleteWithAccount(reader);
        reader.Finish();
        return draft;
    }

    private static void External(UploadDraft draft)
    {
        draft.Required(draft.External, "baseUrl", "put_url");
        draft.Secret(draft.External, "secret", "external_secret");
        draft.External.Set("protocol", "v1", Origin.Fixed(draft.Options.Module));
        draft.Options.Warn("get_url", "files are fetched from where they were put; a download URL of its own has no counterpart with an external service");
    }

    // Both name our own HTTP endpoint, whose paths are ours: only the beginning counts.
    private static void Urls(UploadDraft draft, string host)
    {
        foreach (var option in (string[])["put_url", "get_url"])
        {
            if (draft.Options.Text(option) is not { } text) continue;
            var url = Uri.TryCreate(text.Value.Replace("@HOST@", host, StringComparison.Ordinal), UriKind.Absolute, out var parsed) ? $"{parsed.Scheme}://{parsed.Authority}/" : null;
            if (url is null) draft.Options.Log.Warn(text.Place, $"{option}: not a URL; not imported");
            else if (draft.PublicUrl is not { } other) draft.PublicUrl = (url, draft.From(text, option) + "; the path is /upload/HOST/ here");
            else if (other.Url != url) draft.Options.Log.Warn(text.Place, $"{option}: files are fetched from where they are put; publicUrl of the host is the one of put_url");
            else draft.Options.Log.Note(text.Place, $"{option}: the same place as put_url, and publicUrl is for both");
        }
    }

    private static void Explain(OptionReader reader, bool isExternal)
    {
        reader.Warn("service_url", "an upload service that is asked for every slot; run one that verifies tokens instead (backend external)");
        reader.Explain("secret_length", "the random part of URLs has 32 bytes here; tokenBytes changes it");
        reader.Explain("jid_in_url", "URLs say nothing of the uploader here; 'xmpphost upload whose URL' tells it");
        reader.Explain("file_mode", "files belong to the server's user alone");
        reader.Explain("dir_mode", "folders belong to the server's user alone");
        reader.Warn("docroot", "new files go to the data folder (FileStore.directory changes it); serve those in the old folder under their old URL for as long as they matter");
        reader.Explain("custom_headers", "the FileStore sends the CORS and security headers that clients need by itself");
        reader.Explain("content_types", "the FileStore serves the type that the client announced, and shows those of FileStore.inlineTypes in place");
        reader.Warn("thumbnail", "there are no thumbnails made by the server");
        reader.Explain("vcard", "the service has no card");
        reader.Explain("append_module_config", "belongs to ejabberd's own way of putting configs together");
        if (isExternal) reader.Take("external_secret");
    }
}
