namespace XmppHost.Xml;

/// <summary>An attribute whose prefix is not resolved yet: the declaration may stand behind it.</summary>
internal readonly record struct RawAttribute(string Name, string Value, string? Prefix);
