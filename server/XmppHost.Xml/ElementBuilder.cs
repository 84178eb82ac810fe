namespace XmppHost.Xml;

/// <summary>
/// The working state of one item that is being read: open elements, finished nodes that wait for their parent, namespace declarations in scope.
/// Readers borrow it from <see cref="BuilderPool"/> and give it back with the item, so an idle connection has none.
/// </summary>
internal sealed class ElementBuilder
{
    private const int KeptNodes = 256;

    private readonly NameCache _names = new();
    private Frame[] _frames = new Frame[8];
    private object[] _nodes = new object[16];
    private NsBinding[] _bindings = new NsBinding[4];
    private RawAttribute[] _attributes = new RawAttribute[8];
    private int _nodeCount;
    private int _bindingCount;
    private int _attributeCount;

    /// <summary>Open elements.</summary>
    public int Depth { get; private set; }

    /// <summary>The beginning of a token whose end has not arrived.</summary>
    public PartialToken Partial { get; } = new();

    public XmppReadError Open(ReadOnlySpan<byte> tag, StreamScope stream, XmlLimits limits, out bool selfClosing)
    {
        var inner = tag[1..^1];
        selfClosing = inner is [.., (byte)'/'];
        if (selfClosing) inner = inner[..^1];
        if (Depth >= limits.MaxDepth) return XmppReadError.TooBig;

        var reader = new TagReader(inner);
        if (!reader.TryName(_names, out var prefix, out var name)) return XmppReadError.NotWellFormed;
        var frame = new Frame
        {
            Name = name,
            Prefix = prefix,
            DefaultNamespace = Depth > 0 ? _frames[Depth - 1].DefaultNamespace : stream.DefaultNamespace,
            FirstNode = _nodeCount,
            FirstBinding = _bindingCount,
        };
        var error = ReadAttributes(ref reader, ref frame, limits);
        if (error == XmppReadError.None) error = Resolve(ref frame, stream);
        _attributes.AsSpan(0, _attributeCount).Clear();
        if (error != XmppReadError.None) return error;

        if (Depth == _frames.Length) Array.Resize(ref _frames, Depth * 2);
        _frames[Depth++] = frame;
        return XmppReadError.None;
    }

    public XmppReadError CheckDeclaration(ReadOnlySpan<byte> token) => XmlDeclaration.Check(token, _names);

    /// <summary>Whether the end tag, brackets included, closes the innermost open element.</summary>
    public bool Matches(ReadOnlySpan<byte> endTag) => EndTag.Matches(endTag, _frames[Depth - 1].Prefix, _frames[Depth - 1].Name);

    /// <summary>Closes the innermost open element; returns it where it was the outermost, else null.</summary>
    public XmppElement? Close()
    {
        ref var frame = ref _frames[--Depth];
        var element = new XmppElement(frame.Name, frame.Namespace, frame.Prefix, frame.Attributes, TakeContent(in frame));
        DropBindings(frame.FirstBinding);
        frame = default;
        if (Depth == 0) return element;
        Push(element);
        return null;
    }

    public void AddText(string text)
    {
        ref var frame = ref _frames[Depth - 1];
        if (text.Length == 0) return;
        if (_nodeCount > frame.FirstNode && _nodes[_nodeCount - 1] is string) frame.HasSplitText = true;
        Push(text);
    }

    /// <summary>What the stanzas inside the innermost open element, a stream header, inherit.</summary>
    public StreamScope TakeScope()
    {
        ref readonly var frame = ref _frames[Depth - 1];
        return new StreamScope(frame.Name, frame.Prefix, frame.DefaultNamespace, _bindings[.._bindingCount]);
    }

    /// <summary>Makes it fit for the next item; drops what an unusual item made large.</summary>
    public void Clear()
    {
        Partial.Clear();
        Array.Clear(_frames, 0, Depth);
        Array.Clear(_nodes, 0, _nodeCount);
        if (_nodes.Length > KeptNodes) _nodes = new object[16];
        DropBindings(0);
        Depth = _nodeCount = 0;
    }

    private XmppReadError ReadAttributes(ref TagReader reader, ref Frame frame, XmlLimits limits)
    {
        _attributeCount = 0;
        var declaresDefault = false;
        for (var count = 1; ; count++)
        {
            var spaced = reader.SkipWhiteSpace();
            if (reader.AtEnd) return XmppReadError.None;
            if (!spaced) return XmppReadError.NotWellFormed;
            if (count > limits.MaxAttributes) return XmppReadError.TooBig;
            if (!reader.TryName(_names, out var prefix, out var name) || !reader.TryValue(out var raw)) return XmppReadError.NotWellFormed;

            XmppReadError error;
            if (prefix == "xmlns")
                error = Declare(name, raw, frame.FirstBinding, limits);
            else if (prefix is null && name == "xmlns")
                error = declaresDefault ? XmppReadError.NotWellFormed : DeclareDefault(raw, ref frame, out declaresDefault);
            else
                error = AddAttribute(prefix, name, raw);
            if (error != XmppReadError.None) return error;
        }
    }

    private XmppReadError AddAttribute(string? prefix, string name, ReadOnlySpan<byte> raw)
    {
        foreach (ref readonly var other in _attributes.AsSpan(0, _attributeCount))
            if (other.Name == name && other.Prefix == prefix)
                return XmppReadError.NotWellFormed;

        var error = NameCache.Value(raw, out var value);
        if (_attributeCount == _attributes.Length) Array.Resize(ref _attributes, _attributeCount * 2);
        _attributes[_attributeCount++] = new RawAttribute(name, value, prefix);
        return error;
    }

    private XmppReadError DeclareDefault(ReadOnlySpan<byte> raw, ref Frame frame, out bool declared)
    {
        declared = true;
        var error = _names.Namespace(raw, out frame.DefaultNamespace);
        if (error != XmppReadError.None) return error;

        // Namespaces in XML 1.0 section 3: neither of the two may be the default namespace.
        return frame.DefaultNamespace is XmlNs.Xml or XmlNs.Xmlns ? XmppReadError.NotWellFormed : XmppReadError.None;
    }

    private XmppReadError Declare(string prefix, ReadOnlySpan<byte> raw, int firstOfElement, XmlLimits limits)
    {
        var error = _names.Namespace(raw, out var ns);
        if (error != XmppReadError.None) return error;

        // Namespaces in XML 1.0 sections 2.2 and 3: what is reserved, and that a prefix cannot be undeclared.
        if (prefix == "xmlns" || ns is "" or XmlNs.Xmlns || (prefix == "xml") != (ns == XmlNs.Xml)) return XmppReadError.NotWellFormed;
        if (NsBinding.Find(_bindings.AsSpan(firstOfElement, _bindingCount - firstOfElement), prefix) is not null) return XmppReadError.NotWellFormed;

        // Every prefix is looked up among these: nested declarations must not make that slow.
        if (_bindingCount >= limits.MaxAttributes) return XmppReadError.TooBig;
        if (_bindingCount == _bindings.Length) Array.Resize(ref _bindings, _bindingCount * 2);
        _bindings[_bindingCount++] = new NsBinding(prefix, ns);
        return XmppReadError.None;
    }

    private XmppReadError Resolve(ref Frame frame, StreamScope stream)
    {
        if (frame.Prefix is null) frame.Namespace = frame.DefaultNamespace;
        else if (NamespaceOf(frame.Prefix, stream) is { } ns) frame.Namespace = ns;
        else return XmppReadError.NotWellFormed;

        frame.Attributes = [];
        if (_attributeCount == 0) return XmppReadError.None;
        var resolved = new XmppAttribute[_attributeCount];
        for (var i = 0; i < resolved.Length; i++)
        {
            ref readonly var raw = ref _attributes[i];
            var attributeNs = raw.Prefix is null ? "" : NamespaceOf(raw.Prefix, stream);
            if (attributeNs is null) return XmppReadError.NotWellFormed;
            if (raw.Prefix is not null && HasAttribute(resolved.AsSpan(0, i), raw.Name, attributeNs)) return XmppReadError.NotWellFormed;
            resolved[i] = new XmppAttribute(raw.Name, raw.Value, attributeNs, raw.Prefix);
        }

        frame.Attributes = resolved;
        return XmppReadError.None;
    }

    private static bool HasAttribute(ReadOnlySpan<XmppAttribute> attributes, string name, string ns)
    {
        foreach (ref readonly var attribute in attributes)
            if (attribute.Name == name && attribute.Namespace == ns)
                return true;
        return false;
    }

    private string? NamespaceOf(string prefix, StreamScope stream) => prefix == "xml"
        ? XmlNs.Xml
        : NsBinding.Find(_bindings.AsSpan(0, _bindingCount), prefix) ?? NsBinding.Find(stream.Bindings, prefix);

    private object? TakeContent(in Frame frame)
    {
        var nodes = _nodes.AsSpan(frame.FirstNode, _nodeCount - frame.FirstNode);
        if (nodes.IsEmpty) return null;
        var count = frame.HasSplitText ? JoinText(nodes) : nodes.Length;
        object content = count == 1 ? nodes[0] : nodes[..count].ToArray();
        nodes.Clear();
        _nodeCount = frame.FirstNode;
        return content;
    }

    /// <summary>Text and CDATA side by side are one text. Returns how many nodes are left.</summary>
    private static int JoinText(Span<object> nodes)
    {
        var count = 0;
        for (var i = 0; i < nodes.Length;)
        {
            var end = i + 1;
            if (nodes[i] is string)
                while (end < nodes.Length && nodes[end] is string) end++;
            nodes[count++] = end - i == 1 ? nodes[i] : string.Concat(nodes[i..end].ToArray());
            i = end;
        }

        return count;
    }

    private void Push(object node)
    {
        if (_nodeCount == _nodes.Length) Array.Resize(ref _nodes, _nodeCount * 2);
        _nodes[_nodeCount++] = node;
    }

    private void DropBindings(int first)
    {
        if (_bindingCount > first) Array.Clear(_bindings, first, _bindingCount - first);
        _bindingCount = first;
    }

    private struct Frame
    {
        public string Name;
        public string? Prefix;
        public string Namespace;
        public string DefaultNamespace;
        public XmppAttribute[] Attributes;
        public int FirstNode;
        public int FirstBinding;
        public bool HasSplitText;
    }
}
