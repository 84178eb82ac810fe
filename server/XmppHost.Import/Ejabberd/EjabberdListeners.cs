using System.Globalization;
using XmppHost.Import.Drafts;
using XmppHost.Import.Sources;

namespace XmppHost.Import.Ejabberd;

/// <summary>Ports and certificates.</summary>
internal static class EjabberdListeners
{
    internal static void Import(EjabberdConfig config, ServerDraft draft, ImportLog log)
    {
        var others = new List<string>();
        foreach (var listener in (config.Options["listen"] as SourceValue.Table)?.Items.OfType<SourceValue.Table>() ?? [])
        {
            var (module, port) = ((listener.Named["module"] as SourceValue.Text)?.Value, listener.Named["port"] as SourceValue.Number);
            var isTls = listener.Named["tls"] is SourceValue.Flag { Value: true };
            var endpoint = module switch
            {
                "ejabberd_c2s" => isTls ? "c2sDirectTls" : "c2s",
                "ejabberd_http" => isTls ? "https" : "http",
                _ => null,
            };
            var place = listener.Named["port"]?.Place ?? listener.Place;
            if (endpoint is null || port is null) others.Add($"{module} on {(port is null ? "another address" : port.Value.ToString(CultureInfo.InvariantCulture))}");
            else draft.Endpoints.Add(endpoint, (listener.Named["ip"] as SourceValue.Text)?.Value, port.Value, place, $"listen: {module}");
        }

        if (others.Count > 0) log.Warn(config.Options["listen"]!.Place, $"listeners without a counterpart, not imported: {string.Join(", ", others)}");
        if (config.Options["certfiles"] is { } files) Certificates.Import(draft, [.. Texts(files)], config.Hosts().Select(h => h.Value), log);
    }

    private static IEnumerable<SourceValue.Text> Texts(SourceValue value) => value is SourceValue.Table table ? table.Items.OfType<SourceValue.Text>() : value is SourceValue.Text text ? [text] : [];
}
