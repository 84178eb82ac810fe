using System.Buffers;
using System.Globalization;

namespace XmppHost.Xml;

/// <summary>Writes tags and keeps track of the prefixes in scope.</summary>
internal ref struct ElementWriter(IBufferWriter<byte> target)
{
    private Utf8Output _output = new(target);
    private NsBinding[]? _bindings;
    private int _bindingCount;

    public void Flush() => _output.Flush();

    public void Bind(string prefix, string ns)
    {
        _bindings ??= new NsBinding[4];
        if (_bindingCount == _bindings.Length) Array.Resize(ref _bindings, _bindingCount * 2);
        _bindings[_bindingCount++] = new NsBinding(prefix, ns);
    }

    public void WriteStreamOpen(string contentNamespace, scoped ReadOnlySpan<XmppAttribute> attributes)
    {
        _output.Raw("<?xml version='1.0'?><stream:stream xmlns='"u8);
        _output.Value(contentNamespace);
        _output.Raw("' xmlns:stream='"u8);
        _output.Value(XmlNs.Streams);
        _output.Raw("'"u8);
        Bind("stream", XmlNs.Streams);
        WriteAttributes(attributes, 0);
        _output.Raw(">"u8);
    }

    public void Write(XmppElement element, string inherited, string? prefix)
    {
        var firstBinding = _bindingCount;
        if (element.Namespace.Length == 0) prefix = null;
        _output.Raw("<"u8);
        WriteName(prefix, element.Name);
        if (prefix is not null)
        {
            Declare(prefix, element.Namespace);
        }
        else if (element.Namespace != inherited)
        {
            inherited = element.Namespace;
            WriteAttribute("xmlns", inherited);
        }

        WriteAttributes(element.Attributes, firstBinding);
        WriteContent(element, inherited, prefix);
        _bindingCount = firstBinding;
    }

    private void WriteContent(XmppElement element, string inherited, string? prefix)
    {
        if (element.IsEmpty)
        {
            _output.Raw("/>"u8);
            return;
        }

        _output.Raw(">"u8);
        foreach (var node in element.Nodes)
        {
            if (node.Text is { } text) _output.Text(text);
            else Write(node.Element!, inherited, node.Element!.Prefix);
        }

        _output.Raw("</"u8);
        WriteName(prefix, element.Name);
        _output.Raw(">"u8);
    }

    private void WriteAttributes(scoped ReadOnlySpan<XmppAttribute> attributes, int firstBinding)
    {
        foreach (ref readonly var attribute in attributes)
        {
            var prefix = attribute.Namespace.Length == 0 ? null : PrefixFor(in attribute, firstBinding);
            _output.Raw(" "u8);
            WriteName(prefix, attribute.Name);
            _output.Raw("='"u8);
            _output.Value(attribute.Value);
            _output.Raw("'"u8);
        }
    }

    /// <summary>The prefix for an attribute's name, declared on this element where it was not in scope.</summary>
    private string PrefixFor(in XmppAttribute attribute, int firstBinding)
    {
        if (attribute.Namespace == XmlNs.Xmlns)
        {
            Bind(attribute.Name, attribute.Value);
            return "xmlns";
        }

        if (attribute.Namespace == XmlNs.Xml) return "xml";
        var prefix = attribute.Prefix is "xml" or "xmlns" ? null : attribute.Prefix;
        for (var number = 0; prefix is null || IsTaken(prefix, attribute.Namespace, firstBinding); number++)
            prefix = string.Create(CultureInfo.InvariantCulture, $"ns{number}");
        Declare(prefix, attribute.Namespace);
        return prefix;
    }

    /// <summary>Whether this very element uses the prefix for another namespace.</summary>
    private readonly bool IsTaken(string prefix, string ns, int firstBinding) =>
        NsBinding.Find(_bindings.AsSpan(0, _bindingCount)[firstBinding..], prefix) is { } other && other != ns;

    /// <summary>Binds even what was bound already, so that <see cref="IsTaken"/> sees every prefix the element uses.</summary>
    private void Declare(string prefix, string ns)
    {
        if (ns == XmlNs.Xml) return;
        var isInScope = NsBinding.Find(_bindings.AsSpan(0, _bindingCount), prefix) == ns;
        Bind(prefix, ns);
        if (isInScope) return;
        _output.Raw(" xmlns:"u8);
        _output.Name(prefix);
        _output.Raw("='"u8);
        _output.Value(ns);
        _output.Raw("'"u8);
    }

    private void WriteAttribute(string name, string value)
    {
        _output.Raw(" "u8);
        _output.Name(name);
        _output.Raw("='"u8);
        _output.Value(value);
        _output.Raw("'"u8);
    }

    private void WriteName(string? prefix, string name)
    {
        if (prefix is not null)
        {
            _output.Name(prefix);
            _output.Raw(":"u8);
        }

        _output.Name(name);
    }
}
