using XmppHost.Import.Drafts;
using XmppHost.Import.Lua;
using XmppHost.Import.Sources;

namespace XmppHost.Import.Prosody;

/// <summary>Finds the upload service of each host: a component below it or named in its disco_items, or a module of its own.</summary>
internal sealed class ProsodyServices(LuaConfig config, ProsodyModules modules, ServerDraft draft, ImportLog log)
{
    internal void Import()
    {
        var components = config.Components.Where(c => ProsodyUploads.Modules.Contains(c.Component)).ToArray();
        foreach (var component in components) Component(component);
        foreach (var host in config.Hosts.Where(h => draft.Hosts.Exists(d => d.Name == h.Name))) OwnModule(host);
        foreach (var host in draft.Hosts.Where(h => !h.HasUpload)) log.Note(host.Place, $"{host.Name} has no upload service, and gets none");
    }

    private void Component(LuaSection component)
    {
        var hosts = HostsOf(component);
        if (hosts.Count == 0)
        {
            log.Warn(component.Place, $"no host is above {component.Name} or names it in disco_items: its options are not imported");
            foreach (var (_, value) in component.Options.All) log.MarkUsed(value);
            return;
        }

        var module = component.Component!;
        for (var i = 0; i < hosts.Count; i++)
        {
            var upload = ProsodyUploads.Read(module, Effective(component), component.Place, isComponent: true, log);
            ProsodyComponentOptions.Import(component, config, upload, log);
            if (i == 0 && component.Name != $"upload.{hosts[i].Name}") upload.Section.Set("host", component.Name, Origin.Of(component.Place, "Component"));
            if (i > 0) log.Warn(component.Place, $"{component.Name} served several hosts; here each has a service of its own: {hosts[i].Name} gets upload.{hosts[i].Name}");
            Give(hosts[i], upload);
        }
    }

    private List<HostDraft> HostsOf(LuaSection component)
    {
        var parent = (component.Options["parent_host"] as SourceValue.Text)?.Value;
        var above = draft.Hosts.Where(h => h.Name == parent || component.Name.EndsWith("." + h.Name, StringComparison.OrdinalIgnoreCase)).OrderByDescending(h => h.Name == parent).ThenByDescending(h => h.Name.Length).Take(1);
        var naming = config.Hosts.Append(config.Global).Where(s => Items(s).Contains(component.Name)).SelectMany(s => s.Name.Length == 0 ? draft.Hosts : draft.Hosts.Where(h => h.Name == s.Name));
        var hosts = above.Concat(naming).Distinct().ToList();
        // A server with one host has one upload service, wherever its name is.
        return hosts.Count == 0 && draft.Hosts.Count == 1 ? [draft.Hosts[0]] : hosts;
    }

    // { { "upload.example.org", "a title" } }
    private IEnumerable<string> Items(LuaSection section)
    {
        if (section.Options.Table("disco_items") is not { } items) return [];
        log.MarkUsed(items);
        return items.Items.OfType<SourceValue.Table>().Select(i => i.Items is [SourceValue.Text name, ..] ? name.Value : "");
    }

    private void OwnModule(LuaSection host)
    {
        var target = draft.Hosts.Find(h => h.Name == host.Name)!;
        foreach (var (module, place) in modules.Of(host).Where(m => ProsodyUploads.Modules.Contains(m.Module)))
        {
            var upload = ProsodyUploads.Read(module, Effective(host), place, isComponent: false, log);
            log.Note(place, $"{module}: the service was each host itself; here it is upload.HOST, which clients find by themselves");
            Give(target, upload);
        }
    }

    private void Give(HostDraft host, UploadDraft upload)
    {
        if (host.HasUpload) log.Warn(upload.Place, $"{host.Name} has a second upload service, {upload.Options.Module}; only the first is imported");
        else host.Give(upload);
    }

    private OptionMap Effective(LuaSection section)
    {
        var options = new OptionMap(config.Global.Options.All.Where(o => ProsodyUploads.Modules.Any(m => o.Key.StartsWith(m + "_", StringComparison.Ordinal))));
        foreach (var (name, value) in section.Options.All) options.Set(name, value);
        return options;
    }
}
