using System.Globalization;
using XmppHost.Import.Sources;

namespace XmppHost.Import.Drafts;

/// <summary>Durations as other servers have them: seconds, <c>"1w"</c>, <c>"2 days"</c>, <c>"never"</c>.</summary>
internal static class Periods
{
    private static readonly (string Unit, decimal Seconds)[] Units =
        [("m", 60), ("min", 60), ("minute", 60), ("h", 3600), ("hour", 3600), ("d", 86400), ("day", 86400), ("w", 604800), ("week", 604800), ("month", 2592000), ("y", 31536000), ("year", 31536000), ("s", 1), ("sec", 1), ("second", 1)];

    /// <summary>Infinity is null, as is what is not a duration; the second value tells them apart.</summary>
    internal static (decimal? Seconds, bool IsPeriod) Of(SourceValue value) => value switch
    {
        SourceValue.Number number => (number.Value, number.Value > 0),
        SourceValue.Text { Value: "never" or "infinite" or "infinity" } => (null, true),
        SourceValue.Text text => OfText(text.Value.Trim()),
        _ => (null, false),
    };

    private static (decimal?, bool) OfText(string text)
    {
        var digits = new string([.. text.TakeWhile(char.IsAsciiDigit)]);
        var unit = text[digits.Length..].Trim();
        if (!decimal.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > 1_000_000) return (null, false);
        foreach (var (name, seconds) in Units)
            if (unit == name || unit == name + "s")
                return (number * seconds, true);
        return unit.Length == 0 ? (number, number > 0) : (null, false);
    }
}
