namespace XmppHost.Xml;

/// <summary>
/// Finds where a token ends: a tag, a run of text, a CDATA section, an XML declaration. It remembers how far it looked, so a token that arrives
/// byte by byte is looked at once. What stands inside the token is judged by others, once the token is complete.
/// </summary>
internal struct Utf8XmlTokenizer
{
    // One bit for each of: " ' < >
    private const ulong TagStops = (1UL << '"') | (1UL << '\'') | (1UL << '<') | (1UL << '>');

    private int _scanned;
    private byte _quote;

    public TokenKind Kind { get; private set; }

    /// <summary>Bytes looked at since the reader was made: what a test compares with the bytes that came.</summary>
    public long Examined { get; private set; }

    /// <summary>The length of the token that <paramref name="data"/> begins with; 0 where more bytes are needed or <paramref name="error"/> says why not.</summary>
    public int Scan(ReadOnlySpan<byte> data, out XmppReadError error)
    {
        error = XmppReadError.None;
        var before = _scanned;
        if (Kind == TokenKind.Unknown && !Classify(data, ref error)) return 0;
        var length = Kind switch
        {
            TokenKind.Text => ScanText(data),
            TokenKind.StartTag => ScanStartTag(data, ref error),
            TokenKind.CData => ScanCData(data),
            _ => ScanToBracket(data, ref error),
        };
        Examined += (length > 0 ? length : data.Length) - before;
        return length;
    }

    public void Next()
    {
        Kind = TokenKind.Unknown;
        _scanned = 0;
        _quote = 0;
    }

    private bool Classify(ReadOnlySpan<byte> data, ref XmppReadError error)
    {
        if (data[0] != '<')
        {
            Kind = TokenKind.Text;
            return true;
        }

        if (data.Length < 2) return false;
        if (data[1] == '!') return ClassifyBang(data, ref error);
        Kind = data[1] switch { (byte)'/' => TokenKind.EndTag, (byte)'?' => TokenKind.Declaration, _ => TokenKind.StartTag };
        _scanned = Kind == TokenKind.StartTag ? 1 : 2;
        return true;
    }

    private bool ClassifyBang(ReadOnlySpan<byte> data, ref XmppReadError error)
    {
        var opening = "<![CDATA["u8;
        var seen = Math.Min(data.Length, opening.Length);
        if (!data[..seen].SequenceEqual(opening[..seen]))
        {
            // RFC 6120 section 11.1: no comments, no DTD. A conditional section has no place outside a DTD at all.
            error = data[2] == '[' ? XmppReadError.NotWellFormed : XmppReadError.RestrictedXml;
            return false;
        }

        if (seen < opening.Length) return false;
        Kind = TokenKind.CData;
        _scanned = seen;
        return true;
    }

    private int ScanText(ReadOnlySpan<byte> data)
    {
        var at = data[_scanned..].IndexOf((byte)'<');
        if (at >= 0) return _scanned += at;
        _scanned = data.Length;
        return 0;
    }

    private int ScanStartTag(ReadOnlySpan<byte> data, ref XmppReadError error)
    {
        while (_scanned < data.Length)
        {
            var rest = data[_scanned..];
            var at = _quote == 0 ? IndexOfTagStop(rest) : rest.IndexOfAny(_quote, (byte)'<');
            if (at < 0) break;
            _scanned += at + 1;
            switch (rest[at])
            {
                case (byte)'<':
                    error = XmppReadError.NotWellFormed;
                    return 0;
                case (byte)'>':
                    return _scanned;
                default:
                    _quote = _quote == 0 ? rest[at] : (byte)0;
                    break;
            }
        }

        _scanned = data.Length;
        return 0;
    }

    /// <summary>Between values there are a few bytes at a time: fewer than a vectorised search needs to pay.</summary>
    private static int IndexOfTagStop(ReadOnlySpan<byte> rest)
    {
        for (var i = 0; i < rest.Length; i++)
            if (rest[i] < 64 && ((TagStops >> rest[i]) & 1) != 0)
                return i;
        return -1;
    }

    private int ScanCData(ReadOnlySpan<byte> data)
    {
        while (_scanned < data.Length)
        {
            var at = data[_scanned..].IndexOf((byte)'>');
            if (at < 0) break;
            _scanned += at + 1;
            if (data[_scanned - 2] == ']' && data[_scanned - 3] == ']') return _scanned;
        }

        _scanned = data.Length;
        return 0;
    }

    private int ScanToBracket(ReadOnlySpan<byte> data, ref XmppReadError error)
    {
        var at = data[_scanned..].IndexOfAny((byte)'>', (byte)'<');
        if (at < 0)
        {
            _scanned = data.Length;
            return 0;
        }

        _scanned += at + 1;
        if (data[_scanned - 1] == '>') return _scanned;
        error = XmppReadError.NotWellFormed;
        return 0;
    }
}
