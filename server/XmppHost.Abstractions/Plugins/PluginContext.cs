using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace XmppHost.Plugins;

/// <summary>What a plugin's module knows of the virtual host that enables it.</summary>
/// <param name="PluginId">The id in config.</param>
/// <param name="VHost">The host's name.</param>
/// <param name="Config">The effective section: defaults overlaid with the host's own.</param>
/// <param name="Meter">For instruments; the host adds its label.</param>
/// <param name="Loggers">For loggers of the plugin.</param>
/// <param name="Problems">
/// What is wrong with the config, one line each, starting with the config path. The host prints all problems of all plugins and does not start; so a module adds to it and goes on
/// instead of throwing.
/// </param>
public sealed record PluginContext(
    string PluginId,
    string VHost,
    IConfigurationSection Config,
    Meter Meter,
    ILoggerFactory Loggers,
    ICollection<string> Problems)
{
    /// <summary>A folder for this plugin's own files in this host; not made before it is used.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>The folder that relative paths in the config start from.</summary>
    public required string ConfigDirectory { get; init; }

    /// <summary>Ids of all plugins that are on in this host, this one included.</summary>
    public IReadOnlyCollection<string> HostPlugins { get; init; } = [];

    /// <summary>Every option that was bound, for <c>config explain</c>.</summary>
    internal ICollection<BoundOption> BoundOptions { get; init; } = new List<BoundOption>();

    /// <summary>The module has bound its options; one that never does takes none.</summary>
    internal bool HasBoundOptions { get; set; }
}
