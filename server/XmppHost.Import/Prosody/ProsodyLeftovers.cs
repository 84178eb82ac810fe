using XmppHost.Import.Lua;
using XmppHost.Import.Sources;

namespace XmppHost.Import.Prosody;

/// <summary>Says what was not looked at: options of uploads one by one, all others together.</summary>
internal static class ProsodyLeftovers
{
    internal static void Report(LuaConfig config, ImportLog log)
    {
        var others = new List<string>();
        var place = config.Global.Place;
        foreach (var section in config.Hosts.Prepend(config.Global))
            foreach (var (name, value) in section.Options.All.Where(o => !log.IsUsed(o.Value)))
                if (IsAboutUploads(name)) log.Warn(value.Place, $"{name}: no module that reads it is switched on{Of(section)}; not imported");
                else others.Add($"{name}{Of(section)}");
        if (others.Count > 0) log.Note(place, $"not about uploads or hosts, not imported: {string.Join(", ", others.Distinct())}");
        var components = config.Components.Where(c => !ProsodyUploads.Modules.Contains(c.Component)).ToArray();
        if (components.Length > 0) log.Warn(components[0].Place, $"components without a counterpart, not imported: {string.Join(", ", components.Select(c => $"{c.Name} ({c.Component})"))}");
    }

    private static bool IsAboutUploads(string name) => ProsodyUploads.Modules.Any(m => name.StartsWith(m + "_", StringComparison.Ordinal));

    private static string Of(LuaSection section) => section.Name.Length == 0 ? "" : $" (in {section.Name})";
}
