using System.Globalization;
using XmppHost.Import.Sources;

namespace XmppHost.Import.Toml;

/// <summary>Keys and values.</summary>
internal sealed class TomlValues(TomlCursor cursor)
{
    // Deeper nesting is no config; it would only exhaust the stack.
    private const int Deepest = 64;
    private int _depth;

    /// <summary><c>a.b = value</c> into a table.</summary>
    internal void ReadPair(TomlTable table)
    {
        var place = cursor.Place;
        var key = ReadKey();
        cursor.Expect('=', "option");
        cursor.SkipBlanks();
        table.Set(key, place, Read());
    }

    /// <summary>One or more names with dots between them, and the blanks after.</summary>
    internal string[] ReadKey()
    {
        var names = new List<string>();
        do
        {
            cursor.SkipBlanks();
            names.Add(Name());
            cursor.SkipBlanks();
            if (names.Count > Deepest) throw cursor.Problem("nested too deeply");
        }
        while (cursor.TryTake("."));
        return [.. names];
    }

    private string Name()
    {
        if (cursor.Current is '"' or '\'') return TomlString.Read(cursor, isKey: true);
        var name = cursor.TakeWhile(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
        return name.Length > 0 ? name : throw cursor.Problem($"{cursor.Shown} where a name is expected");
    }

    private object Read()
    {
        if (++_depth > Deepest) throw cursor.Problem("nested too deeply");
        var place = cursor.Place;
        object value = cursor.Current switch
        {
            '"' or '\'' => new SourceValue.Text(place, TomlString.Read(cursor, isKey: false)),
            '[' => List(place),
            '{' => Inline(place),
            _ => Bare(place),
        };
        _depth--;
        return value;
    }

    private SourceValue.Table List(Place place)
    {
        cursor.Advance();
        var items = new List<SourceValue>();
        for (cursor.SkipLines(); cursor.Current != ']'; cursor.SkipLines())
        {
            var item = Read();
            items.Add(item is TomlTable table ? table.ToValue() : (SourceValue)item);
            cursor.SkipLines();
            if (!cursor.TryTake(",")) break;
        }

        cursor.Expect(']', "array");
        return new SourceValue.Table(place, items, new OptionMap());
    }

    private TomlTable Inline(Place place)
    {
        cursor.Advance();
        cursor.SkipBlanks();
        var table = new TomlTable(place);
        if (cursor.Current != '}')
        {
            do
            {
                ReadPair(table);
                cursor.SkipBlanks();
            }
            while (cursor.TryTake(","));
        }

        cursor.Expect('}', "inline table");
        table.IsClosed = true;
        return table;
    }

    private SourceValue Bare(Place place)
    {
        var word = cursor.TakeWhile(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '+' or '.' or ':');
        return word switch
        {
            "true" => new SourceValue.Flag(place, true),
            "false" => new SourceValue.Flag(place, false),
            "" => throw cursor.Problem($"{cursor.Shown} where a value is expected"),
            _ when NumberOf(word) is { } number => new SourceValue.Number(place, number),
            // Dates, inf and nan: no option that is read here has one.
            _ when char.IsAsciiDigit(word[0]) && word.Length >= 8 && word.Any(c => c is '-' or ':') => new SourceValue.Text(place, word),
            "inf" or "+inf" or "-inf" or "nan" or "+nan" or "-nan" => new SourceValue.Text(place, word),
            _ => throw new SourceException(place, "a value that is neither a string in quotes, a number, true nor false"),
        };
    }

    private static decimal? NumberOf(string word)
    {
        if (word.StartsWith('_') || word.EndsWith('_') || word.Contains("__", StringComparison.Ordinal)) return null;
        var digits = word.Replace("_", "", StringComparison.Ordinal);
        if (digits is ['0', 'x' or 'o' or 'b', _, ..]) return WithPrefix(digits[1], digits[2..]);
        if (digits.EndsWith('.') || digits.StartsWith('.')) return null;
        return decimal.TryParse(digits, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private static decimal? WithPrefix(char prefix, string digits)
    {
        var radix = prefix switch { 'x' => 16, 'o' => 8, _ => 2 };
        var number = 0L;
        foreach (var c in digits)
        {
            var digit = char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : radix;
            if (digit >= radix || number > (long.MaxValue - digit) / radix) return null;
            number = (number * radix) + digit;
        }

        return number;
    }
}
