using XmppHost.Import.Sources;

namespace XmppHost.Import.Lua;

/// <summary>Values: strings, numbers, tables, arithmetic, <c>..</c>, local variables, and the functions by which Prosody looks a value up elsewhere.</summary>
internal sealed class LuaExpressions(LuaTokens tokens, IReadOnlyDictionary<string, SourceValue> locals, string file)
{
    // Deeper nesting is no config; it would only exhaust the stack.
    private const int Deepest = 64;
    private int _depth;

    internal static IReadOnlySet<string> Keywords { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "and", "break", "do", "else", "elseif", "end", "for", "function", "goto", "if", "in", "not", "or", "repeat", "return", "then", "until", "while",
    };

    internal SourceValue Read()
    {
        if (++_depth > Deepest) throw new SourceException(tokens.Place, "nested too deeply");
        var value = Joined();
        _depth--;
        if (tokens.Current is { Kind: LuaTokenKind.Name, Text: "and" or "or" } || tokens.Current is { Kind: LuaTokenKind.Symbol, Text: "==" or "~=" or "<" or ">" or "<=" or ">=" or "." or ":" or "[" or "(" })
            throw new SourceException(tokens.Place, $"{tokens.Current.Shown} is a program in Lua, which is not run here: write the value that results");
        return value;
    }

    internal SourceValue ReadText()
    {
        var token = tokens.Advance();
        return new SourceValue.Text(tokens.PlaceOf(token), token.Text);
    }

    internal SourceValue.Table ReadTable()
    {
        if (++_depth > Deepest) throw new SourceException(tokens.Place, "nested too deeply");
        var table = LuaTable.Read(tokens, this, file);
        _depth--;
        return table;
    }

    private SourceValue Joined()
    {
        var left = Sum();
        while (tokens.Current.Is(".."))
        {
            tokens.Advance();
            left = new SourceValue.Text(left.Place, LuaArithmetic.TextOf(left) + LuaArithmetic.TextOf(Sum()));
        }

        return left;
    }

    private SourceValue Sum()
    {
        var left = Product();
        while (tokens.Current is { Kind: LuaTokenKind.Symbol, Text: "+" or "-" }) left = LuaArithmetic.Apply(tokens.Advance().Text, left, Product());
        return left;
    }

    private SourceValue Product()
    {
        var left = Signed();
        while (tokens.Current is { Kind: LuaTokenKind.Symbol, Text: "*" or "/" or "//" or "%" }) left = LuaArithmetic.Apply(tokens.Advance().Text, left, Signed());
        return left;
    }

    private SourceValue Signed()
    {
        var signs = 0;
        while (tokens.TryTake("-")) signs++;
        var value = Power();
        if (signs == 0) return value;
        return value is SourceValue.Number number
            ? number with { Value = signs % 2 == 0 ? number.Value : -number.Value }
            : throw new SourceException(value.Place, $"{value.Kind} where a number is expected");
    }

    private SourceValue Power()
    {
        var left = Primary();
        return tokens.TryTake("^") ? LuaArithmetic.Apply("^", left, Primary()) : left;
    }

    private SourceValue Primary()
    {
        var (token, place) = (tokens.Current, tokens.Place);
        switch (token.Kind)
        {
            case LuaTokenKind.Text:
                return ReadText();
            case LuaTokenKind.Number:
                return new SourceValue.Number(place, tokens.Advance().Number);
            case LuaTokenKind.Name:
                return Named(tokens.Advance(), place);
        }

        if (token.Is("{")) return ReadTable();
        if (!tokens.TryTake("(")) throw tokens.Unexpected("a value");
        var value = Read();
        tokens.Expect(")", "parenthesis", token.Line);
        return value;
    }

    private SourceValue Named(LuaToken token, Place place) => token.Text switch
    {
        "true" => new SourceValue.Flag(place, true),
        "false" => new SourceValue.Flag(place, false),
        "nil" => new SourceValue.Nothing(place),
        "FileLine" or "FileContents" => new SourceValue.Elsewhere(place, ElsewhereKind.File, RelativeToFile(Argument(token, place))),
        "Credential" => new SourceValue.Elsewhere(place, ElsewhereKind.Credential, Argument(token, place)),
        "os" => Getenv(place),
        ['E', 'N', 'V', '_', _, ..] => new SourceValue.Elsewhere(place, ElsewhereKind.Environment, token.Text[4..]),
        var name when locals.TryGetValue(name, out var value) => value,
        _ => throw new SourceException(place, $"'{token.Text}' is neither a value nor a local variable; of Lua only values are read here"),
    };

    private SourceValue.Elsewhere Getenv(Place place)
    {
        if (!tokens.TryTake(".") || tokens.Current is not { Kind: LuaTokenKind.Name, Text: "getenv" }) throw new SourceException(place, "of 'os' only os.getenv is known here");
        return new SourceValue.Elsewhere(place, ElsewhereKind.Environment, Argument(tokens.Advance(), place));
    }

    private string Argument(LuaToken function, Place place)
    {
        var value = tokens.Current.Kind == LuaTokenKind.Text ? ReadText() : tokens.Current.Is("(") ? Primary() : null;
        return value is SourceValue.Text text ? text.Value : throw new SourceException(place, $"{function.Text} without a string");
    }

    private string RelativeToFile(string path) => Path.Combine(Path.GetDirectoryName(file) ?? "", path);
}
