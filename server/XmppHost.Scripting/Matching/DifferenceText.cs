using System.Text;
using XmppHost.Xml;

namespace XmppHost.Scripting.Matching;

/// <summary>Renders a failed comparison: the first difference in words, then both elements with the lines it is on marked.</summary>
internal static class DifferenceText
{
    private const string Mark = "  > ";
    private const string NoMark = "    ";

    public static string Render(XmppElement expected, XmppElement received, Difference difference, string mode)
    {
        var text = new StringBuilder().AppendLine(difference.ToString());
        text.AppendLine($"expected ({mode}):");
        Append(text, expected, difference.Expected);
        text.AppendLine("received:");
        Append(text, received, difference.Received);
        return text.ToString().TrimEnd();
    }

    public static string Indent(XmppElement element)
    {
        var text = new StringBuilder();
        Append(text, element, null);
        return text.ToString().TrimEnd();
    }

    private static void Append(StringBuilder text, XmppElement element, XmppElement? marked)
    {
        var isMarked = false;
        foreach (var line in XmlPrinter.Print(element))
        {
            var mark = !isMarked && ReferenceEquals(line.Element, marked);
            isMarked |= mark;
            text.AppendLine($"{(mark ? Mark : NoMark)}{line.Text}");
        }
    }
}
