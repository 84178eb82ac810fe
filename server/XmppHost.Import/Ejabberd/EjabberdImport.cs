using XmppHost.Import.Drafts;
using XmppHost.Import.Sources;

namespace XmppHost.Import.Ejabberd;

/// <summary>ejabberd's config as ours.</summary>
internal sealed class EjabberdImport(EjabberdConfig config, ImportLog log)
{
    private static readonly string[] Used = ["hosts", "modules", "host_config", "append_host_config", "listen", "certfiles", "acl", "access_rules", "shaper", "shaper_rules"];
    private static readonly string[] UsedOfHost = ["modules", "acl", "access_rules", "shaper", "shaper_rules"];

    private readonly PluginTable _modules = new(
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["mod_disco"] = "Disco",
            ["mod_caps"] = "Disco",
            ["mod_roster"] = "Roster",
            ["mod_offline"] = "Messaging",
            ["mod_mam"] = "Archive",
            ["mod_carboncopy"] = "Carbons",
            ["mod_blocking"] = "Blocking",
            ["mod_private"] = "PrivateStorage",
            ["mod_vcard"] = "Profiles",
            ["mod_last"] = "ServerInfo",
            ["mod_ping"] = "ServerInfo",
            ["mod_time"] = "ServerInfo",
            ["mod_version"] = "ServerInfo",
            ["mod_stream_mgmt"] = "StreamManagement",
            ["mod_register"] = "Accounts",
        },
        new HashSet<string>(StringComparer.Ordinal) { "mod_fail2ban", "mod_admin_extra", "mod_s2s_dialback", "mod_http_api", "mod_http_fileserver" });

    internal static ServerDraft Read(string file, ImportLog log) => new EjabberdImport(EjabberdConfig.Read(file, log), log).Import();

    private ServerDraft Import()
    {
        var draft = new ServerDraft();
        EjabberdListeners.Import(config, draft, log);
        foreach (var name in config.Hosts())
        {
            var host = new HostDraft(name.Value, name.Place);
            host.Enable("Disco", "clients find everything through it");
            Host(host);
            draft.Hosts.Add(host);
        }

        if (draft.Hosts.Count == 0) throw new SourceException(new Place(config.File, 0), "there is no host in it: 'hosts' is missing or empty");
        _modules.Report(log);
        Leftovers();
        return draft;
    }

    private void Host(HostDraft host)
    {
        var modules = EjabberdConfig.AsMap(config.Of(host.Name, "modules"));
        foreach (var (module, value) in modules.All.Where(m => !EjabberdUploads.IsOne(m.Key))) _modules.Enable(host, module, value.Place);
        if (host.Plugins["Accounts"] is Output.JsonObject accounts)
        {
            accounts.Set("registration", "off", "\"open\", or \"loopback\" for this machine alone, as mod_register had it");
            log.Warn(modules["mod_register"]!.Place, "mod_register: registration is off in the config printed here; who may register stands in its access rules, which are not imported");
        }

        new EjabberdUploads(config, log).Import(host, modules);
        if (!host.HasUpload) log.Note(host.Place, $"{host.Name} has no upload service, and gets none");
    }

    private void Leftovers()
    {
        var others = config.Options.Names.Except(Used).ToList();
        foreach (var section in (string[])["host_config", "append_host_config"])
            foreach (var (host, options) in EjabberdConfig.AsMap(config.Options[section]).All)
            {
                if (!config.Hosts().Any(h => h.Value == host)) log.Warn(options.Place, $"{section}: '{host}' is not among the hosts; not imported");
                others.AddRange(EjabberdConfig.AsMap(options).Names.Except(UsedOfHost).Select(n => $"{n} (of {host})"));
            }

        if (others.Count > 0) log.Note(new Place(config.File, 0), $"not about uploads or hosts, not imported: {string.Join(", ", others.Distinct())}");
    }
}
