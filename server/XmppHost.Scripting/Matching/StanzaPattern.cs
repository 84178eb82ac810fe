using XmppHost.Scripting.Matching;
using XmppHost.Xml;

namespace XmppHost.Scripting;

/// <summary>A stanza as scripts expect it, with <c>${...}</c> in it, for tests in C#.</summary>
public sealed class StanzaPattern
{
    private readonly ExpectedElement _expected;
    private readonly bool _exactly;

    private StanzaPattern(ExpectedElement expected, bool exactly) => (_expected, _exactly) = (expected, exactly);

    /// <param name="xml">One element; without a namespace of its own it is in <c>jabber:client</c>.</param>
    /// <param name="exactly">Nothing beyond what is written may be there, and children come in this order.</param>
    /// <exception cref="FormatException">It is not one element, or a placeholder in it cannot be read.</exception>
    public static StanzaPattern Parse(string xml, bool exactly = false) => new(ExpectedElement.Parse(xml), exactly);

    /// <summary>Null when the element matches; else the first difference and both elements, to be printed. Captures are added to <paramref name="values"/>.</summary>
    /// <param name="received">What came.</param>
    /// <param name="values">The values of variables by name.</param>
    public string? Explain(XmppElement received, IDictionary<string, string>? values = null)
    {
        var variables = new Variables(name => values is not null && values.TryGetValue(name, out var value) ? value : null);
        var difference = new ElementMatcher(variables).Match(_expected, received, _exactly ? MatchScope.Exactly : MatchScope.Subset);
        if (difference is not null) return DifferenceText.Render(_expected.Source, received, difference, _exactly ? "exactly" : "at least this");
        if (values is not null)
            foreach (var (name, value) in variables.WasSet)
                values[name] = value;
        return null;
    }
}
