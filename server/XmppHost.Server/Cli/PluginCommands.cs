using System.CommandLine;
using XmppHost.Administration;
using XmppHost.Core.Plugins;
using XmppHost.Server.Hosting;

namespace XmppHost.Server.Cli;

/// <summary>The commands that plugins add, each group beside the server's own. Their assemblies are loaded for it: only when a command line asks for what the server itself does not have.</summary>
internal sealed class PluginCommands(RootCommand root, CommonOptions common, Dictionary<Command, string[]> examples)
{
    private readonly HashSet<string> _own = [.. root.Subcommands.Select(c => c.Name)];
    private readonly List<string> _faults = [];

    /// <summary>Adds what there is, and says what is wrong with any of it.</summary>
    /// <param name="installation">The server whose plugins count; null where its config cannot be read: then those beside the server.</param>
    internal IReadOnlyList<string> Add(Installation? installation)
    {
        var catalog = installation?.Plugins ?? new PluginCatalog(PluginCatalog.DefaultFolder);
        foreach (var plugin in catalog.Plugins)
        {
            var (list, problem) = catalog.LoadCommands(plugin);
            if (problem is not null) _faults.Add(problem);
            if (list is not null) Add(plugin, list, installation);
        }

        return Finish();
    }

    /// <summary>Adds one plugin's; whatever is wrong with them, the others are there.</summary>
    internal void Add(PluginFile plugin, IAdminCommandList list, Installation? installation)
    {
        try
        {
            foreach (var info in list.Commands) Add(plugin, info, list, installation);
        }
        catch (Exception e)
        {
            _faults.Add($"{plugin.Path}: its commands cannot be listed: {Failure.Line(e)}");
        }
    }

    /// <summary>Gives the groups their examples.</summary>
    internal IReadOnlyList<string> Finish()
    {

        foreach (var group in root.Subcommands.Where(c => !_own.Contains(c.Name)))
            examples[group] = [.. group.Subcommands.SelectMany(c => examples.GetValueOrDefault(c, []).Take(1))];
        return _faults;
    }

    private void Add(PluginFile plugin, AdminCommandInfo info, IAdminCommandList list, Installation? installation)
    {
        if (_own.Contains(info.Group))
        {
            _faults.Add($"{plugin.Path}: '{info.Group} {info.Name}' cannot be added: the commands of '{info.Group}' are the server's own");
            return;
        }

        var group = Group(info.Group, list.Groups.GetValueOrDefault(info.Group) ?? $"Commands of the plugin {plugin.Id}.");
        if (group.Subcommands.Any(c => c.Name == info.Name))
        {
            _faults.Add($"{plugin.Path}: there is a command '{info.Group} {info.Name}' already");
            return;
        }

        var command = AdminCommandLine.Create(plugin, info, common, installation);
        if (info.Examples.Count > 0) examples[command] = [.. info.Examples];
        group.Add(command);
    }

    private Command Group(string name, string description)
    {
        if (root.Subcommands.FirstOrDefault(c => c.Name == name) is { } existing) return existing;
        var group = new Command(name, description);
        root.Add(group);
        return group;
    }
}
