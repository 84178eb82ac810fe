using XmppHost.Import.Sources;

namespace XmppHost.Import.Lua;

/// <summary>The tokens of a file with one to look at.</summary>
internal sealed class LuaTokens
{
    private readonly LuaLexer _lexer;
    private readonly string _file;

    internal LuaTokens(string text, string file)
    {
        _file = file;
        _lexer = new LuaLexer(text, file);
        Current = Next = default;
        Current = _lexer.Next();
        Next = _lexer.Next();
    }

    internal LuaToken Current { get; private set; }

    /// <summary>The one after <see cref="Current"/>.</summary>
    internal LuaToken Next { get; private set; }

    internal Place Place => PlaceOf(Current);

    internal Place PlaceOf(LuaToken token) => new(_file, token.Line);

    internal LuaToken Advance()
    {
        var taken = Current;
        Current = Next;
        if (Current.Kind != LuaTokenKind.End) Next = _lexer.Next();
        return taken;
    }

    internal bool TryTake(string symbol)
    {
        if (!Current.Is(symbol)) return false;
        Advance();
        return true;
    }

    internal string TakeName(string wanted) => Current.Kind == LuaTokenKind.Name ? Advance().Text : throw Unexpected(wanted);

    internal void Expect(string symbol, string of, int openedAt)
    {
        if (TryTake(symbol)) return;
        var where = openedAt == Current.Line ? "" : $" of line {openedAt.ToString(System.Globalization.CultureInfo.InvariantCulture)}";
        throw Unexpected($"'{symbol}' of the {of}{where}");
    }

    internal SourceException Unexpected(string wanted) => new(Place, $"{Current.Shown} where {wanted} is expected");
}
