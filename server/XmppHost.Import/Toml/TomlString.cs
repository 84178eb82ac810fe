using System.Globalization;
using System.Text;

namespace XmppHost.Import.Toml;

/// <summary>The four kinds of strings: <c>"basic"</c>, <c>'literal'</c>, and both over several lines in threes.</summary>
internal static class TomlString
{
    internal static string Read(TomlCursor cursor, bool isKey)
    {
        var quote = cursor.Current;
        var start = cursor.Line;
        var isLong = !isKey && cursor.TryTake(new string(quote, 3));
        if (!isLong) cursor.Advance();
        else if (!cursor.TryTake("\r\n")) cursor.TryTake("\n");
        var text = new StringBuilder();
        while (!TryClose(cursor, quote, isLong, text))
        {
            if (cursor.IsAtEnd || (!isLong && cursor.Current is '\n' or '\r')) throw new Sources.SourceException(cursor.Place with { Line = start }, "a string begins here and never ends");
            if (quote == '"' && cursor.Current == '\\') Escape(cursor, isLong, text);
            else text.Append(cursor.Advance());
        }

        return text.ToString();
    }

    private static bool TryClose(TomlCursor cursor, char quote, bool isLong, StringBuilder text)
    {
        if (cursor.Current != quote || cursor.IsAtEnd) return false;
        if (!isLong)
        {
            cursor.Advance();
            return true;
        }

        if (!cursor.TryTake(new string(quote, 3))) return false;
        // Up to two more quotes before the closing three belong to the text.
        for (var i = 0; i < 2 && cursor.Current == quote; i++) text.Append(cursor.Advance());
        return true;
    }

    private static void Escape(TomlCursor cursor, bool isLong, StringBuilder text)
    {
        cursor.Advance();
        var c = cursor.Current;
        if (isLong && c is ' ' or '\t' or '\n' or '\r')
        {
            // A backslash at the end of a line joins it with the next.
            if (!cursor.TakeWhile(b => b is ' ' or '\t' or '\n' or '\r').Contains('\n', StringComparison.Ordinal)) throw cursor.Problem("a string has an escape that TOML does not know");
            return;
        }

        cursor.Advance();
        if (c is 'u' or 'U')
        {
            CodePoint(cursor, c == 'u' ? 4 : 8, text);
            return;
        }

        var i = "btnfre\"\\".IndexOf(c, StringComparison.Ordinal);
        if (i < 0) throw cursor.Problem("a string has an escape that TOML does not know");
        text.Append("\b\t\n\f\r\u001b\"\\"[i]);
    }

    private static void CodePoint(TomlCursor cursor, int length, StringBuilder text)
    {
        var rest = cursor.Rest;
        if (rest.Length < length || !int.TryParse(rest[..length], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) || !Rune.IsValid(value))
            throw cursor.Problem($"a string has \\{(length == 4 ? 'u' : 'U')} without the number of a character");
        for (var i = 0; i < length; i++) cursor.Advance();
        text.Append(new Rune(value).ToString());
    }
}
