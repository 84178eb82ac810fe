using System.Reflection;
using XmppHost.Administration;
using XmppHost.Plugins;

namespace XmppHost.Core.Plugins;

/// <summary>The plugins that lie in the plugin folders. Only metadata is read here: a plugin that no host enables is never loaded.</summary>
internal sealed class PluginCatalog
{
    private readonly Dictionary<string, List<PluginFile>> _plugins = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, (Type? Module, string? Problem)> _modules = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Assembly> _assemblies = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _faults = [];

    /// <summary>Looks for <c>FOLDER/Name/Name.dll</c>.</summary>
    internal PluginCatalog(params IEnumerable<string> folders)
    {
        foreach (var folder in folders.Distinct())
        {
            if (!Directory.Exists(folder)) continue;
            foreach (var sub in Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal)) AddFile(Path.Combine(sub, Path.GetFileName(sub) + ".dll"));
        }
    }

    /// <summary>Beside the server, where its own plugins lie.</summary>
    internal static string DefaultFolder { get; } = Path.Combine(AppContext.BaseDirectory, "plugins");

    /// <summary>All plugins by id.</summary>
    internal IEnumerable<PluginFile> Plugins => _plugins.Values.SelectMany(p => p).OrderBy(p => p.Id, StringComparer.OrdinalIgnoreCase);

    /// <summary>What lies in the folders without being a usable plugin, one line each.</summary>
    internal IReadOnlyList<string> Faults => _faults;

    /// <summary>The plugin of an id, or why there is none to use.</summary>
    internal (PluginFile? Plugin, string? Problem) Find(string id)
    {
        if (!_plugins.TryGetValue(id, out var found)) return (null, $"there is no plugin '{id}'{OptionNames.Hint(id, _plugins.Keys)}{FaultOf(id)}");
        if (found is not [var plugin]) return (null, $"{string.Join(" and ", found.Select(p => p.Path))} are both the plugin '{id}'; remove one");
        return plugin.BuiltFor > PluginFile.HostVersion
            ? (null, $"{plugin.Path} was built for XmppHost {plugin.BuiltFor.ToString(3)}, which is newer than this server ({PluginFile.HostVersion.ToString(3)})")
            : (plugin, null);
    }

    /// <summary>Loads the plugin's assembly, once, and finds its module.</summary>
    internal (Type? Module, string? Problem) Load(PluginFile plugin)
    {
        if (_modules.TryGetValue(plugin.Path, out var known)) return known;
        return _modules[plugin.Path] = LoadModule(plugin);
    }

    /// <summary>What commands a plugin has; its assembly is loaded for it. A null list with no problem: none.</summary>
    internal (IAdminCommandList? Commands, string? Problem) LoadCommands(PluginFile plugin)
    {
        if (plugin.AdminCommands is not { } name) return (null, null);
        if (plugin.BuiltFor > PluginFile.HostVersion) return (null, Find(plugin.Id).Problem);
        try
        {
            return Activator.CreateInstance(TypeOf(plugin, name)) is IAdminCommandList list ? (list, null) : (null, $"{plugin.Path}: {name} is not an IAdminCommandList");
        }
        catch (Exception e)
        {
            // Whatever a stranger's constructor throws: the other commands are there all the same.
            return (null, $"{plugin.Path}: its commands cannot be listed: {Failure.Line(e)}");
        }
    }

    private (Type?, string?) LoadModule(PluginFile plugin)
    {
        try
        {
            var module = TypeOf(plugin, plugin.Module);
            if (!module.IsSubclassOf(typeof(PluginModule))) return (null, $"{plugin.Path}: {module.FullName} is not a PluginModule");
            return module.GetConstructor([typeof(PluginContext)]) is null ? (null, $"{plugin.Path}: {module.FullName} has no public constructor that takes a PluginContext") : (module, null);
        }
        catch (Exception e) when (e is IOException or BadImageFormatException or TypeLoadException)
        {
            return (null, $"{plugin.Path} cannot be loaded: {Failure.Line(e)}");
        }
    }

    private Type TypeOf(PluginFile plugin, string name)
    {
        if (!_assemblies.TryGetValue(plugin.Path, out var assembly)) _assemblies.Add(plugin.Path, assembly = new PluginLoadContext(plugin.Path).LoadFromAssemblyPath(plugin.Path));
        return assembly.GetType(name.Split(',')[0], throwOnError: true)!;
    }

    private void AddFile(string path)
    {
        if (!File.Exists(path))
        {
            _faults.Add($"{Path.GetDirectoryName(path)} is no plugin: it has no {Path.GetFileName(path)}");
            return;
        }

        var (plugin, problem) = PluginFile.Read(path);
        if (plugin is null) _faults.Add($"{path} {problem}");
        else if (_plugins.TryGetValue(plugin.Id, out var same)) same.Add(plugin);
        else _plugins.Add(plugin.Id, [plugin]);
    }

    // A broken assembly of a fitting name is the likely reason for an unknown id.
    private string FaultOf(string id) =>
        _faults.Find(f => f.Contains(id, StringComparison.OrdinalIgnoreCase)) is { } fault ? $"; {fault}" : "";
}
