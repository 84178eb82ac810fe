using System.Globalization;

namespace XmppHost.Scripting.Matching;

/// <summary>An inclusive range; a bound that is null is open.</summary>
internal sealed record NumberRange(decimal? From, decimal? To)
{
    public bool Contains(string text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
        && (From is null || value >= From)
        && (To is null || value <= To);
}
