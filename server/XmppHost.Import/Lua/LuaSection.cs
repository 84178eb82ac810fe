using XmppHost.Import.Sources;

namespace XmppHost.Import.Lua;

/// <summary>What a Prosody config says of one host, or, at its head, of all.</summary>
/// <param name="Name">The domain; empty for what holds everywhere.</param>
internal sealed class LuaSection(string name, Place place)
{
    internal string Name => name;

    internal Place Place => place;

    /// <summary>The module of a component; null for a virtual host.</summary>
    internal string? Component { get; set; }

    internal OptionMap Options { get; } = new();
}
