using System.Globalization;
using XmppHost.Import.Sources;

namespace XmppHost.Import.Lua;

/// <summary><c>{ "a", "b"; name = "c", ["key"] = "d" }</c>.</summary>
internal static class LuaTable
{
    internal static SourceValue.Table Read(LuaTokens tokens, LuaExpressions expressions, string file)
    {
        var open = tokens.Advance();
        var items = new List<SourceValue>();
        var named = new OptionMap();
        while (!tokens.Current.Is("}"))
        {
            if (KeyOf(tokens, expressions) is { } key) named.Set(key, expressions.Read());
            else items.Add(expressions.Read());
            if (!tokens.TryTake(",") && !tokens.TryTake(";")) break;
        }

        tokens.Expect("}", "table", open.Line);
        return new SourceValue.Table(new Place(file, open.Line), items, named);
    }

    private static string? KeyOf(LuaTokens tokens, LuaExpressions expressions)
    {
        if (tokens.Current.Kind == LuaTokenKind.Name && tokens.Next.Is("="))
        {
            var name = tokens.Advance().Text;
            tokens.Advance();
            return name;
        }

        if (!tokens.Current.Is("[")) return null;
        var open = tokens.Advance();
        var key = expressions.Read();
        tokens.Expect("]", "key", open.Line);
        tokens.Expect("=", "key", open.Line);
        return key switch
        {
            SourceValue.Text text => text.Value,
            SourceValue.Number number => number.Value.ToString(CultureInfo.InvariantCulture),
            _ => throw new SourceException(key.Place, $"{key.Kind} as a key"),
        };
    }
}
