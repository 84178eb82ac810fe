using XmppHost.Import.Drafts;
using XmppHost.Import.Lua;
using XmppHost.Import.Sources;

namespace XmppHost.Import.Prosody;

/// <summary>Prosody's config as ours.</summary>
internal sealed class ProsodyImport
{
    private readonly LuaConfig _config;
    private readonly ImportLog _log;
    private readonly ServerDraft _draft = new();

    private ProsodyImport(LuaConfig config, ImportLog log) => (_config, _log) = (config, log);

    internal static ServerDraft Read(string file, ImportLog log) => new ProsodyImport(LuaReader.ReadFile(file, log), log).Import();

    private ServerDraft Import()
    {
        ProsodyListeners.Import(_config, _draft, _log);
        var modules = new ProsodyModules(_config);
        foreach (var host in _config.Hosts)
        {
            Mark(host, "modules_enabled", "modules_disabled", "allow_registration", "enabled", "defined");
            if (host.Options["enabled"] is SourceValue.Flag { Value: false } off)
            {
                _log.Warn(off.Place, $"the host {host.Name} is switched off, not imported");
                continue;
            }

            var draft = new HostDraft(host.Name, host.Place);
            draft.Enable("Disco", "clients find everything through it");
            modules.Enable(draft, host);
            _draft.Hosts.Add(draft);
        }

        if (_draft.Hosts.Count == 0) throw new SourceException(_config.Global.Place, "there is no VirtualHost in it");
        Mark(_config.Global, "modules_enabled", "modules_disabled", "allow_registration");
        new ProsodyServices(_config, modules, _draft, _log).Import();
        modules.Table.Report(_log);
        ProsodyLeftovers.Report(_config, _log);
        return _draft;
    }

    private void Mark(LuaSection section, params string[] names)
    {
        foreach (var name in names)
            if (section.Options[name] is { } value)
                _log.MarkUsed(value);
    }
}
