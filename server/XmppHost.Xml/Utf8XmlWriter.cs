using System.Buffers;

namespace XmppHost.Xml;

/// <summary>Serializes elements as UTF-8, declaring a namespace only where it differs from the parent's.</summary>
public static class Utf8XmlWriter
{
    /// <summary>Writes the element as a child of something whose default namespace is <paramref name="inheritedNamespace"/>.</summary>
    public static void Write(IBufferWriter<byte> output, XmppElement element, string inheritedNamespace = "") => throw new NotImplementedException();

    /// <summary>The element's bytes as a child of something whose default namespace is <paramref name="inheritedNamespace"/>.</summary>
    public static byte[] ToBytes(XmppElement element, string inheritedNamespace = "") => throw new NotImplementedException();

    /// <summary>Writes only the opening tag (attributes, no <c>/&gt;</c>), as a stream header needs. <c>stream:</c> is declared for <see cref="XmlNs.Streams"/>.</summary>
    public static void WriteStreamOpen(IBufferWriter<byte> output, string contentNamespace, params ReadOnlySpan<XmppAttribute> attributes) => throw new NotImplementedException();

    public static string ToString(XmppElement element) => throw new NotImplementedException();
}
