using System.Text.Json.Nodes;
using XmppHost.Addressing;
using XmppHost.Administration;
using XmppHost.Storage;

namespace XmppHost.Plugins.HttpUpload.Administration;

/// <summary><c>upload delete</c>: some files, or all of somebody.</summary>
internal sealed class DeleteCommand(Uploads uploads) : IAdminCommand
{
    internal static AdminCommandInfo Call { get; } = new(
        UploadCommandList.Group,
        "delete",
        "Deletes files for good, from where they are kept.",
        [
            AdminParameter.Option("user", "JID", "All files of this uploader, in place of URLs.") with { Check = Checks.Account },
            new AdminParameter("url", "The URL of a download, or a key as 'upload list --json' has it.", AdminParameterKind.Arguments, IsRequired: false) { Check = Checks.UrlOrKey },
        ],
        "xmpphost upload delete example.org https://example.org:5281/upload/example.org/4c1f.../photo.jpg",
        "xmpphost upload delete example.org --user mallory@example.org")
    {
        Check = given => given.Has("user") == given.Has("url") ? "Give URLs, or --user." : null,
    };

    public AdminCommandInfo Info => Call;

    public async ValueTask<AdminReply> RunAsync(AdminArguments arguments, CancellationToken ct)
    {
        if (arguments["user"] is { } user) return Reply(await uploads.DeleteAllAsync(Jid.Parse(user), ct).ConfigureAwait(false), []);
        var (entries, unknown) = (new Dictionary<string, UploadEntry>(), new List<string>());
        foreach (var urlOrKey in arguments.All("url"))
            if (await uploads.FindAsync(urlOrKey, ct).ConfigureAwait(false) is { State: not UploadState.Deleted } entry) entries.TryAdd(entry.Key, entry);
            else unknown.Add(urlOrKey);
        return Reply(await uploads.DeleteAsync([.. entries.Values], ct).ConfigureAwait(false), unknown);
    }

    private AdminReply Reply(Deletion deletion, List<string> unknown)
    {
        var json = new JsonObject
        {
            ["deleted"] = Keys(deletion.Gone.Select(e => e.Key)),
            ["bytes"] = deletion.Gone.Sum(e => e.Size),
            ["kept"] = Keys(deletion.Kept.Select(e => e.Key)),
            ["unknown"] = Keys(unknown),
        };
        string[] lines = [deletion.Sentence, .. unknown.Select(u => $"There is no file: {u}"), .. deletion.Kept.Select(e => $"Could not be deleted: {uploads.UrlOf(e) ?? e.Key}")];
        var done = AdminReply.Done(json, lines);
        if (deletion.Kept.Count > 0) return done with { Error = $"{EntryText.Files(deletion.Kept.Count)} could not be deleted: the backend cannot do that, or not now", ErrorCode = "notDeleted" };
        return unknown.Count > 0 ? done with { Error = $"{EntryText.Files(unknown.Count)} of what was named {(unknown.Count == 1 ? "is" : "are")} not there", ErrorCode = "notFound" } : done;
    }

    private static JsonArray Keys(IEnumerable<string> keys) => new([.. keys.Select(k => (JsonNode)k)]);
}
