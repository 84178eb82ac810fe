using XmppHost.Import.Output;
using XmppHost.Import.Sources;

namespace XmppHost.Import.Drafts;

/// <summary>One virtual host of the config to be.</summary>
internal sealed class HostDraft(string name, Place place)
{
    internal string Name => name;

    internal Place Place => place;

    /// <summary>What stands in the host beside its plugins.</summary>
    internal JsonObject Own { get; } = new();

    internal JsonObject Plugins { get; } = new();

    /// <summary>The section HttpUpload; null without one.</summary>
    internal JsonObject? Upload => Plugins["HttpUpload"] as JsonObject;

    internal bool HasUpload => Upload is not null;

    /// <summary>Switches a plugin on; what it is set to already stays.</summary>
    internal void Enable(string plugin, string comment)
    {
        if (Plugins[plugin] is null) Plugins.Set(plugin, new JsonObject(), comment);
    }

    internal void Give(UploadDraft draft)
    {
        Plugins.Set("HttpUpload", draft.Section);
        if (draft.FileStore is { } store) Plugins.Set("FileStore", store);
        if (draft.PublicUrl is var (url, comment)) Own.Set("publicUrl", url, comment);
    }
}
