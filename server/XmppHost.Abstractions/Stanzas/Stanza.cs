using XmppHost.Addressing;
using XmppHost.Storage;
using XmppHost.Xml;

namespace XmppHost.Stanzas;

/// <summary>
/// A message, presence or IQ with its addresses already prepared. Immutable; its element is always in <c>jabber:client</c>, and its bytes
/// are made at most once, so that a broadcast costs one serialization.
/// </summary>
public sealed class Stanza
{
    private byte[]? _bytes;
    private XmppElement? _element;

    private Stanza(StanzaKind kind, XmppElement? element, Jid? from, Jid? to)
    {
        Kind = kind;
        _element = element;
        From = from;
        To = to;
    }

    public StanzaKind Kind { get; }

    public XmppElement Element => _element ??= XmppStreamReader.Parse(_bytes, Ns.Client);

    public Jid? From { get; }

    public Jid? To { get; }

    /// <summary>What is to be written to the archive with it.</summary>
    internal UnwrittenArchive? Archive { get; set; }

    public string? Id => Element.Attribute("id");

    public string? Type => Element.Attribute("type");

    public string? Lang => Element.Attribute("lang", XmlNs.Xml);

    public bool IsError => Type == "error";

    public MessageType MessageType => Type switch
    {
        "chat" => MessageType.Chat,
        "groupchat" => MessageType.Groupchat,
        "headline" => MessageType.Headline,
        "error" => MessageType.Error,
        _ => MessageType.Normal,
    };

    /// <summary>Null when the type attribute is none of RFC 6121 section 4.7.1.</summary>
    public PresenceType? PresenceType => Type switch
    {
        null => Stanzas.PresenceType.Available,
        "unavailable" => Stanzas.PresenceType.Unavailable,
        "subscribe" => Stanzas.PresenceType.Subscribe,
        "subscribed" => Stanzas.PresenceType.Subscribed,
        "unsubscribe" => Stanzas.PresenceType.Unsubscribe,
        "unsubscribed" => Stanzas.PresenceType.Unsubscribed,
        "probe" => Stanzas.PresenceType.Probe,
        "error" => Stanzas.PresenceType.Error,
        _ => null,
    };

    /// <summary>Null when the type attribute is none of RFC 6120 section 8.2.3.</summary>
    public IqType? IqType => Type switch
    {
        "get" => Stanzas.IqType.Get,
        "set" => Stanzas.IqType.Set,
        "result" => Stanzas.IqType.Result,
        "error" => Stanzas.IqType.Error,
        _ => null,
    };

    /// <summary>The stanza as UTF-8, to be written into a stream whose default namespace is <c>jabber:client</c>.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes ??= Utf8XmlWriter.ToBytes(Element, Ns.Client);

    /// <summary>Wraps an element as it was read; null when it is not a stanza or an address in it is malformed.</summary>
    public static Stanza? TryCreate(XmppElement element)
    {
        if (KindOf(element) is not { } kind) return null;
        Jid? from = null, to = null;
        if (element.Attribute("from") is { } fromText && (from = Jid.TryParse(fromText)) is null) return null;
        if (element.Attribute("to") is { } toText && (to = Jid.TryParse(toText)) is null) return null;
        return new Stanza(kind, element, from, to);
    }

    /// <summary>Wraps an element that the program made, with these addresses put into it.</summary>
    public static Stanza Create(XmppElement element, Jid? from, Jid? to) =>
        new(
            KindOf(element) ?? throw new ArgumentException($"<{element.Name}/> is not a stanza", nameof(element)),
            element.With("from", from?.ToString()).With("to", to?.ToString()),
            from,
            to);

    /// <summary>
    /// Wraps UTF-8 that the program made, to stand in a stream whose default namespace is <c>jabber:client</c>; it is parsed only when somebody asks for the element. The addresses must
    /// be those that it has.
    /// </summary>
    public static Stanza FromBytes(StanzaKind kind, byte[] bytes, Jid? from, Jid? to) => new(kind, null, from, to) { _bytes = bytes };

    /// <summary>An element as a client sent it, with the <c>from</c> stamped; its <c>to</c> stands as it was written.</summary>
    internal static Stanza Create(XmppElement element, Jid from, string fromText, Jid? to) =>
        new(KindOf(element) ?? throw new ArgumentException($"<{element.Name}/> is not a stanza", nameof(element)), element.With("from", fromText), from, to);

    public static Stanza Message(Jid? from, Jid? to, string? type, params IEnumerable<XmppElement> children) => Make("message", from, to, type, null, children);

    public static Stanza Presence(Jid? from, Jid? to, string? type = null, params IEnumerable<XmppElement> children) => Make("presence", from, to, type, null, children);

    public static Stanza Iq(Jid? from, Jid? to, string type, string id, params IEnumerable<XmppElement> children) => Make("iq", from, to, type, id, children);

    /// <summary>The same stanza with other addresses; null removes one.</summary>
    public Stanza WithAddresses(Jid? from, Jid? to)
    {
        if (from == From && to == To) return this;
        var element = Element;
        if (from != From) element = element.With("from", from?.ToString());
        if (to != To) element = element.With("to", to?.ToString());
        return new Stanza(Kind, element, from, to) { Archive = Archive };
    }

    /// <summary>The same stanza with its element edited; kind and addresses must stay.</summary>
    public Stanza WithElement(XmppElement element) => new(Kind, element, From, To) { Archive = Archive };

    /// <summary>The error reply to this stanza, addresses swapped; null where RFC 6120 section 8.3.1 forbids one (an error, an IQ result).</summary>
    public Stanza? ErrorReply(StanzaError error)
    {
        if (IsError || Type == "result") return null;
        var reply = new XmppElement(Element.Name, Ns.Client).With("type", "error").With("id", Id);
        return Create(reply.Add(error.ToElement()), To, From);
    }

    /// <summary>The result of this IQ, addresses swapped.</summary>
    public Stanza ResultReply(XmppElement? payload = null) =>
        Create(new XmppElement("iq", Ns.Client).With("type", "result").With("id", Id).Add(payload), To, From);

    public override string ToString() => Element.ToString();

    private static StanzaKind? KindOf(XmppElement element) => element.Namespace != Ns.Client ? null : element.Name switch
    {
        "message" => StanzaKind.Message,
        "presence" => StanzaKind.Presence,
        "iq" => StanzaKind.Iq,
        _ => null,
    };

    private static Stanza Make(string name, Jid? from, Jid? to, string? type, string? id, IEnumerable<XmppElement> children) =>
        Create(new XmppElement(name, Ns.Client).With("type", type).With("id", id).Add(children), from, to);
}
