using System.Diagnostics.CodeAnalysis;

namespace XmppHost.Import.Sources;

/// <summary>Options by name, in the order in which they stand.</summary>
internal sealed class OptionMap
{
    private readonly OrderedDictionary<string, SourceValue> _options = new(StringComparer.Ordinal);

    internal OptionMap()
    {
    }

    internal OptionMap(IEnumerable<KeyValuePair<string, SourceValue>> options)
    {
        foreach (var (name, value) in options) _options[name] = value;
    }

    internal int Count => _options.Count;

    internal IEnumerable<string> Names => _options.Keys;

    internal IEnumerable<KeyValuePair<string, SourceValue>> All => _options;

    internal SourceValue? this[string name] => _options.GetValueOrDefault(name);

    internal bool TryGet(string name, [NotNullWhen(true)] out SourceValue? value) => _options.TryGetValue(name, out value);

    internal void Set(string name, SourceValue value) => _options[name] = value;

    /// <summary>The table of that name; null where there is none or something else.</summary>
    internal SourceValue.Table? Table(string name) => this[name] as SourceValue.Table;
}
