using System.Text;
using XmppHost.Xml;

namespace XmppHost.Scripting.Matching;

/// <summary>Lays an element out as the XEPs print their examples; knows which element each line belongs to.</summary>
internal static class XmlPrinter
{
    public static IReadOnlyList<PrintedLine> Print(XmppElement element)
    {
        var lines = new List<PrintedLine>();
        Print(element, XmlNs.Client, 0, lines);
        return lines;
    }

    private static void Print(XmppElement element, string outerNamespace, int depth, List<PrintedLine> lines)
    {
        var indent = new string(' ', depth * 2);
        var name = element.Namespace == XmlNs.Streams ? $"stream:{element.Name}" : element.Name;
        var open = new StringBuilder($"{indent}<{name}");
        var inherited = element.Namespace is XmlNs.Streams ? outerNamespace : element.Namespace;
        if (inherited != outerNamespace) open.Append($" xmlns='{Escape(inherited)}'");
        foreach (var attribute in element.Attributes)
            open.Append($" {(attribute.Namespace.Length == 0 ? "" : $"{attribute.Prefix ?? attribute.Namespace}:")}{attribute.Name}='{Escape(attribute.Value)}'");

        if (element.FirstElement() is null)
        {
            open.Append(element.Text.Length == 0 ? "/>" : $">{Escape(element.Text)}</{name}>");
            lines.AddRange(open.ToString().Split('\n').Select(line => new PrintedLine(line, element)));
            return;
        }

        lines.Add(new PrintedLine($"{open}>", element));
        foreach (var node in element.Nodes)
        {
            if (node.Element is { } child) Print(child, inherited, depth + 1, lines);
            else if (!string.IsNullOrWhiteSpace(node.Text)) lines.Add(new PrintedLine($"{indent}  {Escape(node.Text.Trim())}", element));
        }

        lines.Add(new PrintedLine($"{indent}</{name}>", element));
    }

    private static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace("'", "&apos;", StringComparison.Ordinal);
}
