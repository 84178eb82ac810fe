using System.Buffers;

namespace XmppHost.Xml;

/// <summary>
/// Reads an XMPP stream item by item from UTF-8 bytes. Resumes at any byte; never looks past the end of the item it returns, so that
/// STARTTLS can hand the rest to TLS. Holds no buffer between items.
/// </summary>
public sealed class XmppStreamReader(XmlLimits limits)
{
    /// <summary>The reason, after <see cref="XmppReadResult.Error"/>.</summary>
    public XmppReadError Error { get; private set; }

    /// <summary>The default namespace that the stream's opening tag declared, for instance <c>jabber:client</c>.</summary>
    public string DefaultNamespace { get; private set; } = "";

    /// <summary>
    /// Reads the next item and advances <paramref name="buffer"/> past it. With <see cref="XmppReadResult.NeedMore"/> the whole of the buffer was examined: call again
    /// with the same unconsumed bytes followed by more (the reader remembers how far it got).
    /// </summary>
    public XmppReadResult TryRead(ref ReadOnlySequence<byte> buffer, out XmppElement? item) => throw new NotImplementedException(limits.ToString());

    /// <summary>Forgets the stream: the next item must be a new opening tag (after TLS and SASL).</summary>
    public void Reset() => throw new NotImplementedException();

    /// <summary>Parses one self-contained element, for instance what <see cref="XmppElement.ToString"/> wrote.</summary>
    /// <exception cref="FormatException">It is not one well-formed element.</exception>
    public static XmppElement Parse(string xml, string defaultNamespace = "") => throw new NotImplementedException();

    /// <inheritdoc cref="Parse(string, string)"/>
    public static XmppElement Parse(ReadOnlySpan<byte> utf8, string defaultNamespace = "") => throw new NotImplementedException();
}
