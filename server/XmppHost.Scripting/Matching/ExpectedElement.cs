using XmppHost.Xml;

namespace XmppHost.Scripting.Matching;

/// <summary>An element as a script expects it: templates in place of texts, rules in place of the words that give them.</summary>
internal sealed class ExpectedElement
{
    private ExpectedElement(XmppElement source)
    {
        Source = source;
        Namespace = Template.Parse(source.Namespace);
        var attributes = new List<ExpectedAttribute>();
        foreach (var attribute in source.Attributes) attributes.Add(new ExpectedAttribute(attribute.Name, attribute.Namespace, Template.Parse(attribute.Value)));
        Attributes = attributes;
        Children = [.. source.Elements().Select(e => new ExpectedElement(e))];

        var text = Template.Parse(Children.Count == 0 ? source.Text : source.Text.Trim());
        Rules = [.. text.Rules];
        if (!text.IsBlank || (Rules.Count == 0 && source.Text.Length > 0 && Children.Count == 0)) Text = text.WithoutRules();
    }

    /// <summary>As it stands in the script.</summary>
    public XmppElement Source { get; }

    public string Name => Source.Name;

    public Template Namespace { get; }

    public IReadOnlyList<ExpectedAttribute> Attributes { get; }

    public IReadOnlyList<ExpectedElement> Children { get; }

    public IReadOnlyList<MatchRule> Rules { get; }

    /// <summary>Null where the script says nothing about text.</summary>
    public Template? Text { get; }

    public bool IsAbsent => Rules.Contains(MatchRule.Absent);

    public bool IsOptional => Rules.Contains(MatchRule.Optional);

    /// <exception cref="FormatException">A placeholder in it cannot be read.</exception>
    public static ExpectedElement From(XmppElement source) => new(source);

    /// <exception cref="FormatException">It is not one well-formed element, or a placeholder in it cannot be read.</exception>
    public static ExpectedElement Parse(string xml) => new(XmppStreamReader.Parse(xml, XmlNs.Client));

    public MatchScope ScopeWithin(MatchScope outer) => Rules.Aggregate(outer, (scope, rule) => scope.With(rule));
}
