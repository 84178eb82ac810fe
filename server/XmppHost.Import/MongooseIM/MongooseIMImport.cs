using XmppHost.Import.Drafts;
using XmppHost.Import.Sources;
using XmppHost.Import.Toml;

namespace XmppHost.Import.MongooseIM;

/// <summary>MongooseIM's config as ours.</summary>
internal sealed class MongooseIMImport(OptionMap config, string file, ImportLog log)
{
    private const string Upload = "mod_http_upload";
    private static readonly string[] Used = ["general", "listen", "modules", "host_config"];

    private readonly PluginTable _modules = new(
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["mod_disco"] = "Disco",
            ["mod_caps"] = "Disco",
            ["mod_roster"] = "Roster",
            ["mod_presence"] = "Roster",
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
            ["mod_stream_management"] = "StreamManagement",
            ["mod_register"] = "Accounts",
        },
        new HashSet<string>(StringComparer.Ordinal) { Upload });

    internal static ServerDraft Read(string file, ImportLog log) => new MongooseIMImport(TomlReader.ReadFile(file).Named, file, log).Import();

    private ServerDraft Import()
    {
        var draft = new ServerDraft();
        foreach (var name in Hosts())
        {
            var host = new HostDraft(name.Value, name.Place);
            host.Enable("Disco", "clients find everything through it");
            Host(host);
            draft.Hosts.Add(host);
        }

        if (draft.Hosts.Count == 0) throw new SourceException(new Place(file, 0), "there is no host in it: general.hosts is missing or empty");
        MongooseIMListeners.Import(config.Table("listen"), draft, log);
        _modules.Report(log);
        Leftovers(draft);
        return draft;
    }

    private SourceValue.Text[] Hosts()
    {
        if (config.Table("general") is not { } general) return [];
        if (general.Named["host_types"] is SourceValue.Table { Items.Count: > 0 } types)
            log.Warn(types.Place, "general.host_types: domains made while MongooseIM runs stand in its database, not in its config; add them to 'hosts' by hand");
        var hosts = general.Named["hosts"] is SourceValue.Table table ? table.Items.OfType<SourceValue.Text>().ToArray() : [];
        return hosts.Length == 0 && general.Named["default_server_domain"] is SourceValue.Text domain ? [domain] : hosts;
    }

    private void Host(HostDraft host)
    {
        var modules = ModulesOf(host.Name);
        foreach (var (module, value) in modules.All) _modules.Enable(host, module, value.Place);
        if (host.Plugins["Accounts"] is Output.JsonObject accounts)
        {
            accounts.Set("registration", "off", "\"open\", or \"loopback\" for this machine alone, as mod_register had it");
            log.Warn(modules["mod_register"]!.Place, "mod_register: registration is off in the config printed here; who may register stands in its access and ip_access, which are not imported");
        }

        if (modules.Table(Upload) is { } upload) host.Give(HttpUpload.Read(upload, log));
        else log.Note(host.Place, $"{host.Name} has no upload service, and gets none");
    }

    // A host's own modules take the place of all global ones.
    private OptionMap ModulesOf(string host)
    {
        var global = config.Table("modules")?.Named ?? new OptionMap();
        if (SectionsOf(host).Select(s => s.Named.Table("modules")).FirstOrDefault(m => m is not null) is not { } own) return global;
        log.Note(own.Place, $"host_config.modules: {host} has only the modules named here, as in MongooseIM, and none of the global ones");
        return own.Named;
    }

    private IEnumerable<SourceValue.Table> Sections() => config.Table("host_config")?.Items.OfType<SourceValue.Table>() ?? [];

    private IEnumerable<SourceValue.Table> SectionsOf(string host) => Sections().Where(s => s.Named["host"] is SourceValue.Text { Value: var name } && name.Equals(host, StringComparison.OrdinalIgnoreCase));

    private void Leftovers(ServerDraft draft)
    {
        foreach (var section in Sections().Where(s => s.Named["host"] is not SourceValue.Text { Value: var name } || !draft.Hosts.Exists(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase))))
            log.Warn(section.Place, $"host_config: {(section.Named["host_type"] is SourceValue.Text type ? $"of the host type '{type.Value}'" : "of a domain that is not in general.hosts")}; not imported");
        var others = config.Names.Except(Used)
            .Concat(config.Table("general")?.Named.Names.Except(["hosts", "host_types", "default_server_domain"]).Select(n => $"general.{n}") ?? [])
            .Concat(Sections().SelectMany(s => s.Named.Names.Except(["host", "host_type", "modules"]).Select(n => $"host_config.{n}")))
            .Distinct().ToArray();
        if (others.Length > 0) log.Note(new Place(file, 0), $"not about uploads or hosts, not imported: {string.Join(", ", others)}");
    }
}
