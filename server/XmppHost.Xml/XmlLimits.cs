namespace XmppHost.Xml;

/// <summary>What one stanza may cost; checked before anything is allocated for it.</summary>
/// <param name="MaxStanzaBytes">Bytes from the first angle bracket to the last. RFC 6120 section 13.12 demands at least 10,000.</param>
/// <param name="MaxDepth">Levels of nesting; the stanza itself is level 1.</param>
/// <param name="MaxAttributes">Attributes, namespace declarations included, on one element.</param>
public sealed record XmlLimits(int MaxStanzaBytes = 262_144, int MaxDepth = 64, int MaxAttributes = 64)
{
    public static XmlLimits Default { get; } = new();
}
