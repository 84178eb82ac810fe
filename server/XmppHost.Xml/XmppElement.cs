using System.Runtime.InteropServices;
using System.Text;

namespace XmppHost.Xml;

/// <summary>
/// An immutable XML element. Content is kept in the smallest shape that holds it: nothing, one text, one element, or an array of both.
/// Each <c>With</c> and <c>Add</c> returns a new element that shares what did not change.
/// </summary>
public sealed class XmppElement
{
    private readonly XmppAttribute[] _attributes;
    private readonly object? _content;   // null | string | XmppElement | object[] of string and XmppElement

    public XmppElement(string name, string ns = "")
        : this(name, ns, null, [], null)
    {
    }

    internal XmppElement(string name, string ns, string? prefix, XmppAttribute[] attributes, object? content)
    {
        Name = name;
        Namespace = ns;
        Prefix = prefix;
        _attributes = attributes;
        _content = content;
    }

    public string Name { get; }

    public string Namespace { get; }

    /// <summary>The prefix the sender used, kept so that an unknown extension leaves as it came; null for a default-namespace element.</summary>
    public string? Prefix { get; }

    public ReadOnlySpan<XmppAttribute> Attributes => _attributes;

    public bool IsEmpty => _content is null;

    /// <summary>Child nodes in document order: text (<see cref="XmppNode.Text"/>) or elements.</summary>
    public ReadOnlySpan<XmppNode> Nodes => _content switch
    {
        null => [],
        object[] many => MemoryMarshal.CreateReadOnlySpan(ref System.Runtime.CompilerServices.Unsafe.As<object, XmppNode>(ref MemoryMarshal.GetArrayDataReference(many)), many.Length),
        _ => MemoryMarshal.CreateReadOnlySpan(ref System.Runtime.CompilerServices.Unsafe.As<object, XmppNode>(ref System.Runtime.CompilerServices.Unsafe.AsRef(in _content)), 1),
    };

    /// <summary>All character data directly in this element, joined; empty when there is none.</summary>
    public string Text
    {
        get
        {
            if (_content is string text) return text;
            if (_content is not object[] many) return "";
            string? only = null;
            StringBuilder? joined = null;
            foreach (var node in many)
            {
                if (node is not string part) continue;
                if (only is null) only = part;
                else (joined ??= new StringBuilder(only)).Append(part);
            }

            return joined?.ToString() ?? only ?? "";
        }
    }

    /// <summary>The child elements in document order.</summary>
    public ElementEnumerable Elements() => new(this);

    public bool Is(string name, string ns) => Name == name && Namespace == ns;

    /// <summary>An attribute's value, or null where it is absent.</summary>
    public string? Attribute(string name, string ns = "")
    {
        foreach (ref readonly var attribute in _attributes.AsSpan())
            if (attribute.Name == name && attribute.Namespace == ns)
                return attribute.Value;
        return null;
    }

    /// <summary>The first child element of that name and namespace, or null.</summary>
    public XmppElement? Element(string name, string ns)
    {
        foreach (var child in Elements())
            if (child.Is(name, ns))
                return child;
        return null;
    }

    /// <summary>The first child element, or null.</summary>
    public XmppElement? FirstElement()
    {
        foreach (var child in Elements())
            return child;
        return null;
    }

    /// <summary>With the attribute set, or removed where <paramref name="value"/> is null.</summary>
    public XmppElement With(string name, string? value, string ns = "")
    {
        var index = Array.FindIndex(_attributes, a => a.Name == name && a.Namespace == ns);
        if (value is null)
            return index < 0 ? this : new XmppElement(Name, Namespace, Prefix, [.. _attributes[..index], .. _attributes[(index + 1)..]], _content);

        XmppAttribute[] attributes;
        if (index >= 0)
        {
            attributes = [.. _attributes];
            attributes[index] = attributes[index] with { Value = value };
        }
        else
        {
            attributes = [.. _attributes, new XmppAttribute(name, value, ns, ns == XmlNs.Xml ? "xml" : null)];
        }

        return new XmppElement(Name, Namespace, Prefix, attributes, _content);
    }

    /// <summary>With the attributes replaced as a whole.</summary>
    public XmppElement WithAttributes(params ReadOnlySpan<XmppAttribute> attributes) => new(Name, Namespace, Prefix, attributes.ToArray(), _content);

    /// <summary>With text appended; a null or empty one changes nothing.</summary>
    public XmppElement Add(string? text) => string.IsNullOrEmpty(text) ? this : Append(text);

    /// <summary>With a child element appended; null changes nothing, so optional parts read in one line.</summary>
    public XmppElement Add(XmppElement? child) => child is null ? this : Append(child);

    /// <summary>With several child elements appended.</summary>
    public XmppElement Add(IEnumerable<XmppElement> children)
    {
        object[] added = [.. children];
        return added.Length == 0 ? this : WithContent([.. NodesAsObjects(), .. added]);
    }

    /// <summary>With the content replaced by these child elements.</summary>
    public XmppElement WithElements(IEnumerable<XmppElement> children) => WithContent([.. children]);

    /// <summary>Without the child elements that match.</summary>
    public XmppElement Without(Func<XmppElement, bool> match) =>
        WithContent([.. NodesAsObjects().Where(n => n is not XmppElement e || !match(e))]);

    /// <summary>The same element in another namespace; descendants that shared the old one follow.</summary>
    public XmppElement InNamespace(string from, string to)
    {
        if (Namespace != from) return this;
        object[] content = [.. NodesAsObjects().Select(n => n is XmppElement e ? e.InNamespace(from, to) : n)];
        return new XmppElement(Name, to, Prefix, _attributes, Shrink(content));
    }

    /// <summary>The element as a self-contained piece of XML: for logs, storage and failure messages.</summary>
    public override string ToString() => Utf8XmlWriter.ToString(this);

    internal object? Content => _content;

    private XmppElement Append(object node) => _content switch
    {
        null => WithShrunk(node),
        object[] many => WithShrunk(AppendTo(many, node)),
        var single => WithShrunk(new[] { single, node }),
    };

    private static object[] AppendTo(object[] many, object node)
    {
        var longer = new object[many.Length + 1];
        many.CopyTo(longer, 0);
        longer[^1] = node;
        return longer;
    }

    private object[] NodesAsObjects() => _content switch { null => [], object[] many => many, var single => [single] };

    private XmppElement WithContent(object[] nodes) => WithShrunk(Shrink(nodes));

    private XmppElement WithShrunk(object? content) => new(Name, Namespace, Prefix, _attributes, content);

    private static object? Shrink(object[] nodes) => nodes.Length switch { 0 => null, 1 => nodes[0], _ => nodes };

    /// <summary>Enumerates child elements without allocating.</summary>
    public readonly struct ElementEnumerable(XmppElement parent) : IEnumerable<XmppElement>
    {
        public ElementEnumerator GetEnumerator() => new(parent._content);

        IEnumerator<XmppElement> IEnumerable<XmppElement>.GetEnumerator() => GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }

    /// <summary>See <see cref="ElementEnumerable"/>.</summary>
    public struct ElementEnumerator : IEnumerator<XmppElement>
    {
        private readonly object? _content;
        private int _next;

        internal ElementEnumerator(object? content)
        {
            _content = content;
            Current = null!;
        }

        public XmppElement Current { get; private set; }

        readonly object System.Collections.IEnumerator.Current => Current;

        public bool MoveNext()
        {
            if (_content is object[] many)
            {
                while (_next < many.Length)
                {
                    if (many[_next++] is not XmppElement element) continue;
                    Current = element;
                    return true;
                }

                return false;
            }

            if (_next++ > 0 || _content is not XmppElement single) return false;
            Current = single;
            return true;
        }

        public void Reset() => _next = 0;

        public readonly void Dispose()
        {
        }
    }
}
