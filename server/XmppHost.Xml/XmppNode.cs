namespace XmppHost.Xml;

/// <summary>One child node: exactly one of <see cref="Text"/> and <see cref="Element"/> is not null.</summary>
public readonly struct XmppNode
{
    private readonly object _value;

    internal XmppNode(object value) => _value = value;

    public string? Text => _value as string;

    public XmppElement? Element => _value as XmppElement;
}
