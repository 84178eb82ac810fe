using System.Globalization;
using XmppHost.Import.Sources;

namespace XmppHost.Import.Lua;

/// <summary>Tokens of Lua 5.1 to 5.4, as far as config files use them.</summary>
internal sealed class LuaLexer(string text, string file)
{
    private static readonly string[] Symbols = ["...", "..", "==", "~=", "<=", ">=", "//", "<<", ">>", "::"];

    // A first line with #! is for the shell.
    private int _at = text is ['#', ..] ? EndOfLine(text, 0) : text is ['\uFEFF', ..] ? 1 : 0;
    private int _line = 1;

    internal LuaToken Next()
    {
        SkipBlanks();
        if (_at >= text.Length) return new LuaToken(LuaTokenKind.End, "", _line);
        var (c, line) = (text[_at], _line);
        if (char.IsAsciiLetter(c) || c == '_') return new LuaToken(LuaTokenKind.Name, Take(n => char.IsAsciiLetterOrDigit(n) || n == '_'), line);
        if (char.IsAsciiDigit(c) || (c == '.' && _at + 1 < text.Length && char.IsAsciiDigit(text[_at + 1]))) return Number(line);
        if (c is '"' or '\'') return Quoted(line);
        if (c == '[' && LongBracket() is { } content) return new LuaToken(LuaTokenKind.Text, content, line);
        var symbol = Array.Find(Symbols, s => string.CompareOrdinal(text, _at, s, 0, s.Length) == 0) ?? c.ToString();
        _at += symbol.Length;
        return new LuaToken(LuaTokenKind.Symbol, symbol, line);
    }

    private static int EndOfLine(string text, int from) => text.IndexOf('\n', from) is var end and >= 0 ? end : text.Length;

    private void SkipBlanks()
    {
        while (_at < text.Length)
        {
            if (text[_at] == '\n') _line++;
            if (char.IsWhiteSpace(text[_at])) _at++;
            else if (string.CompareOrdinal(text, _at, "--", 0, 2) == 0) SkipComment();
            else return;
        }
    }

    private void SkipComment()
    {
        _at += 2;
        if (_at < text.Length && text[_at] == '[' && LongBracket() is not null) return;
        _at = EndOfLine(text, _at);
    }

    private string Take(Func<char, bool> belongs)
    {
        var start = _at;
        while (_at < text.Length && belongs(text[_at])) _at++;
        return text[start.._at];
    }

    private LuaToken Quoted(int line)
    {
        var (content, end) = LuaString.Read(text, _at, new Place(file, line));
        _line += text.AsSpan(_at, end - _at).Count('\n');
        _at = end;
        return new LuaToken(LuaTokenKind.Text, content, line);
    }

    /// <summary><c>[[...]]</c> or <c>[==[...]==]</c>; null where the bracket is an ordinary one.</summary>
    private string? LongBracket()
    {
        var open = _at + 1;
        while (open < text.Length && text[open] == '=') open++;
        if (open >= text.Length || text[open] != '[') return null;
        var close = $"]{text[(_at + 1)..open]}]";
        var end = text.IndexOf(close, open + 1, StringComparison.Ordinal);
        if (end < 0) throw new SourceException(new Place(file, _line), "a long bracket is opened here and never closed");
        var content = text[(open + 1)..end].ReplaceLineEndings("\n");
        _line += text.AsSpan(_at, end - _at).Count('\n');
        _at = end + close.Length;
        // A line break right after the bracket does not belong to the text.
        return content.StartsWith('\n') ? content[1..] : content;
    }

    private LuaToken Number(int line)
    {
        var isHex = text[_at] == '0' && _at + 1 < text.Length && text[_at + 1] is 'x' or 'X';
        var start = _at;
        if (isHex) _at += 2;
        while (_at < text.Length && (char.IsAsciiHexDigit(text[_at]) || text[_at] == '.' || IsExponentSign(isHex))) _at++;
        var digits = text[start.._at];
        decimal number;
        if (isHex)
        {
            if (!long.TryParse(digits.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)) throw NotANumber(digits, line);
            number = value;
        }
        else if (!decimal.TryParse(digits, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out number))
        {
            throw NotANumber(digits, line);
        }

        if (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] == '_')) throw NotANumber(digits + text[_at], line);
        return new LuaToken(LuaTokenKind.Number, digits, line, number);
    }

    private bool IsExponentSign(bool isHex) => !isHex && text[_at] is '+' or '-' && text[_at - 1] is 'e' or 'E';

    private SourceException NotANumber(string digits, int line) => new(new Place(file, line), $"'{digits}' is not a number");
}
