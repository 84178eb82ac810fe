namespace XmppHost.Xml;

internal enum TokenKind : byte
{
    /// <summary>Too few bytes to tell.</summary>
    Unknown,
    Text,
    StartTag,
    EndTag,
    CData,

    /// <summary>Anything that begins with <c>&lt;?</c>; only an XML declaration is acceptable.</summary>
    Declaration,
}
