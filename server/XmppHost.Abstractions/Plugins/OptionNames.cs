using System.Text.Json;

namespace XmppHost.Plugins;

/// <summary>How options, enum values and their misspellings read in config.</summary>
internal static class OptionNames
{
    internal static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    internal static string Path(string key) => key.Replace(':', '.');

    /// <summary>The end of a problem line: what was probably meant, or all that there is.</summary>
    internal static string Hint(string given, IEnumerable<string> known)
    {
        string[] names = [.. known];
        if (names.Length == 0) return "";
        var (best, distance) = names.Select(name => (name, Distance(given.ToLowerInvariant(), name.ToLowerInvariant()))).MinBy(c => c.Item2);
        if (distance <= Math.Max(1, Math.Min(given.Length, best.Length) / 3)) return $"; did you mean '{best}'?";
        return names.Length > 15 ? "" : $"; known: {string.Join(", ", names)}";
    }

    // Optimal string alignment: a swapped pair is one mistake.
    private static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) d[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) d[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                d[i, j] = Math.Min(Math.Min(d[i - 1, j] + 1, d[i, j - 1] + 1), d[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }

        return d[a.Length, b.Length];
    }
}
