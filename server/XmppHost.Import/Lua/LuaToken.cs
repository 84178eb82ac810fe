namespace XmppHost.Import.Lua;

/// <param name="Text">A name, a symbol, or the content of a string.</param>
internal readonly record struct LuaToken(LuaTokenKind Kind, string Text, int Line, decimal Number = 0)
{
    internal bool Is(string symbol) => Kind == LuaTokenKind.Symbol && Text == symbol;

    /// <summary>How a message calls it; of a string only that it is one, since it may be a secret.</summary>
    internal string Shown => Kind switch
    {
        LuaTokenKind.End => "the end of the file",
        LuaTokenKind.Text => "a string",
        LuaTokenKind.Number => "a number",
        _ => $"'{Text}'",
    };
}
