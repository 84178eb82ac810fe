using XmppHost.Import.Output;

namespace XmppHost.Import.Drafts;

/// <summary>The config to be.</summary>
internal sealed class ServerDraft
{
    internal JsonObject Tls { get; } = new();

    internal EndpointDraft Endpoints { get; } = new();

    internal List<HostDraft> Hosts { get; } = [];

    internal JsonObject ToJson()
    {
        foreach (var host in Hosts)
            host.Upload?.Arrange("backend", "host", "name", "maxFileSize", "slotTtl", "tokenBytes", "allowedTypes", "access", "rules", "bytesPerDay", "bytesPerUser", "retention");
        var root = new JsonObject();
        if (Tls.Members.Count > 0) root.Set("tls", Tls);
        if (Endpoints.ToJson() is { Members.Count: > 0 } endpoints) root.Set("endpoints", endpoints);
        var shared = Shared();
        if (shared.Members.Count > 0) root.Object("defaults").Set("plugins", shared);
        var hosts = root.Object("hosts");
        foreach (var host in Hosts) hosts.Set(host.Name, ToJson(host, shared), Origin.Of(host.Place, host.Name));
        return root;
    }

    // What is the same in every one of several hosts is written once.
    private JsonObject Shared()
    {
        var shared = new JsonObject();
        if (Hosts.Count < 2) return shared;
        foreach (var member in Hosts[0].Plugins.Members)
            if (Hosts.TrueForAll(h => h.Plugins[member.Name] is { } other && Same(other, member.Value)))
                shared.Set(member.Name, member.Value, member.Comment);
        return shared;
    }

    private static JsonObject ToJson(HostDraft host, JsonObject shared)
    {
        var own = new JsonObject();
        foreach (var member in host.Own.Members) own.Set(member.Name, member.Value, member.Comment);
        var plugins = new JsonObject();
        foreach (var member in host.Plugins.Members.Where(m => shared[m.Name] is null)) plugins.Set(member.Name, member.Value, member.Comment);
        if (plugins.Members.Count > 0) own.Set("plugins", plugins);
        return own;
    }

    private static bool Same(JsonPart one, JsonPart other) => Text(one) == Text(other);

    private static string Text(JsonPart part)
    {
        var root = new JsonObject();
        root.Set("x", part);
        return JsonWriter.Write(root, [], new InlineSecrets());
    }
}
