using XmppHost.Xml;

namespace XmppHost.Scripting.Matching;

/// <summary>
/// Compares a received element with an expected one. In the subset mode every attribute, text and child that is written must be
/// there and more may be; in the exact mode nothing more may be.
/// </summary>
internal sealed class ElementMatcher(Variables variables)
{
    // By these siblings are told apart, so a child that has the right one is the one that was meant.
    private static readonly string[] Identifying = ["id", "jid", "var", "node", "name", "from"];

    /// <summary>Null on a match, with the captures set; else the first difference, with nothing set.</summary>
    public Difference? Match(ExpectedElement expected, XmppElement received, MatchScope scope)
    {
        var mark = variables.Mark;
        var difference = Compare(expected, received, scope, expected.Name);
        if (difference is not null) variables.Undo(mark);
        return difference;
    }

    /// <summary>How much of what is expected is there, to tell which of several candidates was meant.</summary>
    public int Likeness(ExpectedElement expected, XmppElement received)
    {
        if (!IsNamed(expected, received)) return 0;
        var mark = variables.Mark;
        var likeness = 1 + expected.Attributes.Where(a => AttributeDifference(a, received) is null).Sum(a => Identifying.Contains(a.Name) ? 3 : 1);
        if (expected.Text is { } text && text.Matches(TextOf(received), variables)) likeness++;
        likeness += expected.Children.Sum(child => received.Elements().Select(e => Likeness(child, e)).DefaultIfEmpty().Max());
        variables.Undo(mark);
        return likeness;
    }

    internal Difference? Compare(ExpectedElement expected, XmppElement received, MatchScope outer, string path)
    {
        if (!IsNamed(expected, received))
            return new Difference(path, $"expected {Title(expected.Source)}, received {Title(received)}", expected.Source, received);
        var scope = expected.ScopeWithin(outer);
        return CompareAttributes(expected, received, scope, path)
            ?? CompareText(expected, received, scope, path)
            ?? new ChildMatcher(this, variables, expected, received, scope, path).Match();
    }

    internal bool IsNamed(ExpectedElement expected, XmppElement received) =>
        expected.Name == received.Name && expected.Namespace.Matches(received.Namespace, variables);

    /// <summary>Name and namespace, as a reader of XML knows them.</summary>
    internal static string Title(XmppElement element) => $"<{element.Name} xmlns='{element.Namespace}'/>";

    private Difference? CompareAttributes(ExpectedElement expected, XmppElement received, MatchScope scope, string path)
    {
        foreach (var attribute in expected.Attributes)
            if (AttributeDifference(attribute, received) is { } message)
                return new Difference($"{path}/@{attribute.Name}", message, expected.Source, received);

        if (!scope.Exact) return null;
        foreach (var attribute in received.Attributes)
            if (!expected.Attributes.Any(a => a.Name == attribute.Name && a.Namespace == attribute.Namespace))
                return new Difference($"{path}/@{attribute.Name}", $"'{attribute.Value}' was not expected", expected.Source, received);
        return null;
    }

    private string? AttributeDifference(ExpectedAttribute expected, XmppElement received)
    {
        var value = received.Attribute(expected.Name, expected.Namespace);
        if (expected.IsAbsent) return value is null ? null : $"must be absent, received '{value}'";
        if (value is null) return expected.IsOptional ? null : $"expected '{Show(expected.Value)}', received no such attribute";
        var matches = expected.Value.WithoutRules() is var template && (expected.IsOptional && expected.Value.IsBlank || template.Matches(value, variables));
        return matches ? null : $"expected '{Show(expected.Value)}', received '{value}'";
    }

    private Difference? CompareText(ExpectedElement expected, XmppElement received, MatchScope scope, string path)
    {
        var text = TextOf(received);
        if (expected.Text is { } template)
            return template.Matches(text, variables) ? null : new Difference($"{path}/text", $"expected '{Show(template)}', received '{text}'", expected.Source, received);
        return scope.Exact && text.Length > 0 ? new Difference($"{path}/text", $"'{text}' was not expected", expected.Source, received) : null;
    }

    // White space between elements is layout; alone in an element it is content.
    private static string TextOf(XmppElement element) => element.FirstElement() is null ? element.Text : element.Text.Trim();

    private string Show(Template template)
    {
        var hasValue = template.CanExpand && template.Source.Contains("${", StringComparison.Ordinal);
        return hasValue ? $"{template.Source}' which is '{template.Expand(variables)}" : template.Source;
    }
}
