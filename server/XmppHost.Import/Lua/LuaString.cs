using System.Globalization;
using System.Text;
using XmppHost.Import.Sources;

namespace XmppHost.Import.Lua;

/// <summary>A string in quotes. Its escapes name bytes, of which UTF-8 is made at the end.</summary>
internal static class LuaString
{
    /// <param name="at">Where its first quote stands.</param>
    /// <returns>The content, and where the text goes on.</returns>
    internal static (string Content, int End) Read(string text, int at, Place place)
    {
        var quote = text[at++];
        var bytes = new List<byte>();
        while (at < text.Length && text[at] != quote)
        {
            if (text[at] is '\n' or '\r') break;
            if (text[at] == '\\') at = Escape(text, at + 1, bytes, place);
            else at = Plain(text, at, bytes);
        }

        if (at >= text.Length || text[at] != quote) throw new SourceException(place, "a string begins here and never ends");
        return (Encoding.UTF8.GetString([.. bytes]), at + 1);
    }

    private static int Plain(string text, int at, List<byte> bytes)
    {
        var length = char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? 2 : 1;
        bytes.AddRange(Encoding.UTF8.GetBytes(text.Substring(at, length)));
        return at + length;
    }

    private static int Escape(string text, int at, List<byte> bytes, Place place)
    {
        var c = at < text.Length ? text[at] : '\0';
        if (char.IsAsciiDigit(c)) return Digits(text, at, bytes, place);
        switch (c)
        {
            case 'x':
                return Hex(text, at + 1, bytes, place);
            case 'u':
                return CodePoint(text, at + 1, bytes, place);
            case 'z':
                at++;
                while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
                return at;
            case '\r' when at + 1 < text.Length && text[at + 1] == '\n':
                bytes.Add((byte)'\n');
                return at + 2;
        }

        var i = "abfnrtv\\\"'\n\r".IndexOf(c, StringComparison.Ordinal);
        if (i < 0) throw new SourceException(place, "a string has an escape that Lua does not know");
        bytes.Add((byte)"\a\b\f\n\r\t\v\\\"'\n\n"[i]);
        return at + 1;
    }

    private static int Digits(string text, int at, List<byte> bytes, Place place)
    {
        var end = at;
        while (end < text.Length && end < at + 3 && char.IsAsciiDigit(text[end])) end++;
        if (!byte.TryParse(text.AsSpan(at, end - at), NumberStyles.None, CultureInfo.InvariantCulture, out var value)) throw new SourceException(place, "a string has an escape beyond \\255");
        bytes.Add(value);
        return end;
    }

    private static int Hex(string text, int at, List<byte> bytes, Place place)
    {
        if (at + 2 > text.Length || !byte.TryParse(text.AsSpan(at, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            throw new SourceException(place, "a string has \\x without two hexadecimal digits");
        bytes.Add(value);
        return at + 2;
    }

    private static int CodePoint(string text, int at, List<byte> bytes, Place place)
    {
        var end = text.IndexOf('}', Math.Min(at, text.Length));
        if (end < 0 || text[at] != '{' || !int.TryParse(text.AsSpan(at + 1, end - at - 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) || !Rune.IsValid(value))
            throw new SourceException(place, "a string has \\u without the number of a character in braces");
        bytes.AddRange(Encoding.UTF8.GetBytes(new Rune(value).ToString()));
        return end + 1;
    }
}
