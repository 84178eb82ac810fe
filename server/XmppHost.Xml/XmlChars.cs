using System.Text;

namespace XmppHost.Xml;

/// <summary>The character classes of XML 1.0 (fifth edition), productions 2, 4 and 4a, without the colon that namespaces take away.</summary>
internal static class XmlChars
{
    // One bit for each ASCII character: '-' '.' 0-9 in the first word, A-Z '_' a-z in the second.
    private const ulong LowNameBits = 0x03FF_6000_0000_0000, HighNameBits = 0x07FF_FFFE_87FF_FFFE;

    public static bool IsChar(int c) => c is 0x9 or 0xA or 0xD or (>= 0x20 and <= 0xD7FF) or (>= 0xE000 and <= 0xFFFD) or (>= 0x10000 and <= 0x10FFFF);

    public static bool IsWhiteSpace(byte b) => b is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t';

    /// <summary>A byte that may stand in a name, or belongs to a character that must be looked at as a whole.</summary>
    public static bool IsNameByte(byte b) => b >= 128 || IsAsciiName(b);

    public static bool IsNCName(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty) return false;
        if (!Ascii.IsValid(utf8)) return IsUnicodeNCName(utf8);
        if (!IsAsciiNameStart(utf8[0])) return false;
        foreach (var b in utf8[1..])
            if (!IsAsciiName(b))
                return false;
        return true;
    }

    private static bool IsUnicodeNCName(ReadOnlySpan<byte> utf8)
    {
        for (var first = true; !utf8.IsEmpty; first = false)
        {
            if (Rune.DecodeFromUtf8(utf8, out var rune, out var length) != System.Buffers.OperationStatus.Done) return false;
            if (!IsNameStart(rune.Value) && (first || !IsNameOnly(rune.Value))) return false;
            utf8 = utf8[length..];
        }

        return true;
    }

    private static bool IsAsciiName(int c) => (((c < 64 ? LowNameBits : HighNameBits) >> (c & 63)) & 1) != 0;

    private static bool IsAsciiNameStart(int c) => c is '_' or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');

    private static bool IsNameStart(int c) => c < 128
        ? IsAsciiNameStart(c)
        : c is (>= 0xC0 and <= 0xD6) or (>= 0xD8 and <= 0xF6) or (>= 0xF8 and <= 0x2FF) or (>= 0x370 and <= 0x37D) or (>= 0x37F and <= 0x1FFF)
            or (>= 0x200C and <= 0x200D) or (>= 0x2070 and <= 0x218F) or (>= 0x2C00 and <= 0x2FEF) or (>= 0x3001 and <= 0xD7FF)
            or (>= 0xF900 and <= 0xFDCF) or (>= 0xFDF0 and <= 0xFFFD) or (>= 0x10000 and <= 0xEFFFF);

    private static bool IsNameOnly(int c) => c < 128 ? IsAsciiName(c) : c is 0xB7 or (>= 0x300 and <= 0x36F) or (>= 0x203F and <= 0x2040);
}
