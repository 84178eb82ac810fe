using XmppHost.Import.Drafts;
using XmppHost.Import.Lua;
using XmppHost.Import.Sources;

namespace XmppHost.Import.Prosody;

/// <summary>The modules of a host: those that Prosody always loads, those of all hosts, and the host's own.</summary>
internal sealed class ProsodyModules(LuaConfig config)
{
    private static readonly string[] AlwaysLoaded = ["presence", "offline", "message", "iq", "c2s", "s2s", "s2s_auth_certs"];

    private static readonly Dictionary<string, string> Plugins = new(StringComparer.Ordinal)
    {
        ["disco"] = "Disco",
        ["roster"] = "Roster",
        ["presence"] = "Roster",
        ["offline"] = "Messaging",
        ["message"] = "Messaging",
        ["mam"] = "Archive",
        ["carbons"] = "Carbons",
        ["blocklist"] = "Blocking",
        ["private"] = "PrivateStorage",
        ["vcard"] = "Profiles",
        ["vcard_legacy"] = "Profiles",
        ["ping"] = "ServerInfo",
        ["time"] = "ServerInfo",
        ["version"] = "ServerInfo",
        ["uptime"] = "ServerInfo",
        ["lastactivity"] = "ServerInfo",
        ["server_contact_info"] = "ServerInfo",
        ["smacks"] = "StreamManagement",
        ["register"] = "Accounts",
        ["register_ibr"] = "Accounts",
    };

    private static readonly HashSet<string> BuiltIn =
        ["iq", "c2s", "s2s", "s2s_auth_certs", "dialback", "saslauth", "tls", "posix", "limits", "http", "http_files", "admin_shell", "admin_adhoc", "admin_telnet", "legacyauth", "carbons_adhoc", .. ProsodyUploads.Modules];

    internal PluginTable Table { get; } = new(Plugins, BuiltIn);

    internal void Enable(HostDraft draft, LuaSection host)
    {
        foreach (var (module, place) in Of(host)) Table.Enable(draft, module, place);
        var section = host.Options["allow_registration"] is { } own ? own : config.Global.Options["allow_registration"];
        if (draft.Plugins["Accounts"] is Output.JsonObject accounts) accounts.Set("registration", section is SourceValue.Flag { Value: true } ? "open" : "off", section is null ? "allow_registration is not set" : Origin.Of(section.Place, "allow_registration"));
    }

    internal IEnumerable<(string Module, Place Place)> Of(LuaSection host)
    {
        var disabled = Names(host, "modules_disabled").Concat(Names(config.Global, "modules_disabled")).Select(n => n.Module).ToHashSet(StringComparer.Ordinal);
        return Names(config.Global, "modules_enabled").Concat(Names(host, "modules_enabled")).Concat(AlwaysLoaded.Select(m => (Module: m, Place: default(Place)))).Where(m => !disabled.Contains(m.Module));
    }

    private static IEnumerable<(string Module, Place Place)> Names(LuaSection section, string option) =>
        section.Options.Table(option) is { } table ? table.Items.OfType<SourceValue.Text>().Select(t => (t.Value, t.Place)) : [];
}
