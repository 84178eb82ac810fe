using XmppHost.Import.Drafts;
using XmppHost.Import.Sources;

namespace XmppHost.Import.Ejabberd;

/// <summary>The service's addresses: <c>hosts</c>, or <c>host</c> of older versions.</summary>
internal static class ServiceHosts
{
    private const string Default = "upload.@HOST@";

    internal static void Import(UploadDraft draft)
    {
        foreach (var option in (string[])["hosts", "host"])
        {
            var names = draft.Options.Texts(option);
            if (names.Count == 0) continue;
            if (names[0].Value != Default) draft.Section.Set("host", names[0].Value, draft.From(names[0], option));
            foreach (var other in names.Skip(1)) draft.Options.Log.Warn(other.Place, $"{option}: a host's upload service has one address here; {other.Value} is not imported");
        }
    }
}
