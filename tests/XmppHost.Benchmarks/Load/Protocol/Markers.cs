using System.Text;

namespace XmppHost.Benchmarks.Load.Protocol;

/// <summary>Reading of incoming elements by their bytes alone.</summary>
internal static class Markers
{
    public static bool IsError(ReadOnlySpan<byte> stanza)
    {
        var head = stanza[..(stanza.IndexOf((byte)'>') + 1)];
        return head.IndexOf("type='error'"u8) >= 0 || head.IndexOf("type=\"error\""u8) >= 0;
    }

    public static bool IsNamed(ReadOnlySpan<byte> element, ReadOnlySpan<byte> name) =>
        element.Length > name.Length + 1 && element[1..].StartsWith(name) && element[name.Length + 1] is (byte)' ' or (byte)'>' or (byte)'/';

    /// <summary>With the customary prefix, or with a default namespace in its place.</summary>
    public static bool IsFeatures(ReadOnlySpan<byte> element) => IsNamed(element, "stream:features"u8) || IsNamed(element, "features"u8);

    /// <summary>An attribute of the first tag; empty where it has none.</summary>
    public static ReadOnlySpan<byte> Attribute(ReadOnlySpan<byte> element, ReadOnlySpan<byte> name)
    {
        var head = element[..(element.IndexOf((byte)'>') + 1)];
        var at = 0;
        while (true)
        {
            var found = head[at..].IndexOf(name);
            if (found < 0) return [];
            at += found;
            var after = at + name.Length;
            if (head[at - 1] == (byte)' ' && after + 1 < head.Length && head[after] == (byte)'=') return Quoted(head[(after + 1)..]);
            at = after;
        }
    }

    /// <summary>The text of the first child of that name; empty where there is none.</summary>
    public static string ChildText(ReadOnlySpan<byte> element, ReadOnlySpan<byte> openTag)
    {
        var at = element.IndexOf(openTag);
        if (at < 0) return "";
        var text = element[(at + openTag.Length)..];
        return Encoding.UTF8.GetString(text[..Math.Max(text.IndexOf((byte)'<'), 0)]);
    }

    /// <summary>For failure messages.</summary>
    public static string Shown(ReadOnlySpan<byte> xml) => Encoding.UTF8.GetString(xml[..Math.Min(xml.Length, 400)]);

    private static ReadOnlySpan<byte> Quoted(ReadOnlySpan<byte> from)
    {
        var end = from[1..].IndexOf(from[0]);
        return end < 0 ? [] : from.Slice(1, end);
    }
}
