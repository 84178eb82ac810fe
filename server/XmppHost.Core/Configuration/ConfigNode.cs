using Microsoft.Extensions.Configuration;

namespace XmppHost.Core.Configuration;

/// <summary>A part of the configuration with the origin of every value: a value, or named children (a list's are named 0, 1, ...).</summary>
internal sealed class ConfigNode
{
    internal string? Value { get; private set; }

    /// <summary>Where the value, or the last word on it, stands: <c>xmpphost.json:12</c>, <c>--set</c>.</summary>
    internal string Origin { get; private set; } = "";

    internal OrderedDictionary<string, ConfigNode> Children { get; } = new(StringComparer.OrdinalIgnoreCase);

    internal bool IsList => Children.Count > 0 ? Children.Keys.All(k => int.TryParse(k, out _)) : Value is "";

    internal ConfigNode? this[string name] => Children.GetValueOrDefault(name);

    /// <summary>The child of that name, made where there is none.</summary>
    internal ConfigNode Child(string name)
    {
        if (Children.TryGetValue(name, out var child)) return child;
        Value = null;
        return Children[name] = new ConfigNode();
    }

    /// <summary>Makes this a value; what stood below is gone.</summary>
    internal void SetValue(string value, string origin)
    {
        Children.Clear();
        (Value, Origin) = (value, origin);
    }

    /// <summary>Makes this a node with children, none so far unless it had some; an empty list keeps an empty value, so that it is told from <c>{}</c>.</summary>
    internal void SetContainer(bool list, string origin) => (Value, Origin) = (list ? "" : null, origin);

    /// <summary>
    /// Lays another node over this one: what it names wins. A list replaces a list as a whole, and a secret written as a value replaces one written as a file, and the other
    /// way round.
    /// </summary>
    internal void Overlay(ConfigNode over)
    {
        // {} over something leaves it as it is; {} over "false" switches on.
        if (over.Value is not null || over.IsList || IsList) Children.Clear();
        Value = over.Value;
        Origin = over.Origin;
        foreach (var (name, child) in over.Children)
        {
            DropOtherForm(name, child);
            Child(name).Overlay(child);
        }
    }

    /// <summary>Lays a node over the one at that path; of a list this changes one element.</summary>
    internal void Put(ReadOnlySpan<string> path, ConfigNode node)
    {
        var parent = this;
        foreach (var name in path[..^1]) parent = parent.Child(name);
        parent.DropOtherForm(path[^1], node);
        parent.Child(path[^1]).Overlay(node);
    }

    /// <summary>The same part as Microsoft.Extensions.Configuration has it.</summary>
    /// <param name="path">The key that this node stands at; empty for the root.</param>
    internal IConfiguration ToConfiguration(string path)
    {
        var root = new ConfigurationBuilder().AddInMemoryCollection(Flatten(path).Select(l => KeyValuePair.Create(l.Key, l.Node.Value))).Build();
        return path.Length == 0 ? root : root.GetSection(path);
    }

    /// <summary>All values and empty sections with their keys.</summary>
    internal IEnumerable<(string Key, ConfigNode Node)> Flatten(string path)
    {
        if (Children.Count == 0) return path.Length == 0 ? [] : [(path, this)];
        return Children.SelectMany(c => c.Value.Flatten(path.Length == 0 ? c.Key : $"{path}:{c.Key}"));
    }

    private void DropOtherForm(string name, ConfigNode child)
    {
        if (child.Children.Count > 0) return;
        var other = name.EndsWith("File", StringComparison.OrdinalIgnoreCase) ? name[..^4] : name + "File";
        if (Children.TryGetValue(other, out var inherited) && inherited.Children.Count == 0) Children.Remove(other);
    }
}
