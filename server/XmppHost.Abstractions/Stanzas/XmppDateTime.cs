using System.Globalization;

namespace XmppHost.Stanzas;

/// <summary>The DateTime profile of XEP-0082.</summary>
public static class XmppDateTime
{
    /// <summary>UTC with a Z, to the second, or to the millisecond where there are any.</summary>
    public static string Format(DateTimeOffset time)
    {
        var utc = time.UtcDateTime;
        return utc.ToString(utc.Millisecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
    }

    /// <summary>Null when it is not of the profile; a time without an offset is not.</summary>
    public static DateTimeOffset? TryParse(string? text) =>
        text is { Length: >= 20 and <= 40 } && text[10] == 'T' && (text[^1] == 'Z' || text[^6] is '+' or '-')
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;
}
