namespace XmppHost.Xml;

/// <summary>A prefix and what it stands for.</summary>
internal readonly record struct NsBinding(string Prefix, string Namespace)
{
    /// <summary>The innermost binding of the prefix, or null.</summary>
    public static string? Find(ReadOnlySpan<NsBinding> bindings, string prefix)
    {
        for (var i = bindings.Length - 1; i >= 0; i--)
            if (bindings[i].Prefix == prefix)
                return bindings[i].Namespace;
        return null;
    }
}
