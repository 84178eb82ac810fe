using XmppHost.Import.Drafts;
using XmppHost.Import.Lua;
using XmppHost.Import.Sources;

namespace XmppHost.Import.Prosody;

/// <summary>Ports, addresses and certificates, which Prosody has among the global options.</summary>
internal static class ProsodyListeners
{
    private static readonly (string Ports, string Interfaces, string Endpoint)[] Services =
    [
        ("c2s_ports", "c2s_interfaces", "c2s"), ("c2s_direct_tls_ports", "c2s_direct_tls_interfaces", "c2sDirectTls"), ("legacy_ssl_ports", "legacy_ssl_interfaces", "c2sDirectTls"),
        ("http_ports", "http_interfaces", "http"), ("https_ports", "https_interfaces", "https"),
    ];

    private static readonly Dictionary<string, decimal> Defaults = new(StringComparer.Ordinal) { ["c2s"] = 5222, ["http"] = 5280, ["https"] = 5281 };

    internal static void Import(LuaConfig config, ServerDraft draft, ImportLog log)
    {
        var reader = new OptionReader(config.Global.Options, "Prosody", log);
        var everywhere = reader.Texts("interfaces");
        foreach (var (ports, interfaces, endpoint) in Services)
        {
            var numbers = Ports(reader, ports);
            var addresses = reader.Texts(interfaces) is { Count: > 0 } own ? own : everywhere;
            if (numbers is { Count: 0 }) draft.Endpoints.Off(endpoint, reader.Take(ports)!.Place, ports);
            if (numbers is null && addresses.Count > 0 && Defaults.TryGetValue(endpoint, out var port))
                foreach (var address in addresses) draft.Endpoints.Add(endpoint, address.Value, port, address.Place, $"{interfaces} or interfaces");
            foreach (var number in numbers ?? [])
                foreach (var address in addresses.Select(a => a.Value).DefaultIfEmpty("*"))
                    draft.Endpoints.Add(endpoint, address, number.Value, number.Place, ports);
        }

        Certificates(config, reader, draft);
    }

    private static List<SourceValue.Number>? Ports(OptionReader reader, string name) => reader.Take(name) switch
    {
        SourceValue.Number number => [number],
        SourceValue.Table table => [.. table.Items.OfType<SourceValue.Number>()],
        _ => null,
    };

    // The same layouts of such a folder are known to both servers.
    private static void Certificates(LuaConfig config, OptionReader reader, ServerDraft draft)
    {
        if (reader.Text("certificates") is { } folder)
        {
            var path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(folder.Place.File) ?? "", folder.Value));
            draft.Tls.Set("certificates", path, Origin.Of(folder.Place, "certificates"));
        }

        foreach (var section in config.Hosts.Prepend(config.Global))
            foreach (var name in (string[])["ssl", "certificate", "https_ssl", "https_certificate", "c2s_ssl", "key"])
                if (section.Options[name] is { } value && !reader.Log.IsUsed(value))
                {
                    reader.Log.MarkUsed(value);
                    var host = section.Name.Length == 0 ? "HOST" : section.Name;
                    reader.Log.Warn(value.Place, $"{name}: put the certificate into the folder of tls.certificates as {host}.pem and {host}.key, or {host}/fullchain.pem and {host}/privkey.pem");
                }
    }
}
