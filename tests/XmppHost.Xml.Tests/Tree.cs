using System.Globalization;
using System.Text;

namespace XmppHost.Xml.Tests;

/// <summary>Writes an element tree down to its last character, independently of the writer under test.</summary>
internal static class Tree
{
    public static string Of(XmppElement element)
    {
        var text = new StringBuilder();
        Append(text, element);
        return text.ToString();
    }

    public static string Name(string? prefix, string name, string ns) => string.Create(CultureInfo.InvariantCulture, $"{(prefix is null ? "" : prefix + ":")}{name}{{{ns}}}");

    public static string Quote(string text) => "\"" + string.Concat(text.Select(c => c is < ' ' or > '~' or '"' or '\\' ? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}") : c.ToString())) + "\"";

    private static void Append(StringBuilder text, XmppElement element)
    {
        text.Append(Name(element.Prefix, element.Name, element.Namespace));
        foreach (var a in element.Attributes) text.Append(' ').Append(Name(a.Prefix, a.Name, a.Namespace)).Append('=').Append(Quote(a.Value));
        text.Append('(');
        foreach (var node in element.Nodes)
        {
            if (node.Text is { } part) text.Append(Quote(part));
            else Append(text, node.Element!);
        }

        text.Append(')');
    }
}
