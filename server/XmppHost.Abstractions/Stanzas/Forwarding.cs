using XmppHost.Xml;

namespace XmppHost.Stanzas;

/// <summary>Stanza forwarding (XEP-0297): a message inside another one, its bytes taken over as they are, so that what goes out in several wrappers is serialized once.</summary>
public static class Forwarding
{
    public const string Namespace = "urn:xmpp:forward:0";

    /// <summary>A <c>&lt;forwarded/&gt;</c> for <see cref="Wrap"/>, with a delay (XEP-0203) where <paramref name="stamp"/> is given.</summary>
    public static XmppElement Element(DateTimeOffset? stamp = null)
    {
        var forwarded = new XmppElement("forwarded", Namespace);
        return stamp is { } time ? forwarded.Add(new XmppElement("delay", Ns.Delay).With("stamp", XmppDateTime.Format(time))) : forwarded;
    }

    /// <summary>Puts a message into the one <c>&lt;forwarded/&gt;</c> of <paramref name="wrapper"/>, as its last child.</summary>
    /// <param name="wrapper">With its addresses, and the <see cref="Element"/> as the last element in it.</param>
    /// <param name="message">As <see cref="Stanza.Bytes"/> has it.</param>
    public static Stanza Wrap(Stanza wrapper, ReadOnlySpan<byte> message)
    {
        var outer = wrapper.Bytes.Span;
        var end = "</forwarded>"u8;
        var name = "<message"u8;
        if (!message.StartsWith(name) || message[name.Length] is not ((byte)' ' or (byte)'>' or (byte)'/')) message = WithoutPrefix(message);
        var content = message[name.Length..];
        var at = outer.LastIndexOf(end);
        byte[] bytes = at >= 0
            ? [.. outer[..at], .. name, .. " xmlns='jabber:client'"u8, .. content, .. outer[at..]]
            : [.. outer[..(at = outer.LastIndexOf("/>"u8))], .. ">"u8, .. name, .. " xmlns='jabber:client'"u8, .. content, .. end, .. outer[(at + 2)..]];
        return Stanza.FromBytes(wrapper.Kind, bytes, wrapper.From, wrapper.To);
    }

    // Under a prefix of its own, its children may count on the stream's default namespace, which is another one in there.
    private static ReadOnlySpan<byte> WithoutPrefix(ReadOnlySpan<byte> message)
    {
        var element = XmppStreamReader.Parse(message, Ns.Client);
        return Utf8XmlWriter.ToBytes(new XmppElement(element.Name, element.Namespace).WithAttributes(element.Attributes).WithElements(element.Elements()), Ns.Client);
    }
}
