using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace XmppHost.Xml;

/// <summary>Turns the raw bytes of text, CDATA and attribute values into strings as XML 1.0 sections 2.11, 3.3.3 and 4.6 say.</summary>
internal static class TextDecoder
{
    private static readonly string[] Single = [.. Enumerable.Range(0, 128).Select(c => ((char)c).ToString())];
    private static readonly byte[] Controls = [.. Enumerable.Range(0, 32).Except(new[] { 9, 10, 13 }).Select(c => (byte)c)];
    private static readonly SearchValues<byte> TextSuspects = SearchValues.Create([.. Controls, .. "&\r]"u8]);
    private static readonly SearchValues<byte> TextStops = SearchValues.Create([.. Controls, .. "&\r"u8]);
    private static readonly SearchValues<byte> CDataStops = SearchValues.Create([.. Controls, .. "\r"u8]);
    private static readonly SearchValues<byte> ValueStops = SearchValues.Create([.. Controls, .. "&\r\n\t"u8]);

    public static XmppReadError Text(ReadOnlySpan<byte> raw, out string text)
    {
        if (!raw.ContainsAny(TextSuspects)) return Plain(raw, out text);
        text = "";
        return raw.IndexOf("]]>"u8) >= 0 ? XmppReadError.NotWellFormed : Decode(raw, TextStops, false, out text);
    }

    public static XmppReadError CData(ReadOnlySpan<byte> raw, out string text) => Decode(raw, CDataStops, false, out text);

    public static XmppReadError Value(ReadOnlySpan<byte> raw, out string text) => Decode(raw, ValueStops, true, out text);

    private static XmppReadError Decode(ReadOnlySpan<byte> raw, SearchValues<byte> stops, bool isValue, out string text)
    {
        if (!raw.ContainsAny(stops)) return Plain(raw, out text);

        // What a reference or a line end stands for is never longer than what stood there.
        var rented = ArrayPool<byte>.Shared.Rent(raw.Length);
        var error = Unescape(raw, stops, isValue, rented, out var length);
        text = "";
        if (error == XmppReadError.None) error = Plain(rented.AsSpan(0, length), out text);
        ArrayPool<byte>.Shared.Return(rented);
        return error;
    }

    private static XmppReadError Plain(ReadOnlySpan<byte> utf8, out string text)
    {
        if (Ascii.IsValid(utf8))
        {
            text = utf8.Length == 1 ? Single[utf8[0]] : Encoding.Latin1.GetString(utf8);
            return XmppReadError.None;
        }

        text = "";
        if (!Utf8.IsValid(utf8)) return XmppReadError.NotWellFormed;
        text = Encoding.UTF8.GetString(utf8);
        return text.AsSpan().ContainsAny('\uFFFE', '\uFFFF') ? XmppReadError.NotWellFormed : XmppReadError.None;
    }

    private static XmppReadError Unescape(ReadOnlySpan<byte> raw, SearchValues<byte> stops, bool isValue, Span<byte> output, out int length)
    {
        length = 0;
        while (true)
        {
            var at = raw.IndexOfAny(stops);
            var plain = at < 0 ? raw : raw[..at];
            plain.CopyTo(output[length..]);
            length += plain.Length;
            if (at < 0) return XmppReadError.None;
            raw = raw[at..];
            switch (raw[0])
            {
                case (byte)'&':
                    var error = Reference(raw, output, ref length, out var used);
                    if (error != XmppReadError.None) return error;
                    raw = raw[used..];
                    continue;
                case (byte)'\r' or (byte)'\n' or (byte)'\t':
                    // XML 1.0 section 2.11: CR LF and a lone CR are one line end.
                    raw = raw.StartsWith("\r\n"u8) ? raw[2..] : raw[1..];
                    output[length++] = isValue ? (byte)' ' : (byte)'\n';
                    continue;
                default:
                    return XmppReadError.NotWellFormed;
            }
        }
    }

    private static XmppReadError Reference(ReadOnlySpan<byte> raw, Span<byte> output, ref int length, out int used)
    {
        used = raw.IndexOf((byte)';') + 1;
        if (used == 0) return XmppReadError.NotWellFormed;
        var name = raw[1..(used - 1)];
        if (name.StartsWith("#"u8)) return Numeric(name[1..], output, ref length);
        var value = name switch
        {
            [(byte)'l', (byte)'t'] => '<',
            [(byte)'g', (byte)'t'] => '>',
            [(byte)'a', (byte)'m', (byte)'p'] => '&',
            [(byte)'q', (byte)'u', (byte)'o', (byte)'t'] => '"',
            [(byte)'a', (byte)'p', (byte)'o', (byte)'s'] => '\'',
            _ => '\0',
        };
        if (value == 0) return XmlChars.IsNCName(name) ? XmppReadError.RestrictedXml : XmppReadError.NotWellFormed;
        output[length++] = (byte)value;
        return XmppReadError.None;
    }

    private static XmppReadError Numeric(ReadOnlySpan<byte> digits, Span<byte> output, ref int length)
    {
        var radix = 10;
        if (digits.StartsWith("x"u8))
        {
            radix = 16;
            digits = digits[1..];
        }

        if (digits.IsEmpty) return XmppReadError.NotWellFormed;
        var value = 0;
        foreach (var digit in digits)
        {
            var one = digit switch
            {
                >= (byte)'0' and <= (byte)'9' => digit - '0',
                >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
                >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
                _ => radix,
            };
            value = (value * radix) + one;
            if (one >= radix || value > 0x10FFFF) return XmppReadError.NotWellFormed;
        }

        if (!XmlChars.IsChar(value)) return XmppReadError.NotWellFormed;
        length += new Rune(value).EncodeToUtf8(output[length..]);
        return XmppReadError.None;
    }
}
