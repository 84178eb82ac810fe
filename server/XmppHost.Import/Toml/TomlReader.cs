using XmppHost.Import.Sources;

namespace XmppHost.Import.Toml;

/// <summary>Reads TOML 1.0: keys, tables, arrays of tables, inline tables, all kinds of strings, numbers, booleans; dates stay text.</summary>
internal sealed class TomlReader
{
    private readonly TomlCursor _cursor;
    private readonly TomlValues _values;
    private readonly TomlTable _root;
    private TomlTable _current;

    private TomlReader(string text, string file)
    {
        _cursor = new TomlCursor(text, file);
        _values = new TomlValues(_cursor);
        _current = _root = new TomlTable(new Place(file, 1));
    }

    /// <exception cref="SourceException">It cannot be read.</exception>
    internal static SourceValue.Table ReadFile(string path) => Read(SourceFile.Read(path, new Place(path, 0)), path);

    internal static SourceValue.Table Read(string text, string file)
    {
        var reader = new TomlReader(text, file);
        reader.Lines();
        return reader._root.ToValue();
    }

    private void Lines()
    {
        for (_cursor.SkipLines(); !_cursor.IsAtEnd; _cursor.SkipLines())
        {
            if (_cursor.Current == '[') Header();
            else _values.ReadPair(_current);
            _cursor.EndLine();
        }
    }

    private void Header()
    {
        var place = _cursor.Place;
        var isArray = _cursor.TryTake("[[");
        if (!isArray) _cursor.Advance();
        var path = _values.ReadKey();
        _cursor.Expect(']', "header");
        if (isArray) _cursor.Expect(']', "header");
        var parent = _root;
        foreach (var name in path[..^1]) parent = parent.Descend(name, place);
        _current = isArray ? parent.Append(path[^1], place) : parent.Open(path[^1], place);
    }
}
