using System.Buffers;
using System.Text;
using XmppHost.Xml;

namespace XmppHost.Scripting;

/// <summary>Writes the client's own XML.</summary>
internal static class StreamHeader
{
    public const string Close = "</stream:stream>";

    public static string For(ScriptedClientOptions options)
    {
        var output = new ArrayBufferWriter<byte>();
        Utf8XmlWriter.WriteStreamOpen(output, XmlNs.Client,
            new XmppAttribute("to", options.StreamTo ?? JidParts.Of(options.Jid).Domain),
            new XmppAttribute("version", "1.0"),
            new XmppAttribute("lang", options.Language, XmlNs.Xml, "xml"));
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    /// <summary>An element as it is written inside a client's stream.</summary>
    public static string InStream(XmppElement element) => Encoding.UTF8.GetString(Utf8XmlWriter.ToBytes(element, XmlNs.Client, inStream: true));
}
