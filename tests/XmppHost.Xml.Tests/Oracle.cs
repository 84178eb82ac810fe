using System.Text;
using System.Xml;

namespace XmppHost.Xml.Tests;

/// <summary>What .NET's own XML reader makes of a document, in the form of <see cref="Tree"/>.</summary>
internal static class Oracle
{
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, CheckCharacters = true, ConformanceLevel = ConformanceLevel.Document };

    /// <summary>The document's root element, or null where it is refused: not well-formed, or with a comment or processing instruction.</summary>
    public static string? Read(byte[] document)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(document), Settings);
            var text = new StringBuilder();
            var pending = new StringBuilder();
            while (reader.Read())
                if (!Append(reader, text, pending))
                    return null;
            return text.ToString();
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static bool Append(XmlReader reader, StringBuilder text, StringBuilder pending)
    {
        switch (reader.NodeType)
        {
            case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                if (reader.Depth > 0) pending.Append(reader.Value);
                return true;
            case XmlNodeType.Element when reader.Prefix == "xmlns":
                // Namespaces in XML 1.0 section 3 forbids it; XmlReader lets it pass.
                return false;
            case XmlNodeType.Element:
                Flush(text, pending);
                AppendTag(reader, text);
                return true;
            case XmlNodeType.EndElement:
                Flush(text, pending);
                text.Append(')');
                return true;
            default:
                return reader.NodeType == XmlNodeType.XmlDeclaration;
        }
    }

    private static void AppendTag(XmlReader reader, StringBuilder text)
    {
        text.Append(Name(reader));
        var isEmpty = reader.IsEmptyElement;
        while (reader.MoveToNextAttribute())
            if (reader.NamespaceURI != XmlNs.Xmlns)
                text.Append(' ').Append(Name(reader)).Append('=').Append(Tree.Quote(reader.Value));
        text.Append(isEmpty ? "()" : "(");
    }

    private static void Flush(StringBuilder text, StringBuilder pending)
    {
        if (pending.Length > 0) text.Append(Tree.Quote(pending.ToString()));
        pending.Clear();
    }

    private static string Name(XmlReader reader) => Tree.Name(reader.Prefix.Length == 0 ? null : reader.Prefix, reader.LocalName, reader.NamespaceURI);
}
