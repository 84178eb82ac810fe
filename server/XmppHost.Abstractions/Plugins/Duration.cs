using System.Globalization;

namespace XmppHost.Plugins;

/// <summary>Durations as config writes them: <c>500 ms</c>, <c>30s</c>, <c>5 min</c>, <c>1 h 30 min</c>, <c>7 days</c> or <c>00:05:00</c>.</summary>
internal static class Duration
{
    private static readonly (string[] Names, long Ticks)[] Units =
    [
        (["days", "day", "d"], TimeSpan.TicksPerDay),
        (["h", "hours", "hour"], TimeSpan.TicksPerHour),
        (["min", "minutes", "minute", "m"], TimeSpan.TicksPerMinute),
        (["s", "sec", "seconds", "second"], TimeSpan.TicksPerSecond),
        (["ms", "milliseconds", "millisecond"], TimeSpan.TicksPerMillisecond),
        (["weeks", "week", "w"], 7 * TimeSpan.TicksPerDay),
    ];

    internal static TimeSpan? TryParse(string text)
    {
        if (text.Contains(':', StringComparison.Ordinal))
            return TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var exact) && exact >= TimeSpan.Zero ? exact : null;

        var total = 0m;
        var rest = text.AsSpan().Trim();
        if (rest.IsEmpty) return null;
        // The one number that needs no unit.
        if (rest is "0") return TimeSpan.Zero;
        while (!rest.IsEmpty)
        {
            if (TakePart(ref rest) is not { } ticks) return null;
            total += ticks;
        }

        return total <= TimeSpan.MaxValue.Ticks ? new TimeSpan((long)total) : null;
    }

    internal static string ToText(TimeSpan value)
    {
        if (value == TimeSpan.Zero) return "0 s";
        var parts = new List<string>();
        var ticks = value.Ticks;
        foreach (var (names, unit) in Units[..5])
        {
            if (ticks < unit) continue;
            var count = ticks / unit;
            ticks %= unit;
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 && unit == TimeSpan.TicksPerDay ? "day" : names[0])}"));
        }

        return ticks == 0 ? string.Join(' ', parts) : value.ToString("c", CultureInfo.InvariantCulture);
    }

    private static decimal? TakePart(ref ReadOnlySpan<char> text)
    {
        var digits = text.IndexOfAnyExceptInRange('.', '9');
        if (digits <= 0 || !decimal.TryParse(text[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return null;
        text = text[digits..].TrimStart();
        var letters = text.IndexOfAnyExceptInRange('A', 'z');
        var unit = (letters < 0 ? text : text[..letters]).ToString();
        text = text[unit.Length..].TrimStart();
        foreach (var (names, ticks) in Units)
            if (names.Contains(unit, StringComparer.OrdinalIgnoreCase) && number < TimeSpan.MaxValue.Ticks)
                return number * ticks;
        return null;
    }
}
