using Microsoft.Extensions.Configuration;

namespace XmppHost.Core.Configuration;

/// <summary>One virtual host's effective configuration: the defaults with the host's own laid over them.</summary>
/// <param name="Name">The domain, prepared.</param>
/// <param name="Key">Where it stands: <c>hosts:example.org</c>, spelled as in the file.</param>
/// <param name="Section">Everything that holds for the host, plugins included.</param>
/// <param name="Plugins">The plugins that are on, by the name that config gives them, with their sections.</param>
internal sealed record HostConfiguration(string Name, string Key, IConfiguration Section, IReadOnlyList<KeyValuePair<string, IConfigurationSection>> Plugins);
