using XmppHost.Import.Sources;

namespace XmppHost.Import.Drafts;

/// <summary>Which of our plugins does what another server's module does.</summary>
/// <param name="builtIn">Modules whose work is done by the server itself, or by whatever runs it.</param>
internal sealed class PluginTable(IReadOnlyDictionary<string, string> plugins, IReadOnlySet<string> builtIn)
{
    private readonly OrderedDictionary<string, Place> _unknown = new(StringComparer.Ordinal);

    /// <summary>Switches the counterpart on; remembers a module that has none.</summary>
    internal void Enable(HostDraft host, string module, Place place)
    {
        if (plugins.TryGetValue(module, out var plugin)) host.Enable(plugin, Origin.Of(place, module));
        else if (!builtIn.Contains(module)) _unknown.TryAdd(module, place);
    }

    /// <summary>The modules without a counterpart, in one line.</summary>
    internal void Report(ImportLog log)
    {
        if (_unknown.Count > 0) log.Warn(_unknown.GetAt(0).Value, $"modules without a counterpart, not imported: {string.Join(", ", _unknown.Keys)}");
    }
}
