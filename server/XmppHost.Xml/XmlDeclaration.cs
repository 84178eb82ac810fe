using System.Text;

namespace XmppHost.Xml;

internal static class XmlDeclaration
{
    /// <summary>Judges a complete <c>&lt;?...&gt;</c>: only an XML declaration of UTF-8 passes.</summary>
    public static XmppReadError Check(ReadOnlySpan<byte> token, NameCache names)
    {
        if (!token.StartsWith("<?xml"u8) || !XmlChars.IsWhiteSpace(token[5])) return XmppReadError.RestrictedXml;
        if (!token.EndsWith("?>"u8)) return XmppReadError.NotWellFormed;

        // XML 1.0 productions 23 to 26, 32, 80: version, then encoding, then standalone.
        var reader = new TagReader(token[5..^2]);
        var expected = 0;
        var error = XmppReadError.None;
        while (true)
        {
            var spaced = reader.SkipWhiteSpace();
            if (reader.AtEnd) return expected == 0 ? XmppReadError.NotWellFormed : error;
            if (!spaced || !reader.TryName(names, out var prefix, out var name) || prefix is not null || !reader.TryValue(out var value)) return XmppReadError.NotWellFormed;
            switch (name)
            {
                case "version" when expected == 0 && IsVersion(value):
                    expected = 1;
                    break;
                case "encoding" when expected == 1 && IsEncodingName(value):
                    expected = 2;
                    if (!Ascii.EqualsIgnoreCase(value, "utf-8"u8)) error = XmppReadError.UnsupportedEncoding;
                    break;
                case "standalone" when expected is 1 or 2 && (value.SequenceEqual("yes"u8) || value.SequenceEqual("no"u8)):
                    expected = 3;
                    break;
                default:
                    return XmppReadError.NotWellFormed;
            }
        }
    }

    private static bool IsVersion(ReadOnlySpan<byte> value) => value.Length > 2 && value.StartsWith("1."u8) && !value[2..].ContainsAnyExceptInRange((byte)'0', (byte)'9');

    private static bool IsEncodingName(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty || !char.IsAsciiLetter((char)value[0])) return false;
        foreach (var b in value)
            if (!char.IsAsciiLetterOrDigit((char)b) && b is not ((byte)'.' or (byte)'_' or (byte)'-'))
                return false;
        return true;
    }
}
