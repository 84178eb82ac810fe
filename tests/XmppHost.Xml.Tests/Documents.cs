using System.Text;

namespace XmppHost.Xml.Tests;

/// <summary>
/// Makes up XML text, much of it odd, and damages it. The same seed gives the same documents. They stay off <c>xml:space</c>, whose value XmlReader
/// judges though well-formedness does not depend on it, and off names that only the fifth edition of XML allows.
/// </summary>
internal sealed class Documents(int seed)
{
    private static readonly string[] Names = ["a", "message", "body", "x-1", "_y", "é", "日本", "b.c", "xmlish"];
    private static readonly string[] Prefixes = ["p", "q", "stream", "ü"];
    private static readonly string[] Uris = ["n", "jabber:client", "urn:xmpp:sid:0", "m&amp;m", "ü", "a&#32;b"];
    private static readonly string[] Texts =
    [
        "x", "hello there", " ", "\n", "\r\n", "\r", "\t", "é", "€", "😀", "，", "&lt;", "&amp;", "&gt;", "&quot;", "&apos;", "&#65;", "&#x1F600;", "&#13;", "&#10;",
        "]", "]]", ">", "\u0085", "\u007F", "&amp;amp;", "a longer piece of text that fills more than one vector of the machine it runs on",
    ];

    // What a byte or two can spoil: markup, half references, characters that XML forbids, bytes that are not UTF-8.
    private static readonly byte[][] Damage =
    [
        "<"u8.ToArray(), ">"u8.ToArray(), "/"u8.ToArray(), "&"u8.ToArray(), ";"u8.ToArray(), "'"u8.ToArray(), "\""u8.ToArray(), "="u8.ToArray(), ":"u8.ToArray(), " "u8.ToArray(),
        "\n"u8.ToArray(), "\r"u8.ToArray(), "!"u8.ToArray(), "?"u8.ToArray(), "["u8.ToArray(), "]"u8.ToArray(), "]]>"u8.ToArray(), "<!--x-->"u8.ToArray(), "<?pi x?>"u8.ToArray(),
        "<![CDATA["u8.ToArray(), "xmlns='n'"u8.ToArray(), " xmlns:p='o'"u8.ToArray(), " xmlns:p=''"u8.ToArray(), " a='1'"u8.ToArray(), "xml"u8.ToArray(), "xmlns:"u8.ToArray(), "p:"u8.ToArray(),
        "&nbsp;"u8.ToArray(), "&#0;"u8.ToArray(), "&#xFFFE;"u8.ToArray(), "&#xD800;"u8.ToArray(), "&#x20;"u8.ToArray(), "-"u8.ToArray(), "0"u8.ToArray(), "#"u8.ToArray(), "</a>"u8.ToArray(), "<a>"u8.ToArray(),
        [0], [1], [0x0B], [0x1F], [0x80], [0xBF], [0xC0, 0x80], [0xC3], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xEF, 0xBF, 0xBE], [0xEF, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80], [0xFF],
    ];

    private readonly Random _random = new(seed);

    public string Element(int depth = 4)
    {
        var text = new StringBuilder();
        Append(text, depth);
        return text.ToString();
    }

    /// <summary>One to three insertions, deletions, swaps or repetitions.</summary>
    public byte[] Spoil(byte[] document)
    {
        var bytes = document.ToList();
        for (var times = _random.Next(1, 4); times > 0 && bytes.Count > 1; times--)
        {
            var at = _random.Next(bytes.Count);
            var length = Math.Min(_random.Next(1, 6), bytes.Count - at);
            switch (_random.Next(5))
            {
                case 0:
                    bytes.RemoveRange(at, length);
                    break;
                case 1:
                    bytes.InsertRange(_random.Next(bytes.Count), bytes.GetRange(at, length));
                    break;
                default:
                    bytes.InsertRange(at, Damage[_random.Next(Damage.Length)]);
                    break;
            }
        }

        return [.. bytes];
    }

    private void Append(StringBuilder text, int depth)
    {
        var name = (_random.Next(4) == 0 ? Pick(Prefixes) + ":" : "") + Pick(Names);
        text.Append('<').Append(name);
        for (var count = _random.Next(4); count > 0; count--) AppendAttribute(text);
        text.Append(Pick("", "", " ", "\r\n"));
        if (depth == 0 || _random.Next(4) == 0)
        {
            text.Append("/>");
            return;
        }

        text.Append('>');
        for (var count = _random.Next(5); count > 0; count--)
        {
            if (_random.Next(2) == 0) Append(text, depth - 1);
            else if (_random.Next(4) == 0) text.Append("<![CDATA[").Append(Pick(Texts)).Append(Pick("", "]", "<&")).Append("]]>");
            else text.Append(Pick(Texts));
        }

        text.Append("</").Append(name).Append(Pick("", "", " ", "\n")).Append('>');
    }

    private void AppendAttribute(StringBuilder text)
    {
        var quote = Pick("'", "\"");
        var (name, value) = _random.Next(6) switch
        {
            0 => ("xmlns", _random.Next(4) == 0 ? "" : Pick(Uris)),
            1 => ("xmlns:" + Pick(Prefixes), Pick(Uris)),
            2 => (Pick(Prefixes) + ":" + Pick(Names), Pick(Texts)),
            3 => ("xml:" + Pick("lang", "base", "id"), Pick("en", "default")),
            _ => (Pick(Names), Pick(Texts) + Pick("", "", Pick(Texts))),
        };
        text.Append(Pick(" ", " ", "\n ", "\t")).Append(name).Append(Pick("=", "=", " =\r\n")).Append(quote).Append(value).Append(quote);
    }

    private string Pick(params string[] among) => among[_random.Next(among.Length)];
}
