namespace XmppHost.Xml;

/// <summary>One attribute. <paramref name="Namespace"/> is empty for an unprefixed one; <c>xml:lang</c> has <see cref="XmlNs.Xml"/>.</summary>
public readonly record struct XmppAttribute(string Name, string Value, string Namespace = "", string? Prefix = null);
