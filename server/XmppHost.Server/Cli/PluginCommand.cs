using System.CommandLine;
using XmppHost.Core.Plugins;

namespace XmppHost.Server.Cli;

/// <summary><c>plugin list</c>.</summary>
internal static class PluginCommand
{
    internal static Command Create(CommonOptions common, Dictionary<Command, string[]> examples)
    {
        var list = new Command("list", "Lists the plugins that are installed, what they implement, and the hosts that they are on in.");
        list.SetAction(parsed =>
        {
            var installation = common.Load(parsed);
            var output = parsed.InvocationConfiguration.Output;
            foreach (var plugin in installation.Plugins.Plugins)
            {
                string[] hosts = [.. installation.Configuration.Hosts.Where(h => h.Plugins.Any(p => p.Key.Equals(plugin.Id, StringComparison.OrdinalIgnoreCase))).Select(h => h.Name)];
                output.WriteLine($"{plugin.Id,-18} {plugin.Version.ToString(3),-8} {(hosts.Length == 0 ? "off" : $"on in {string.Join(", ", hosts)}")}");
                if (Details(plugin) is { Length: > 0 } details) output.WriteLine($"{"",-18} {details}");
            }

            foreach (var fault in installation.Plugins.Faults) parsed.InvocationConfiguration.Error.WriteLine($"xmpphost: {fault}");
            return 0;
        });
        examples[list] = ["xmpphost plugin list", "xmpphost plugin list --config /etc/xmpphost/xmpphost.json"];
        return new Command("plugin", "Plugins: list.") { list };
    }

    private static string Details(PluginFile plugin)
    {
        var xeps = plugin.ReadXeps().Select(x => $"XEP-{x.Number:D4} {x.Version}{(x.Partial is null ? "" : $" ({x.Partial})")}").ToArray();
        var details = string.Join(", ", xeps);
        return plugin.Requires.Count == 0 ? details : $"{details}{(xeps.Length > 0 ? "; " : "")}needs {string.Join(", ", plugin.Requires)}";
    }
}
