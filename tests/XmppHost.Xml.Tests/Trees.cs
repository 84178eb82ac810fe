using FsCheck;
using FsCheck.Fluent;

namespace XmppHost.Xml.Tests;

/// <summary>Arbitrary element trees, for properties of the writer.</summary>
internal static class Trees
{
    private static readonly Gen<string> Name = Gen.Elements("a", "message", "body", "é", "x-1", "日本");
    private static readonly Gen<string> Prefix = Gen.Elements("p", "q", "stream");
    private static readonly Gen<string> Namespace = Gen.Elements("jabber:client", "n", "m&<'\"", "ü b", XmlNs.Streams);
    private static readonly Gen<string> Text = Gen.Elements("x", "\t", "\n", "\r", " ", "&", "<", ">", "'", "\"", "]]>", "é", "€", "😀", "&amp;", "hello there, this is somewhat longer").NonEmptyListOf().Select(string.Concat);

    /// <summary>Trees that survive a round trip to the last character.</summary>
    public static Arbitrary<XmppElement> Arbitrary { get; } = Arb.From(Gen.Sized(size => Element(Math.Min(5, size / 8))));

    /// <summary>Strings of any characters, also those that XML and UTF-8 cannot carry.</summary>
    public static Arbitrary<string> AnyText { get; } = Arb.From(Gen.Choose(0, 0xFFFF).Or(Gen.Choose(0, 0x7F)).Or(Gen.Choose(0xD7F0, 0xE010)).Or(Gen.Choose(0xFFF0, 0xFFFF)).Select(c => (char)c).ArrayOf().Select(chars => new string(chars)));

    private static Gen<XmppElement> Element(int depth) =>
        from name in Name
        from prefix in Gen.Frequency((3, Gen.Constant((string?)null)), (1, Prefix.Select(p => (string?)p)))
        from ns in prefix is null ? Gen.Frequency((1, Gen.Constant("")), (4, Namespace)) : Namespace
        from attributes in Attribute.ListOf()
        from nodes in Node(depth).ListOf().Resize(4 + depth)
        select Make(name, prefix, ns, attributes, nodes);

    private static Gen<XmppAttribute> Attribute { get; } = Gen.OneOf(
        from name in Name from value in Text select new XmppAttribute(name, value),
        from name in Name from value in Text select new XmppAttribute(name, value, XmlNs.Xml, "xml"),
        from name in Name from value in Text from prefix in Prefix from ns in Namespace select new XmppAttribute(name, value, ns, prefix));

    private static Gen<object> Node(int depth) => depth == 0
        ? Text.Select(t => (object)t)
        : Gen.OneOf(Text.Select(t => (object)t), Gen.Constant(depth - 1).SelectMany(Element).Select(e => (object)e));

    private static XmppElement Make(string name, string? prefix, string ns, IEnumerable<XmppAttribute> attributes, IEnumerable<object> nodes)
    {
        // One prefix means one namespace within a tag, and a name comes once: what a sender could have written.
        var used = new Dictionary<string, string>();
        if (prefix is not null) used[prefix] = ns;
        var kept = new List<XmppAttribute>();
        foreach (var a in attributes)
        {
            if (kept.Exists(k => k.Name == a.Name && k.Namespace == a.Namespace)) continue;
            if (a.Prefix is not null && a.Prefix != "xml" && !used.TryAdd(a.Prefix, a.Namespace) && used[a.Prefix] != a.Namespace) continue;
            kept.Add(a);
        }

        var element = new XmppElement(name, ns, prefix, [.. kept], null);
        var lastWasText = false;
        foreach (var node in nodes)
        {
            if (node is XmppElement child) element = element.Add(child);
            else if (!lastWasText) element = element.Add((string)node);
            lastWasText = node is string;
        }

        return element;
    }
}
