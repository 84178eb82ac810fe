using System.Buffers;
using System.Text;

namespace XmppHost.Xml;

/// <summary>Serializes elements as UTF-8, declaring a namespace only where it differs from the parent's. Characters that XML cannot carry leave as U+FFFD.</summary>
public static class Utf8XmlWriter
{
    /// <summary>Writes the element as a child of something whose default namespace is <paramref name="inheritedNamespace"/>.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="element">What.</param>
    /// <param name="inheritedNamespace">The default namespace in scope.</param>
    /// <param name="inStream">The element stands right in a stream that <see cref="WriteStreamOpen"/> opened: <c>stream:</c> is in scope, and elements of <see cref="XmlNs.Streams"/> take it.</param>
    public static void Write(IBufferWriter<byte> output, XmppElement element, string inheritedNamespace = "", bool inStream = false)
    {
        var writer = new ElementWriter(output);
        if (inStream) writer.Bind("stream", XmlNs.Streams);
        writer.Write(element, inheritedNamespace, inStream && element.Namespace == XmlNs.Streams ? "stream" : element.Prefix);
        writer.Flush();
    }

    /// <summary>The element's bytes as a child of something whose default namespace is <paramref name="inheritedNamespace"/>.</summary>
    public static byte[] ToBytes(XmppElement element, string inheritedNamespace = "", bool inStream = false)
    {
        using var output = new RentedBuffer();
        Write(output, element, inheritedNamespace, inStream);
        return output.Written.ToArray();
    }

    /// <summary>
    /// Writes an XML declaration and the opening tag of a stream. <c>stream:</c> is declared for <see cref="XmlNs.Streams"/>; an attribute in <see cref="XmlNs.Xmlns"/> declares a further prefix.
    /// </summary>
    public static void WriteStreamOpen(IBufferWriter<byte> output, string contentNamespace, params ReadOnlySpan<XmppAttribute> attributes)
    {
        var writer = new ElementWriter(output);
        writer.WriteStreamOpen(contentNamespace, attributes);
        writer.Flush();
    }

    public static string ToString(XmppElement element)
    {
        using var output = new RentedBuffer();
        Write(output, element);
        return Encoding.UTF8.GetString(output.Written);
    }
}
