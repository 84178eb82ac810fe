using XmppHost.Import.Drafts;
using XmppHost.Import.Lua;
using XmppHost.Import.Sources;

namespace XmppHost.Import.Prosody;

/// <summary>What stands in the section of an upload component beside the module's own options.</summary>
internal static class ProsodyComponentOptions
{
    internal static void Import(LuaSection component, LuaConfig config, UploadDraft upload, ImportLog log)
    {
        var own = new OptionMap(component.Options.All.Where(o => !ProsodyUploads.Modules.Any(m => o.Key.StartsWith(m + "_", StringComparison.Ordinal))));
        var reader = new OptionReader(own, $"the component {component.Name}", log);
        if (reader.Text("name") is { } name) upload.Section.Set("name", name.Value, Origin.Of(name.Place, "name"));
        PublicUrl(reader, config, upload, log);
        const string certificate = "the service itself needs no certificate here; files that the server itself serves come under the host's name, with the host's certificate";
        reader.Explain("ssl", certificate);
        reader.Explain("certificate", certificate);
        reader.Explain("parent_host", "said by the place in 'hosts'");
        reader.Explain("http_paths", "the FileStore's files are at /upload/HOST/");
        reader.Explain("http_host", "with the FileStore, publicUrl of the host says where clients reach it");
        reader.Explain("modules_enabled", "modules of the component; none has a counterpart in an upload service");
        reader.Explain("modules_disabled", "modules of the component; none has a counterpart in an upload service");
        reader.Finish();
    }

    private static void PublicUrl(OptionReader reader, LuaConfig config, UploadDraft upload, ImportLog log)
    {
        if (upload.FileStore is null)
        {
            reader.Explain("http_external_url", "only files that the server itself serves have to do with its own URL");
            return;
        }

        var url = reader.Text("http_external_url") ?? config.Global.Options["http_external_url"] as SourceValue.Text;
        if (url is null) return;
        log.MarkUsed(url);
        upload.PublicUrl = (url.Value, Origin.Of(url.Place, "http_external_url"));
    }
}
