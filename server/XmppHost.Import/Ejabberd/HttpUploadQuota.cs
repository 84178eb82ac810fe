using XmppHost.Import.Drafts;
using XmppHost.Import.Sources;

namespace XmppHost.Import.Ejabberd;

/// <summary>mod_http_upload_quota: how long files stay, and how much one user may have.</summary>
internal static class HttpUploadQuota
{
    internal static void Import(OptionReader reader, Place place, HostDraft host, EjabberdShapers shapers, ImportLog log)
    {
        if (host.Plugins["FileStore"] is null)
        {
            log.Warn(place, $"{reader.Module}: it looks after files on ejabberd's own disk, and {host.Name} has none there; not imported");
            return;
        }

        Policy.Days(host, reader, "max_days");
        Policy.HardQuota(host, reader, shapers.LimitOf(reader.Text("access_hard_quota")?.Value ?? "hard_upload_quota"), place);
        reader.Explain("access_hard_quota", "the rule that says how much one user may have");
        reader.Explain("access_soft_quota", "what to delete down to when the hard quota is passed; here an upload beyond the quota is refused and nothing is deleted");
        reader.Finish();
    }
}
