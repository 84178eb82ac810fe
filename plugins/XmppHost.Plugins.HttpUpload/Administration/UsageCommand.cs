using System.Text.Json.Nodes;
using XmppHost.Addressing;
using XmppHost.Administration;
using XmppHost.Storage;

namespace XmppHost.Plugins.HttpUpload.Administration;

/// <summary><c>upload usage</c>: who has how much.</summary>
internal sealed class UsageCommand(Uploads uploads) : IAdminCommand
{
    internal static AdminCommandInfo Call { get; } = new(
        UploadCommandList.Group,
        "usage",
        "Totals by uploader and purpose of the files that are stored, the largest first.",
        [AdminParameter.Option("user", "JID", "Only this uploader.") with { Check = Checks.Account }],
        "xmpphost upload usage example.org",
        "xmpphost upload usage example.org --json | jq '.users[0]'");

    public AdminCommandInfo Info => Call;

    public async ValueTask<AdminReply> RunAsync(AdminArguments arguments, CancellationToken ct)
    {
        var only = arguments["user"] is { } user ? Jid.Parse(user) : null;
        UploadTotal[] totals = [.. (await uploads.TotalsAsync(ct).ConfigureAwait(false)).Where(t => only is null || t.Uploader == only)];
        IGrouping<string, UploadTotal>[] users = [.. totals.GroupBy(t => t.Uploader?.ToString() ?? "").OrderByDescending(g => g.Sum(t => t.Bytes)).ThenBy(g => g.Key, StringComparer.Ordinal)];
        var json = new JsonObject
        {
            ["users"] = new JsonArray([.. users.Select(Json)]),
            ["files"] = totals.Sum(t => t.Files),
            ["bytes"] = totals.Sum(t => t.Bytes),
        };
        return AdminReply.Done(json, [.. EntryText.Table([.. users.Select(g => Row(g.Key.Length == 0 ? "unknown" : g.Key, g)), Row("together", totals)], 1, 2)]);
    }

    private static string[] Row(string who, IEnumerable<UploadTotal> totals)
    {
        UploadTotal[] all = [.. totals];
        var purposes = all.GroupBy(t => t.Purpose).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Key}: {EntryText.Files(g.Sum(t => t.Files))}, {EntryText.Size(g.Sum(t => t.Bytes))}");
        return [who, EntryText.Files(all.Sum(t => t.Files)), EntryText.Size(all.Sum(t => t.Bytes)), string.Join("; ", purposes)];
    }

    private static JsonObject Json(IGrouping<string, UploadTotal> user) => new()
    {
        ["user"] = user.Key.Length == 0 ? null : user.Key,
        ["files"] = user.Sum(t => t.Files),
        ["bytes"] = user.Sum(t => t.Bytes),
        ["purposes"] = new JsonObject(user.Select(t => KeyValuePair.Create(t.Purpose, (JsonNode?)new JsonObject { ["files"] = t.Files, ["bytes"] = t.Bytes }))),
    };
}
