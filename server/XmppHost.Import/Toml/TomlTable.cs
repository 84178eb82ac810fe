using XmppHost.Import.Sources;

namespace XmppHost.Import.Toml;

/// <summary>A table while the file is read, with TOML's rules of what may be written in several places.</summary>
internal sealed class TomlTable(Place place)
{
    private readonly OrderedDictionary<string, object> _members = new(StringComparer.Ordinal);
    private bool _isOpened;
    private bool _isDotted;

    private Place Place { get; } = place;

    /// <summary>An inline table is complete where it stands.</summary>
    internal bool IsClosed { get; set; }

    /// <summary>The table below, as a header's path goes through it: of an array the last one.</summary>
    internal TomlTable Descend(string name, Place at)
    {
        if (!_members.TryGetValue(name, out var member)) _members[name] = member = new TomlTable(at);
        return member switch
        {
            TomlTable { IsClosed: false } table => table,
            List<TomlTable> list => list[^1],
            _ => throw new SourceException(at, $"'{name}' is not a table that can be added to"),
        };
    }

    /// <summary><c>[a.b]</c>.</summary>
    internal TomlTable Open(string name, Place at)
    {
        if (_members.GetValueOrDefault(name) is List<TomlTable>) throw new SourceException(at, $"'{name}' is an array of tables already: write [[{name}]]");
        var table = Descend(name, at);
        if (table._isOpened || table._isDotted) throw new SourceException(at, $"the table '{name}' is written a second time");
        table._isOpened = true;
        return table;
    }

    /// <summary><c>[[a.b]]</c>.</summary>
    internal TomlTable Append(string name, Place at)
    {
        if (!_members.TryGetValue(name, out var member)) _members[name] = member = new List<TomlTable>();
        if (member is not List<TomlTable> list) throw new SourceException(at, $"'{name}' is not an array of tables");
        var table = new TomlTable(at);
        list.Add(table);
        return table;
    }

    /// <summary><c>a.b = value</c>.</summary>
    internal void Set(IReadOnlyList<string> path, Place at, object value)
    {
        var table = this;
        foreach (var name in path.SkipLast(1))
        {
            table = table._members.GetValueOrDefault(name) is List<TomlTable> ? throw new SourceException(at, $"'{name}' is an array of tables") : table.Descend(name, at);
            if (table._isOpened) throw new SourceException(at, $"the table '{name}' is written a second time");
            table._isDotted = true;
        }

        if (!table._members.TryAdd(path[^1], value)) throw new SourceException(at, $"'{path[^1]}' is written a second time");
    }

    internal SourceValue.Table ToValue() => new(Place, [], new OptionMap(_members.Select(m => KeyValuePair.Create(m.Key, ToValue(m.Value)))));

    private static SourceValue ToValue(object member) => member switch
    {
        TomlTable table => table.ToValue(),
        List<TomlTable> list => new SourceValue.Table(list[0].Place, [.. list.Select(t => t.ToValue())], new OptionMap()),
        _ => (SourceValue)member,
    };
}
