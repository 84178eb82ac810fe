using System.Buffers;
using System.Text;

namespace XmppHost.Xml;

/// <summary>
/// Reads an XMPP stream item by item from UTF-8 bytes. Resumes at any byte; never looks past the end of the item it returns, so that
/// STARTTLS can hand the rest to TLS. Holds no buffer between items.
/// </summary>
public sealed class XmppStreamReader(XmlLimits limits)
{
    private Utf8XmlTokenizer _tokens;
    private ElementBuilder? _builder;
    private StreamScope _stream = StreamScope.Nothing;
    private int _itemBytes;
    private Phase _phase;
    private bool _declared;

    private enum Phase : byte
    {
        BeforeHeader,
        Open,
        ClosingAtOnce,
        Closed,
    }

    /// <summary>The reason, after <see cref="XmppReadResult.Error"/>.</summary>
    public XmppReadError Error { get; private set; }

    /// <summary>The default namespace that the stream's opening tag declared, for instance <c>jabber:client</c>.</summary>
    public string DefaultNamespace => _stream.DefaultNamespace;

    internal long Examined => _tokens.Examined;

    internal bool IsIdle => _builder is null;

    /// <summary>
    /// Reads the next item and advances <paramref name="buffer"/> past it. With <see cref="XmppReadResult.NeedMore"/> the whole of the buffer was
    /// consumed: the reader keeps what it needs of an unfinished item, so call again with the bytes that follow.
    /// </summary>
    public XmppReadResult TryRead(ref ReadOnlySequence<byte> buffer, out XmppElement? item)
    {
        item = null;
        if (Error != XmppReadError.None) return XmppReadResult.Error;
        if (_phase == Phase.ClosingAtOnce)
        {
            _phase = Phase.Closed;
            return XmppReadResult.StreamClose;
        }

        return buffer.IsSingleSegment ? ReadSegment(ref buffer, out item) : ReadSegments(ref buffer, out item);
    }

    private XmppReadResult ReadSegment(ref ReadOnlySequence<byte> buffer, out XmppElement? item)
    {
        var result = Read(buffer.FirstSpan, out var used, out item);
        buffer = result == XmppReadResult.NeedMore ? buffer.Slice(buffer.End) : buffer.Slice(used);
        return result;
    }

    private XmppReadResult ReadSegments(ref ReadOnlySequence<byte> buffer, out XmppElement? item)
    {
        item = null;
        long before = 0;
        foreach (var segment in buffer)
        {
            var result = Read(segment.Span, out var used, out item);
            if (result != XmppReadResult.NeedMore)
            {
                buffer = buffer.Slice(before + used);
                return result;
            }

            before += segment.Length;
        }

        buffer = buffer.Slice(buffer.End);
        return XmppReadResult.NeedMore;
    }

    /// <summary>Forgets the stream: the next item must be a new opening tag (after TLS and SASL).</summary>
    public void Reset()
    {
        EndItem();
        _stream = StreamScope.Nothing;
        _phase = Phase.BeforeHeader;
        _declared = false;
        Error = XmppReadError.None;
    }

    /// <summary>Parses one self-contained element, for instance what <see cref="XmppElement.ToString"/> wrote.</summary>
    /// <exception cref="FormatException">It is not one well-formed element.</exception>
    public static XmppElement Parse(string xml, string defaultNamespace = "")
    {
        try
        {
            return Parse(new UTF8Encoding(false, true).GetBytes(xml), defaultNamespace);
        }
        catch (EncoderFallbackException e)
        {
            throw new FormatException("The text has an unpaired surrogate.", e);
        }
    }

    /// <inheritdoc cref="Parse(string, string)"/>
    public static XmppElement Parse(ReadOnlySpan<byte> utf8, string defaultNamespace = "")
    {
        var error = TryParse(utf8, new XmlLimits(int.MaxValue, 1024, 1024), out var element, defaultNamespace);
        return element ?? throw new FormatException($"Not one well-formed XML element: {error}.");
    }

    /// <summary>Parses one self-contained element from a source that is not trusted, for instance a WebSocket frame.</summary>
    /// <returns><see cref="XmppReadError.None"/>, or why <paramref name="element"/> is null.</returns>
    public static XmppReadError TryParse(ReadOnlySpan<byte> utf8, XmlLimits limits, out XmppElement? element, string defaultNamespace = "")
    {
        var reader = new XmppStreamReader(limits)
        {
            _phase = Phase.Open,
            _stream = defaultNamespace.Length == 0 ? StreamScope.Nothing : StreamScope.Nothing with { DefaultNamespace = defaultNamespace },
        };
        var result = reader.Read(utf8, out var used, out element);
        if (result == XmppReadResult.Error) return reader.Error;
        reader.EndItem();
        if (result == XmppReadResult.Element && utf8[used..].IndexOfAnyExcept(" \t\r\n"u8) < 0) return XmppReadError.None;
        element = null;
        return XmppReadError.NotWellFormed;
    }

    private XmppReadResult Read(ReadOnlySpan<byte> span, out int used, out XmppElement? item)
    {
        used = 0;
        item = null;
        while (used < span.Length)
        {
            if (_builder is null)
            {
                if (span[used] <= ' ') used += WhiteSpaceLength(span[used..]);
                if (used == span.Length) break;
                if (span[used] != '<') return Fail(_phase == Phase.Open ? XmppReadError.BadFormat : XmppReadError.NotWellFormed);
                if (_phase == Phase.Closed) return Fail(XmppReadError.NotWellFormed);
                _builder = BuilderPool.Rent();
            }

            if (!NextToken(_builder, span, ref used, out var token))
                return Error == XmppReadError.None ? XmppReadResult.NeedMore : Fail(Error);
            var result = Take(_builder, token, out item);
            if (result == XmppReadResult.Error) return Fail(Error);
            _builder?.Partial.Clear();
            _tokens.Next();
            if (result != XmppReadResult.NeedMore) return result;
        }

        return XmppReadResult.NeedMore;
    }

    /// <summary>The next complete token, in place where it can be, joined where it came in pieces. False: more bytes are needed, or <see cref="Error"/> is set.</summary>
    private bool NextToken(ElementBuilder builder, ReadOnlySpan<byte> span, ref int used, out ReadOnlySpan<byte> token)
    {
        var rest = span[used..];
        var partial = builder.Partial;
        var had = partial.Length;
        // What lies over the limit is neither looked at nor kept.
        var allowed = limits.MaxStanzaBytes - _itemBytes - had;
        token = rest.Length > allowed ? rest[..allowed] : rest;
        if (had > 0)
        {
            partial.Append(token);
            token = partial.Bytes;
        }

        var error = XmppReadError.None;
        var length = token.IsEmpty ? 0 : _tokens.Scan(token, out error);
        if (length > 0)
        {
            token = token[..length];
            used += length - had;
            _itemBytes += length;
            return true;
        }

        Error = error == XmppReadError.None && rest.Length > allowed ? XmppReadError.TooBig : error;
        if (had == 0 && Error == XmppReadError.None) partial.Append(token);
        used = span.Length;
        return false;
    }

    private XmppReadResult Take(ElementBuilder builder, ReadOnlySpan<byte> token, out XmppElement? item)
    {
        item = null;
        return _tokens.Kind switch
        {
            TokenKind.StartTag => TakeStartTag(builder, token, out item),
            TokenKind.EndTag when builder.Depth > 0 => TakeEndTag(builder, token, out item),
            TokenKind.EndTag => TakeStreamEnd(token),
            TokenKind.Declaration => TakeDeclaration(builder, token),
            _ => TakeText(builder, token),
        };
    }

    private XmppReadResult TakeStartTag(ElementBuilder builder, ReadOnlySpan<byte> token, out XmppElement? item)
    {
        item = null;
        var error = builder.Open(token, _stream, limits, out var selfClosing);
        if (error != XmppReadError.None) return Fail(error);
        if (_phase != Phase.BeforeHeader) return selfClosing ? Close(builder, out item) : XmppReadResult.NeedMore;

        _stream = builder.TakeScope();
        _phase = selfClosing ? Phase.ClosingAtOnce : Phase.Open;
        item = builder.Close();
        EndItem();
        return XmppReadResult.StreamOpen;
    }

    private XmppReadResult TakeEndTag(ElementBuilder builder, ReadOnlySpan<byte> token, out XmppElement? item)
    {
        item = null;
        return builder.Matches(token) ? Close(builder, out item) : Fail(XmppReadError.NotWellFormed);
    }

    private XmppReadResult Close(ElementBuilder builder, out XmppElement? item)
    {
        item = builder.Close();
        if (item is null) return XmppReadResult.NeedMore;
        EndItem();
        return XmppReadResult.Element;
    }

    private XmppReadResult TakeStreamEnd(ReadOnlySpan<byte> token)
    {
        if (_phase != Phase.Open || !EndTag.Matches(token, _stream.Prefix, _stream.Name)) return Fail(XmppReadError.NotWellFormed);
        _phase = Phase.Closed;
        EndItem();
        return XmppReadResult.StreamClose;
    }

    private XmppReadResult TakeDeclaration(ElementBuilder builder, ReadOnlySpan<byte> token)
    {
        if (_phase != Phase.BeforeHeader || _declared) return Fail(XmppReadError.RestrictedXml);
        _declared = true;
        var error = builder.CheckDeclaration(token);
        return error == XmppReadError.None ? XmppReadResult.NeedMore : Fail(error);
    }

    private XmppReadResult TakeText(ElementBuilder builder, ReadOnlySpan<byte> token)
    {
        if (builder.Depth > 0)
        {
            var isCData = _tokens.Kind == TokenKind.CData;
            var error = isCData ? TextDecoder.CData(token["<![CDATA[".Length..^3], out var text) : TextDecoder.Text(token, out text);
            if (error != XmppReadError.None) return Fail(error);
            builder.AddText(text);
            return XmppReadResult.NeedMore;
        }

        // Between the XML declaration and the header white space comes in pieces that belong to the header's item.
        if (_phase == Phase.BeforeHeader) return WhiteSpaceLength(token) == token.Length ? XmppReadResult.NeedMore : Fail(XmppReadError.NotWellFormed);
        return Fail(XmppReadError.BadFormat);
    }

    private XmppReadResult Fail(XmppReadError error)
    {
        EndItem();
        Error = error;
        return XmppReadResult.Error;
    }

    private void EndItem()
    {
        if (_builder is not null) BuilderPool.Return(_builder);
        _builder = null;
        _itemBytes = 0;
        _tokens.Next();
    }

    private static int WhiteSpaceLength(ReadOnlySpan<byte> span)
    {
        var other = span.IndexOfAnyExcept(" \n\r\t"u8);
        return other < 0 ? span.Length : other;
    }
}
