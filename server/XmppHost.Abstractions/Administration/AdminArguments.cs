namespace XmppHost.Administration;

/// <summary>What was given, by parameter name; what was not given is not there. A flag that is set has the value <c>true</c>.</summary>
public sealed record AdminArguments(IReadOnlyDictionary<string, IReadOnlyList<string>> Values)
{
    /// <summary>The value, or null.</summary>
    public string? this[string name] => Values.TryGetValue(name, out var values) && values is [var first, ..] ? first : null;

    public bool Has(string name) => Values.ContainsKey(name);

    /// <summary>The values of a parameter that takes several; empty when none was given.</summary>
    public IReadOnlyList<string> All(string name) => Values.GetValueOrDefault(name) ?? [];
}
