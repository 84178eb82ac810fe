using Microsoft.Extensions.Configuration;
using XmppHost.Addressing;
using XmppHost.Plugins;

namespace XmppHost.Core.Configuration;

/// <summary>The whole configuration, read and overlaid but not yet bound to options.</summary>
internal sealed class ServerConfiguration
{
    private readonly Dictionary<string, string> _origins;

    private ServerConfiguration(string directory, IConfiguration server, IReadOnlyList<HostConfiguration> hosts, Dictionary<string, string> origins)
    {
        _origins = origins;
        Directory = directory;
        Server = server;
        Hosts = hosts;
    }

    /// <summary>Where relative paths in the config start.</summary>
    internal string Directory { get; }

    /// <summary>The root without <c>defaults</c> and <c>hosts</c>.</summary>
    internal IConfiguration Server { get; }

    internal IReadOnlyList<HostConfiguration> Hosts { get; }

    internal static ServerConfiguration Load(ConfigSources sources, ICollection<string> problems)
    {
        var root = sources.Read(problems);
        var defaults = root["defaults"] ?? new ConfigNode();
        var hosts = root["hosts"] ?? new ConfigNode();
        root.Children.Remove("defaults");
        root.Children.Remove("hosts");

        var origins = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        Remember(origins, root, "");
        var overlaid = new List<HostConfiguration>();
        foreach (var (name, own) in hosts.Children)
        {
            if (HostName(name, overlaid, problems) is not { } domain) continue;
            var effective = Effective(defaults, own);
            var key = $"hosts:{name}";
            Remember(origins, effective, key);
            overlaid.Add(new HostConfiguration(domain, key, effective.ToConfiguration(key), Plugins(effective, key, problems)));
        }

        if (hosts.Children.Count == 0) problems.Add("hosts: there is no virtual host; write \"hosts\": { \"example.org\": {} }");
        return new ServerConfiguration(sources.Directory, root.ToConfiguration(""), overlaid, origins);
    }

    /// <summary>Where the value of a key stands: <c>xmpphost.json:12</c>; null for what no source names.</summary>
    internal string? OriginOf(string key) => _origins.GetValueOrDefault(key);

    /// <summary>As <see cref="OriginOf"/>, for a path with dots as problems have it.</summary>
    internal string? OriginOfPath(string path) => _origins.FirstOrDefault(o => OptionNames.Path(o.Key).Equals(path, StringComparison.OrdinalIgnoreCase)).Value;

    private static string? HostName(string name, List<HostConfiguration> sofar, ICollection<string> problems)
    {
        if (Jid.TryParse(name) is not { IsDomain: true, Domain: var domain })
        {
            problems.Add($"hosts.{name}: is not a domain name");
            return null;
        }

        if (!sofar.Exists(h => h.Name == domain)) return domain;
        problems.Add($"hosts.{name}: is the same host as {sofar.Find(h => h.Name == domain)!.Key.Replace(':', '.')}");
        return null;
    }

    private static ConfigNode Effective(ConfigNode defaults, ConfigNode own)
    {
        var effective = new ConfigNode();
        effective.Overlay(defaults);
        var inherited = effective["plugins"];
        if (own["plugins"] is { } plugins)
        {
            // "Rooms": true keeps the options that the defaults give.
            foreach (var (name, plugin) in plugins.Children.Where(p => IsTrue(p.Value)).ToArray())
                if (inherited?[name] is { Children.Count: > 0 } options) plugins.Children[name] = Copy(options);
        }

        if (own.Children.Count > 0) effective.Overlay(own);
        return effective;
    }

    private static List<KeyValuePair<string, IConfigurationSection>> Plugins(ConfigNode host, string key, ICollection<string> problems)
    {
        var on = new List<KeyValuePair<string, IConfigurationSection>>();
        foreach (var (name, plugin) in host["plugins"]?.Children ?? [])
        {
            if (bool.TryParse(plugin.Value, out var flag) && plugin.Children.Count == 0)
            {
                if (!flag) continue;
                plugin.SetContainer(false, plugin.Origin);
            }

            if (plugin.Value is not null) problems.Add($"{OptionNames.Path(key)}.plugins.{name}: '{plugin.Value}' is neither true, false nor options in {{ }}");
            else on.Add(KeyValuePair.Create(name, (IConfigurationSection)plugin.ToConfiguration($"{key}:plugins:{name}")));
        }

        return on;
    }

    private static void Remember(Dictionary<string, string> origins, ConfigNode node, string key)
    {
        if (key.Length > 0) origins[key] = node.Origin;
        foreach (var (name, child) in node.Children) Remember(origins, child, key.Length == 0 ? name : $"{key}:{name}");
    }

    private static bool IsTrue(ConfigNode node) => node.Children.Count == 0 && bool.TryParse(node.Value, out var flag) && flag;

    private static ConfigNode Copy(ConfigNode node)
    {
        var copy = new ConfigNode();
        copy.Overlay(node);
        return copy;
    }
}
