using XmppHost.Plugins.HttpUpload.Policy;

namespace XmppHost.Plugins.HttpUpload.Ledger;

/// <summary>What would be too much.</summary>
internal enum UsageKind
{
    SlotsPerMinute,
    BytesPerDay,
    BytesPerUser,
    FilesPerUser,
}

/// <summary>A slot that would be too much for its uploader.</summary>
/// <param name="Limit">Slots, bytes or files.</param>
/// <param name="Excess">By how much it would be exceeded.</param>
/// <param name="Left">What of it is left.</param>
/// <param name="RetryAt">When the same slot would be granted; null where nobody knows.</param>
internal sealed record UsageExcess(UsageKind Kind, long Limit, long Excess, long Left, DateTimeOffset? RetryAt)
{
    internal bool IsOfStoredFiles => Kind is UsageKind.BytesPerUser or UsageKind.FilesPerUser;

    internal Refusal ToRefusal(Phrases phrases) => Kind switch
    {
        UsageKind.SlotsPerMinute => RefusalXml.Retry(RefusalReason.Rate, Phrases.Fill(phrases.TooManySlots, Limit), RetryAt, phrases),
        UsageKind.BytesPerDay => Quota(Phrases.Fill(phrases.DayIsUsedUp, phrases.Size(Limit), phrases.Size(Left)), phrases),
        UsageKind.BytesPerUser => Quota(Phrases.Fill(phrases.SpaceIsUsedUp, phrases.Size(Limit), phrases.Size(Left)), phrases),
        _ => Quota(Phrases.Fill(phrases.TooManyFiles, Limit), phrases),
    };

    private Refusal Quota(string text, Phrases phrases) => RefusalXml.Retry(RefusalReason.Quota, text, RetryAt, phrases);
}
