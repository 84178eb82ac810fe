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
    private XmppAttribute[] _attributes = new XmppAttribute[8];
    private int _nodeCount;
    private int _bindingCount;
    private int _attributeCount;
    private bool _hasPrefixedAttribute;

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
        ref var frame = ref PushFrame(stream);
        frame.Name = name;
        frame.Prefix = prefix;
        var error = ReadAttributes(ref reader, ref frame, limits);
        return error == XmppReadError.None ? Resolve(ref frame, stream) : error;
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
        Array.Clear(_attributes, 0, _attributeCount);
        Array.Clear(_nodes, 0, _nodeCount);
        if (_nodes.Length > KeptNodes) _nodes = new object[16];
        DropBindings(0);
        Depth = _nodeCount = _attributeCount = 0;
    }

    private ref Frame PushFrame(StreamScope stream)
    {
        if (Depth == _frames.Length) Array.Resize(ref _frames, Depth * 2);
        ref var frame = ref _frames[Depth];
        frame.DefaultNamespace = Depth > 0 ? _frames[Depth - 1].DefaultNamespace : stream.DefaultNamespace;
        frame.FirstNode = _nodeCount;
        frame.FirstBinding = _bindingCount;
        Depth++;
        return ref frame;
    }

    private XmppReadError ReadAttributes(ref TagReader reader, ref Frame frame, XmlLimits limits)
    {
        _hasPrefixedAttribute = false;
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
        _attributes[_attributeCount++] = new XmppAttribute(name, value, "", prefix);
        _hasPrefixedAttribute |= prefix is not null;
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

        // A prefix may be declared behind the attribute that has it, so the whole tag had to be read first.
        var attributes = _attributes.AsSpan(0, _attributeCount);
        if (_hasPrefixedAttribute && !TryResolve(attributes, stream)) return XmppReadError.NotWellFormed;
        frame.Attributes = attributes.IsEmpty ? [] : attributes.ToArray();
        attributes.Clear();
        _attributeCount = 0;
        return XmppReadError.None;
    }

    private bool TryResolve(Span<XmppAttribute> attributes, StreamScope stream)
    {
        for (var i = 0; i < attributes.Length; i++)
        {
            if (attributes[i] is not { Prefix: { } prefix, Name: var name }) continue;
            if (NamespaceOf(prefix, stream) is not { } ns) return false;

            // Namespaces in XML 1.0 section 6.3: two prefixes do not make two attributes of one expanded name.
            foreach (ref readonly var other in attributes[..i])
                if (other.Name == name && other.Namespace == ns)
                    return false;
            attributes[i] = attributes[i] with { Namespace = ns };
        }

        return true;
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
