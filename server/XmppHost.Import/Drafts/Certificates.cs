using XmppHost.Import.Sources;

namespace XmppHost.Import.Drafts;

/// <summary>Certificate files by name, which our server wants as a folder with one per host.</summary>
internal static class Certificates
{
    internal static void Import(ServerDraft draft, IReadOnlyList<SourceValue.Text> files, IEnumerable<string> hosts, ImportLog log)
    {
        if (files.Count == 0) return;
        var names = hosts.Append("*").ToHashSet(StringComparer.OrdinalIgnoreCase);
        var folders = files.Select(f => FolderOf(f.Value, names)).Distinct().ToArray();
        if (folders is [{ } folder]) draft.Tls.Set("certificates", folder, Origin.Of(files[0].Place, "the folder of the certificates"));
        else log.Warn(files[0].Place, "certificates: put each host's into the folder of tls.certificates, as HOST.pem and HOST.key, or HOST/fullchain.pem and HOST/privkey.pem; until then self-signed ones are made");
    }

    // DIR/HOST/fullchain.pem, DIR/HOST.pem: what our server looks for in DIR.
    private static string? FolderOf(string file, HashSet<string> hosts)
    {
        var (name, folder) = (Path.GetFileName(file), Path.GetDirectoryName(file) ?? "");
        if (name is "fullchain.pem" or "privkey.pem" or "*.pem" && hosts.Contains(Path.GetFileName(folder))) return Path.GetDirectoryName(folder);
        return name is "*.pem" || (Path.GetExtension(name) is ".pem" or ".crt" or ".key" && hosts.Contains(Path.GetFileNameWithoutExtension(name))) ? folder : null;
    }
}
