using System.Globalization;
using System.Text.RegularExpressions;

namespace XmppHost.Scripting.Format;

/// <summary>Times as scripts write them: <c>200ms</c>, <c>1.5s</c>, <c>2m</c>.</summary>
internal static partial class Duration
{
    /// <exception cref="FormatException">It is not a time.</exception>
    public static TimeSpan Parse(string text)
    {
        var match = Syntax().Match(text);
        if (!match.Success) throw new FormatException($"'{text}' is not a time such as 200ms, 1.5s or 2m");
        var number = double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
        return match.Groups[2].Value switch
        {
            "ms" => TimeSpan.FromMilliseconds(number),
            "s" => TimeSpan.FromSeconds(number),
            _ => TimeSpan.FromMinutes(number),
        };
    }

    public static string Show(TimeSpan time) => time.TotalSeconds >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.##} s")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms");

    [GeneratedRegex(@"^(\d+(?:\.\d+)?) ?(ms|s|m)$")]
    private static partial Regex Syntax();
}
