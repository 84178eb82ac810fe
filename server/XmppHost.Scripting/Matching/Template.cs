using System.Text;
using System.Text.RegularExpressions;

namespace XmppHost.Scripting.Matching;

/// <summary>Text with <c>${...}</c> in it: expanded where a client sends, matched where it receives.</summary>
internal sealed class Template
{
    private static readonly TimeSpan RegexLimit = TimeSpan.FromSeconds(1);

    private readonly Placeholder[] _parts;

    private Template(string source, Placeholder[] parts)
    {
        Source = source;
        _parts = parts;
    }

    public string Source { get; }

    public IEnumerable<MatchRule> Rules => _parts.OfType<Placeholder.Rule>().Select(r => r.Kind);

    /// <summary>True when it consists of rules and white space only, and so says nothing about text.</summary>
    public bool IsBlank => _parts.All(p => p is Placeholder.Rule || (p is Placeholder.Literal l && string.IsNullOrWhiteSpace(l.Text)));

    /// <summary>True when nothing but plain text and variables is in it.</summary>
    public bool CanExpand => _parts.All(p => p is Placeholder.Literal or Placeholder.Variable);

    /// <summary>The variables that a match sets.</summary>
    public IEnumerable<string> Captures => _parts.OfType<Placeholder.Pattern>().Select(p => p.Capture).OfType<string>();

    /// <exception cref="FormatException">A placeholder is none of the forms, or is not closed.</exception>
    public static Template Parse(string source)
    {
        var parts = new List<Placeholder>();
        var literal = new StringBuilder();
        for (var at = 0; at < source.Length;)
        {
            if (string.CompareOrdinal(source, at, "$${", 0, 3) == 0)
            {
                literal.Append("${");
                at += 3;
            }
            else if (string.CompareOrdinal(source, at, "${", 0, 2) == 0)
            {
                var end = EndOf(source, at + 2);
                if (literal.Length > 0) parts.Add(new Placeholder.Literal(literal.ToString()));
                literal.Clear();
                parts.Add(PlaceholderParser.Parse(source[(at + 2)..end]));
                at = end + 1;
            }
            else
            {
                literal.Append(source[at++]);
            }
        }

        if (literal.Length > 0) parts.Add(new Placeholder.Literal(literal.ToString()));
        return new Template(source, [.. parts]);
    }

    /// <summary>As <see cref="Parse"/>, refusing what has no single value.</summary>
    /// <exception cref="FormatException">It has a pattern or rule in it, or cannot be read.</exception>
    public static Template ParseValue(string source)
    {
        var template = Parse(source);
        return template.CanExpand ? template : throw new FormatException($"only variables can stand in '{source}': a pattern says what may be received");
    }

    /// <summary>The same without its rules and the white space around them.</summary>
    public Template WithoutRules()
    {
        var parts = _parts.Where(p => p is not Placeholder.Rule).ToList();
        if (parts.Count < _parts.Length)
        {
            if (parts.Count > 0 && parts[0] is Placeholder.Literal first) parts[0] = new Placeholder.Literal(first.Text.TrimStart());
            if (parts.Count > 0 && parts[^1] is Placeholder.Literal last) parts[^1] = new Placeholder.Literal(last.Text.TrimEnd());
        }

        return new Template(Source, [.. parts]);
    }

    /// <param name="variables">Where the values come from.</param>
    /// <param name="encode">Applied to each value, for instance to escape XML.</param>
    public string Expand(Variables variables, Func<string, string>? encode = null) => string.Concat(_parts.Select(p => p switch
    {
        Placeholder.Literal l => l.Text,
        Placeholder.Variable v => encode is null ? variables.Get(v.Name) : encode(variables.Get(v.Name)),
        _ => throw new InvalidOperationException($"{Source} cannot be expanded"),
    }));

    /// <summary>Matches the whole of the text. Captures are set in <paramref name="variables"/> only on success.</summary>
    public bool Matches(string text, Variables variables)
    {
        if (CanExpand) return Expand(variables) == text;
        var expression = new StringBuilder(@"\A");
        for (var i = 0; i < _parts.Length; i++)
            expression.Append(_parts[i] switch
            {
                Placeholder.Literal l => Regex.Escape(l.Text),
                Placeholder.Variable v => Regex.Escape(variables.Get(v.Name)),
                Placeholder.Pattern p => p.AsGroup(i),
                _ => "",
            });
        var match = Regex.Match(text, expression.Append(@"\z").ToString(), RegexOptions.Singleline | RegexOptions.CultureInvariant, RegexLimit);
        var patterns = _parts.Select((part, i) => (Pattern: part as Placeholder.Pattern, Group: match.Groups[$"p{i}"])).Where(p => p.Pattern is not null).ToList();
        if (!match.Success || !patterns.All(p => p.Pattern!.Accepts(p.Group))) return false;
        foreach (var (pattern, group) in patterns)
            if (pattern!.Capture is { } name)
                variables.Set(name, group.Value);
        return true;
    }

    public override string ToString() => Source;

    // A brace inside /.../ belongs to the regular expression.
    private static int EndOf(string source, int at)
    {
        var slash = source.IndexOf('/', at);
        var brace = source.IndexOf('}', at);
        if (brace < 0) throw new FormatException($"'{source[(at - 2)..]}' has no closing brace");
        var opensRegex = slash >= 0 && slash < brace && (slash == at || source.AsSpan(at..slash).EndsWith(":="));
        if (!opensRegex) return brace;
        for (var i = slash + 1; i < source.Length; i++)
        {
            if (source[i] == '\\') i++;
            else if (source[i] == '/' && string.CompareOrdinal(source, i + 1, "}", 0, 1) == 0) return i + 1;
            else if (source[i] == '/' && string.CompareOrdinal(source, i + 1, "i}", 0, 2) == 0) return i + 2;
        }

        throw new FormatException($"the regular expression in '{source[(at - 2)..]}' has no end");
    }
}
