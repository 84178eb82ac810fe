namespace XmppHost.Xml;

/// <summary>The stream's opening tag, as far as the stanzas inside it need it.</summary>
internal sealed record StreamScope(string Name, string? Prefix, string DefaultNamespace, NsBinding[] Bindings)
{
    public static StreamScope Nothing { get; } = new("", null, "", []);
}
