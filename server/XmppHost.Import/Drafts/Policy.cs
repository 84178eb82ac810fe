using XmppHost.Import.Sources;

namespace XmppHost.Import.Drafts;

/// <summary>Retention, quotas and deletion of other servers.</summary>
internal static class Policy
{
    internal static void Retention(UploadDraft draft, string theirs, decimal? otherwise = null) => draft.Options.Warn(theirs, "has no counterpart here, not imported");

    internal static void DailyBytes(UploadDraft draft, string theirs, decimal? otherwise = null) => draft.Options.Warn(theirs, "has no counterpart here, not imported");

    internal static void StoredBytes(UploadDraft draft, string theirs) => draft.Options.Warn(theirs, "has no counterpart here, not imported");

    internal static void ServerBytes(UploadDraft draft, string theirs) => draft.Options.Warn(theirs, "has no counterpart here, not imported");

    internal static void DeleteWithAccount(UploadDraft draft, OptionReader reader, ImportLog log) => reader.Explain("rm_on_unregister", "an account's files go with it");

    internal static void Days(HostDraft host, OptionReader reader, string theirs) => reader.Warn(theirs, "has no counterpart here, not imported");

    internal static void HardQuota(HostDraft host, OptionReader reader, (decimal? Value, Place Place, bool Depends) limit, Place place)
    {
    }
}
