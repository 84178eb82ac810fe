using System.Globalization;
using System.Text.RegularExpressions;

namespace XmppHost.Scripting.Matching;

/// <summary>Reads what stands between <c>${</c> and <c>}</c>.</summary>
internal static partial class PlaceholderParser
{
    private const string Number = @"-?\d+(?:\.\d+)?";

    // XEP-0082 section 3.2 and RFC 4122 section 3.
    private const string DateTimePattern = @"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)";
    private const string UuidPattern = "[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}";

    private static readonly Dictionary<string, Placeholder> Words = new()
    {
        ["any"] = new Placeholder.Pattern(".*"),
        ["some"] = new Placeholder.Pattern(".+"),
        ["number"] = new Placeholder.Pattern(Number),
        ["datetime"] = new Placeholder.Pattern(DateTimePattern),
        ["uuid"] = new Placeholder.Pattern(UuidPattern),
        ["absent"] = new Placeholder.Rule(MatchRule.Absent),
        ["optional"] = new Placeholder.Rule(MatchRule.Optional),
        ["exactly"] = new Placeholder.Rule(MatchRule.Exactly),
        ["more"] = new Placeholder.Rule(MatchRule.More),
        ["in order"] = new Placeholder.Rule(MatchRule.InOrder),
        ["any order"] = new Placeholder.Rule(MatchRule.AnyOrder),
    };

    /// <summary>True for a name that a script may give to a variable of its own.</summary>
    public static bool IsFreeName(string name) => NameSyntax().IsMatch(name) && !Words.ContainsKey(name);

    /// <exception cref="FormatException">It is none of the forms.</exception>
    public static Placeholder Parse(string body)
    {
        if (CaptureSyntax().Match(body) is { Success: true } capture)
        {
            var name = capture.Groups[1].Value;
            if (!IsFreeName(name)) throw new FormatException($"'{name}' cannot be the name of a variable");
            return Parse(capture.Groups[2].Value) is Placeholder.Pattern pattern
                ? pattern with { Capture = name }
                : throw new FormatException($"${{{body}}} captures nothing: after ':=' stands a pattern, for instance ${{{name}:=any}}");
        }

        if (Words.TryGetValue(body, out var word)) return word;
        if (RegexSyntax().Match(body) is { Success: true } regex) return FromRegex(regex.Groups[1].Value, regex.Groups[2].Length > 0);
        if (RangeSyntax().Match(body) is { Success: true } range) return new Placeholder.Pattern(Number, new NumberRange(Bound(range.Groups[1]), Bound(range.Groups[2])));
        return NameSyntax().IsMatch(body)
            ? new Placeholder.Variable(body)
            : throw new FormatException($"${{{body}}} is neither a variable nor one of {string.Join(", ", Words.Keys)}, 1..9, /regex/, name:=pattern");
    }

    private static Placeholder.Pattern FromRegex(string source, bool ignoreCase)
    {
        var expression = source.Replace(@"\/", "/", StringComparison.Ordinal);
        try
        {
            _ = Regex.IsMatch("", expression);
        }
        catch (ArgumentException e)
        {
            throw new FormatException($"/{source}/ is not a regular expression: {e.Message}");
        }

        return new Placeholder.Pattern(ignoreCase ? $"(?i:{expression})" : $"(?:{expression})");
    }

    private static decimal? Bound(Group group) => group.Length == 0 ? null : decimal.Parse(group.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^([^:/]+):=(.+)$", RegexOptions.Singleline)]
    private static partial Regex CaptureSyntax();

    [GeneratedRegex(@"^/(.+)/(i?)$", RegexOptions.Singleline)]
    private static partial Regex RegexSyntax();

    [GeneratedRegex(@"^(?=.*\d)(-?\d+(?:\.\d+)?)?\.\.(-?\d+(?:\.\d+)?)?$")]
    private static partial Regex RangeSyntax();

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*$")]
    private static partial Regex NameSyntax();
}
