using System.Text;
using System.Text.Unicode;

namespace XmppHost.Xml;

internal static class EndTag
{
    /// <summary>Whether <c>&lt;/prefix:name &gt;</c> has this name.</summary>
    public static bool Matches(ReadOnlySpan<byte> tag, string? prefix, string name)
    {
        var inner = tag[2..^1];
        while (!inner.IsEmpty && XmlChars.IsWhiteSpace(inner[^1])) inner = inner[..^1];
        if (prefix is null) return Same(inner, name);
        var colon = inner.IndexOf((byte)':');
        return colon > 0 && Same(inner[..colon], prefix) && Same(inner[(colon + 1)..], name);
    }

    private static bool Same(ReadOnlySpan<byte> utf8, string name) =>
        Ascii.Equals(utf8, name) || (utf8.Length > name.Length && Utf8.IsValid(utf8) && Encoding.UTF8.GetString(utf8) == name);
}
