using XmppHost.Import.Sources;

namespace XmppHost.Import.Lua;

/// <summary>
/// Reads a config file of Prosody: assignments, VirtualHost, Component and Include. Such a file is a program in Lua; what is more than values is refused with its line rather than guessed.
/// </summary>
internal sealed class LuaReader
{
    private const int DeepestInclude = 8;

    private readonly LuaConfig _config;
    private readonly LuaTokens _tokens;
    private readonly LuaExpressions _expressions;
    private readonly Dictionary<string, SourceValue> _locals = new(StringComparer.Ordinal);
    private readonly string _file;
    private readonly int _depth;
    private LuaSection _current;

    private LuaReader(string text, string file, LuaConfig config, int depth)
    {
        (_config, _file, _depth, _current) = (config, file, depth, config.Global);
        _tokens = new LuaTokens(text, file);
        _expressions = new LuaExpressions(_tokens, _locals, file);
    }

    /// <exception cref="SourceException">It cannot be read.</exception>
    internal static LuaConfig ReadFile(string path, ImportLog log) => Read(SourceFile.Read(path, new Place(path, 0)), path, log);

    internal static LuaConfig Read(string text, string file, ImportLog log)
    {
        var config = new LuaConfig(file, log);
        new LuaReader(text, file, config, 0).Statements();
        return config;
    }

    private void Statements()
    {
        while (_tokens.Current.Kind != LuaTokenKind.End)
        {
            if (_tokens.TryTake(";")) continue;
            var start = _tokens.Current;
            if (start.Kind != LuaTokenKind.Name) throw _tokens.Unexpected("the name of an option");
            _tokens.Advance();
            Statement(start);
        }
    }

    private void Statement(LuaToken start)
    {
        switch (start.Text)
        {
            case "VirtualHost" or "Host" or "host":
                OpenHost(start);
                break;
            case "Component" or "component":
                OpenComponent(start);
                break;
            case "Include" or "include":
                Include(start);
                break;
            case "RunScript":
                throw new SourceException(_tokens.PlaceOf(start), "RunScript runs a program in Lua, which is not done here: write what it sets into the file");
            case "local":
                Local();
                break;
            case var name when LuaExpressions.Keywords.Contains(name):
                throw new SourceException(_tokens.PlaceOf(start), $"'{name}' is a program in Lua, which is not run here: write the values that result");
            default:
                Assign(start.Text, _tokens.PlaceOf(start));
                break;
        }
    }

    private void Assign(string name, Place place)
    {
        if (!_tokens.TryTake("="))
            throw new SourceException(_tokens.Place, $"'{name}' is followed by {_tokens.Current.Shown} where '=' is expected; of Lua only values, VirtualHost, Component and Include are read here");
        // What it is made of may stand elsewhere, in a local variable for instance.
        var value = _expressions.Read() with { Place = place };
        if (_locals.ContainsKey(name)) _locals[name] = value;
        else _config.Set(_current, name, value);
    }

    private void Local()
    {
        var name = _tokens.TakeName("the name of a variable");
        if (!_tokens.TryTake("=")) throw _tokens.Unexpected("'='");
        _locals[name] = _expressions.Read();
    }

    private void OpenHost(LuaToken start)
    {
        _current = _config.Host(Argument(start), _tokens.PlaceOf(start));
        if (_tokens.Current.Is("{")) OptionsOf(_current);
    }

    private void OpenComponent(LuaToken start)
    {
        var name = Argument(start);
        var module = TryArgument() ?? "component";
        _current = _config.Component(name, module, _tokens.PlaceOf(start));
        if (_tokens.Current.Is("{")) OptionsOf(_current);
    }

    // VirtualHost "x" { ... }: what follows the table belongs to no host again.
    private void OptionsOf(LuaSection section)
    {
        var table = _expressions.ReadTable();
        foreach (var (name, value) in table.Named.All) _config.Set(section, name, value);
        if (table.Items.Count > 0) throw new SourceException(table.Items[0].Place, "an option without a name");
        _current = _config.Global;
    }

    private void Include(LuaToken start)
    {
        var (pattern, place) = (Argument(start), _tokens.PlaceOf(start));
        if (_depth == DeepestInclude) throw new SourceException(place, "files include each other too deeply");
        foreach (var path in LuaIncludes.Find(_file, pattern, place))
            new LuaReader(SourceFile.Read(path, place), path, _config, _depth + 1).Statements();
    }

    private string Argument(LuaToken start) => TryArgument() ?? throw _tokens.Unexpected($"a string after {start.Text}");

    /// <summary><c>"x"</c> or <c>("x")</c>.</summary>
    private string? TryArgument()
    {
        var open = _tokens.Current;
        if (open.Kind != LuaTokenKind.Text && !open.Is("(")) return null;
        var isCall = _tokens.TryTake("(");
        var value = isCall ? _expressions.Read() : _expressions.ReadText();
        if (isCall) _tokens.Expect(")", "call", open.Line);
        return value is SourceValue.Text text ? text.Value : throw new SourceException(value.Place, $"{value.Kind} where a string is expected");
    }
}
