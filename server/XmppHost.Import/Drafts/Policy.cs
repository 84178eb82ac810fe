using XmppHost.Import.Sources;

namespace XmppHost.Import.Drafts;

/// <summary>Retention, quotas and deletion of other servers.</summary>
internal static class Policy
{
    private const decimal Day = 86400;

    /// <summary>How long files are kept, as a period.</summary>
    internal static void Retention(UploadDraft draft, string theirs, decimal? otherwise = null)
    {
        if (draft.Options.Take(theirs) is not { } value)
        {
            if (otherwise is { } seconds) draft.Section.Set("retention", Amounts.Seconds(seconds), Origin.Default(draft.Options.Module));
            return;
        }

        var (period, isPeriod) = Periods.Of(value);
        if (!isPeriod) draft.Options.Log.Warn(value.Place, $"{draft.Options.Full(theirs)}: {value.Kind} that is not a period; not imported, files are kept for ever");
        else if (period is { } some) draft.Section.Set("retention", Amounts.Seconds(Math.Max(60, some)), draft.From(value, theirs));
    }

    /// <summary>What one user may upload in a day.</summary>
    internal static void DailyBytes(UploadDraft draft, string theirs, decimal otherwise)
    {
        if (draft.Options.Take(theirs) is null) draft.Section.Set("bytesPerDay", Amounts.Size(otherwise), Origin.Default(draft.Options.Module));
        else Bytes(draft, "bytesPerDay", theirs);
    }

    /// <summary>What one user's files may take together.</summary>
    internal static void StoredBytes(UploadDraft draft, string theirs) => Bytes(draft, "bytesPerUser", theirs);

    internal static void ServerBytes(UploadDraft draft, string theirs)
    {
        if (draft.Options.Take(theirs) is SourceValue.Text { Value: "unlimited" or "infinite" }) return;
        draft.Options.Warn(theirs, "there is no quota for all users together; FileStore.minFreeSpace keeps a part of the disk free, and bytesPerUser limits each of them");
    }

    internal static void DeleteWithAccount(OptionReader reader)
    {
        if (reader.Flag("rm_on_unregister") is { Value: false }) reader.Warn("rm_on_unregister", "here an account's files always go with it");
        else reader.Explain("rm_on_unregister", "an account's files go with it");
    }

    /// <summary>Days after which ejabberd deletes a file.</summary>
    internal static void Days(HostDraft host, OptionReader reader, string theirs)
    {
        if (reader.Take(theirs) is SourceValue.Text { Value: "infinity" } || host.Upload is not { } upload) return;
        if (reader.Number(theirs) is { Value: > 0 } days) upload.Set("retention", Amounts.Seconds(days.Value * Day), Origin.Of(days.Place, $"{reader.Module}: {theirs}"));
    }

    /// <summary>MiB that ejabberd lets a user have.</summary>
    internal static void HardQuota(HostDraft host, OptionReader reader, (decimal? Value, Place Place, bool Depends) limit, Place place)
    {
        if (limit.Depends) reader.Log.Warn(limit.Place, $"{reader.Module}: the hard quota depends on who uploads{(limit.Value is null ? "; not imported" : "; what holds for 'all' is imported")}: 'rules' can give others their own");
        if (limit.Value is not { } mebibytes || host.Upload is not { } upload) return;
        upload.Set("bytesPerUser", Amounts.Size(mebibytes * (1 << 20)), Origin.Of(limit.Place, "the hard quota"));
        reader.Log.Note(place, $"{reader.Module}: beyond the quota ejabberd deleted a user's oldest files; here the upload is refused until the user deletes some");
    }

    private static void Bytes(UploadDraft draft, string ours, string theirs)
    {
        if (draft.Options.Take(theirs) is null or SourceValue.Text { Value: "unlimited" or "infinite" }) return;
        if (draft.Whole(theirs) is { } bytes) draft.Section.Set(ours, Amounts.Size(bytes.Value), draft.From(bytes, theirs));
    }
}
