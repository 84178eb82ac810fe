namespace XmppHost.Plugins;

/// <summary>Marks an assembly as a plugin.</summary>
/// <param name="id">Its name in config, under <c>plugins</c>.</param>
/// <param name="module">Its <see cref="PluginModule"/>, with a constructor that takes a <see cref="PluginContext"/>.</param>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class XmppPluginAttribute(string id, Type module) : Attribute
{
    public string Id => id;

    public Type Module => module;

    /// <summary>Ids of plugins that must be on in the same host.</summary>
    public string[] Requires { get; init; } = [];
}

/// <summary>Says which version of which XEP a class implements; the README's table is made of these.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class XepAttribute(int number, string version) : Attribute
{
    public int Number => number;

    public string Version => version;

    /// <summary>What is missing, in a few words; null when it is complete as far as a server goes.</summary>
    public string? Partial { get; init; }
}
