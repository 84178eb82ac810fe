using XmppHost.Import.Drafts;
using XmppHost.Import.Sources;

namespace XmppHost.Import.MongooseIM;

/// <summary>Ports and certificates.</summary>
internal static class MongooseIMListeners
{
    internal static void Import(SourceValue.Table? listen, ServerDraft draft, ImportLog log)
    {
        if (listen is null) return;
        var files = new List<SourceValue.Text>();
        var others = new List<string>();
        foreach (var (kind, value) in listen.Named.All)
            foreach (var listener in (value as SourceValue.Table)?.Items.OfType<SourceValue.Table>() ?? [])
            {
                var (tls, port) = (listener.Named.Table("tls"), listener.Named["port"] as SourceValue.Number);
                var endpoint = (kind, Mode(tls)) switch
                {
                    ("c2s", "tls") => "c2sDirectTls",
                    ("c2s", _) => "c2s",
                    ("http", null) => "http",
                    ("http", _) => "https",
                    _ => null,
                };
                if (endpoint is null || port is null) others.Add($"{kind} on {port?.Value ?? 0:0}");
                else draft.Endpoints.Add(endpoint, (listener.Named["ip_address"] as SourceValue.Text)?.Value, port.Value, port.Place, $"listen.{kind}");
                if (endpoint is not null && tls?.Named["certfile"] is SourceValue.Text file) files.Add(file);
            }

        if (others.Count > 0) log.Warn(listen.Place, $"listeners without a counterpart, not imported: {string.Join(", ", others)}");
        Certificates.Import(draft, files, draft.Hosts.Select(h => h.Name), log);
    }

    private static string? Mode(SourceValue.Table? tls) => tls is null ? null : (tls.Named["mode"] as SourceValue.Text)?.Value ?? "starttls";
}
