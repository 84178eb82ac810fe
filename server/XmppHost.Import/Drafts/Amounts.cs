using System.Globalization;

namespace XmppHost.Import.Drafts;

/// <summary>Sizes and durations as our config writes them.</summary>
internal static class Amounts
{
    private static readonly (string Unit, decimal Factor)[] Sizes = [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)];

    private static readonly (string Unit, decimal Seconds)[] Durations = [("days", 86400), ("h", 3600), ("min", 60)];

    /// <summary>Exactly that many bytes, in the largest unit that divides them.</summary>
    internal static string Size(decimal bytes)
    {
        foreach (var (unit, factor) in Sizes)
            if (bytes >= factor && bytes % factor == 0)
                return string.Create(CultureInfo.InvariantCulture, $"{bytes / factor:0} {unit}");
        return string.Create(CultureInfo.InvariantCulture, $"{bytes:0} B");
    }

    internal static string Seconds(decimal seconds)
    {
        foreach (var (unit, factor) in Durations)
            if (seconds >= factor && seconds % factor == 0)
                return string.Create(CultureInfo.InvariantCulture, $"{seconds / factor:0} {(unit == "days" && seconds == factor ? "day" : unit)}");
        return string.Create(CultureInfo.InvariantCulture, $"{seconds:0} s");
    }
}
