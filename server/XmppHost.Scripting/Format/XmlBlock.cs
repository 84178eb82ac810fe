using System.Buffers;
using System.Text;
using XmppHost.Xml;

namespace XmppHost.Scripting.Format;

/// <summary>Reads a block of a script as the elements that would stand in a client's stream.</summary>
internal static class XmlBlock
{
    private static readonly byte[] Open = Encoding.UTF8.GetBytes($"<stream:stream xmlns='{XmlNs.Client}' xmlns:stream='{XmlNs.Streams}'>");
    private static readonly XmlLimits Limits = new(MaxStanzaBytes: 64 * 1024 * 1024, MaxDepth: 1000, MaxAttributes: 10_000);

    /// <summary>The elements, each with its text as written.</summary>
    /// <exception cref="ScriptFormatException">It is not a sequence of well-formed elements.</exception>
    public static IReadOnlyList<(XmppElement Element, string Source)> Read(IReadOnlyList<ScriptLine> lines)
    {
        if (lines.Count == 0) throw new ScriptFormatException("an indented block of XML must follow");
        var text = string.Join('\n', lines.Select(l => l.Text));
        var elements = Read(text, consumed => lines[Math.Min(lines.Count - 1, LinesBefore(text, consumed))].Number);
        return elements.Count > 0 ? elements : throw new ScriptFormatException("there is no element in the block");
    }

    /// <inheritdoc cref="Read(IReadOnlyList{ScriptLine})"/>
    public static XmppElement ReadOne(string text)
    {
        var elements = Read(text, _ => null);
        return elements.Count == 1 ? elements[0].Element : throw new ScriptFormatException($"'{text}' is not one element");
    }

    /// <summary>Without the white space that is only layout: between elements, not alone in one.</summary>
    public static XmppElement WithoutLayout(XmppElement element)
    {
        var isLayout = element.FirstElement() is not null && string.IsNullOrWhiteSpace(element.Text);
        return isLayout ? element.WithElements(element.Elements().Select(WithoutLayout)) : element;
    }

    private static List<(XmppElement Element, string Source)> Read(string text, Func<int, int?> lineAt)
    {
        var reader = new XmppStreamReader(Limits);
        var bytes = Encoding.UTF8.GetBytes(text);
        var all = new ReadOnlySequence<byte>([.. Open, .. bytes]);
        var elements = new List<(XmppElement Element, string Source)>();
        reader.TryRead(ref all, out _);
        while (true)
        {
            var start = bytes.Length - (int)all.Length;
            var result = reader.TryRead(ref all, out var element);
            var end = bytes.Length - (int)all.Length;
            switch (result)
            {
                case XmppReadResult.Element:
                    elements.Add((element!, Encoding.UTF8.GetString(bytes[start..end]).Trim()));
                    break;
                case XmppReadResult.NeedMore when Encoding.UTF8.GetString(bytes[start..]).Trim().Length == 0:
                    return elements;
                case XmppReadResult.NeedMore:
                    throw new ScriptFormatException("the XML ends before its last element is closed", lineAt(FirstText(bytes, start)));
                default:
                    throw new ScriptFormatException($"this is not well-formed XML as a stream may carry it ({reader.Error})", lineAt(FirstText(bytes, start)));
            }
        }
    }

    private static int FirstText(byte[] bytes, int start)
    {
        while (start < bytes.Length && char.IsWhiteSpace((char)bytes[start])) start++;
        return start;
    }

    private static int LinesBefore(string text, int byteOffset) =>
        Encoding.UTF8.GetBytes(text).AsSpan(0, Math.Min(byteOffset, Encoding.UTF8.GetByteCount(text))).Count((byte)'\n');
}
