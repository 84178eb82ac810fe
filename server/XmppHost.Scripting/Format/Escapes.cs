using System.Globalization;
using System.Text;

namespace XmppHost.Scripting.Format;

/// <summary>Backslash escapes of raw text and quoted bodies: <c>\n \r \t \\ \"</c> and <c>\xHH</c>, one byte of any value.</summary>
internal static class Escapes
{
    /// <exception cref="FormatException">A backslash is followed by something else.</exception>
    public static byte[] ToBytes(string text)
    {
        var bytes = new List<byte>(text.Length);
        var plain = 0;
        for (var i = text.IndexOf('\\', StringComparison.Ordinal); i >= 0; i = text.IndexOf('\\', plain))
        {
            bytes.AddRange(Encoding.UTF8.GetBytes(text[plain..i]));
            var (value, length) = Read(text.AsSpan(i + 1));
            bytes.Add(value);
            plain = i + 1 + length;
        }

        bytes.AddRange(Encoding.UTF8.GetBytes(text[plain..]));
        return [.. bytes];
    }

    /// <inheritdoc cref="ToBytes"/>
    public static string ToText(string text) => Encoding.UTF8.GetString(ToBytes(text));

    private static (byte Value, int Length) Read(ReadOnlySpan<char> after) => after switch
    {
        ['n', ..] => ((byte)'\n', 1),
        ['r', ..] => ((byte)'\r', 1),
        ['t', ..] => ((byte)'\t', 1),
        ['\\', ..] => ((byte)'\\', 1),
        ['"', ..] => ((byte)'"', 1),
        ['x', _, _, ..] when byte.TryParse(after[1..3], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) => (value, 3),
        _ => throw new FormatException(@"a backslash stands before n, r, t, a quote, a backslash or xHH"),
    };
}
