using XmppHost.Administration;
using XmppHost.Storage;

namespace XmppHost.Plugins.HttpUpload.Administration;

/// <summary><c>upload whose</c>: the uploader of a URL, for whoever got a complaint about it.</summary>
internal sealed class WhoseCommand(Uploads uploads) : IAdminCommand
{
    internal static AdminCommandInfo Call { get; } = new(
        UploadCommandList.Group,
        "whose",
        "Says who uploaded the file of a URL, and all that is known of it.",
        [new AdminParameter("url", "The URL of a download, or a key.") { Check = Checks.UrlOrKey }],
        "xmpphost upload whose example.org https://example.org:5281/upload/example.org/4c1f.../photo.jpg",
        "xmpphost upload whose example.org \"$URL\" --json | jq -r .user");

    public AdminCommandInfo Info => Call;

    public async ValueTask<AdminReply> RunAsync(AdminArguments arguments, CancellationToken ct)
    {
        if (await uploads.FindAsync(arguments["url"]!, ct).ConfigureAwait(false) is not { } entry)
            return AdminReply.Refused($"no upload of {uploads.Host.Name} has this URL, or it was deleted more than a day ago", "notFound");
        var url = uploads.UrlOf(entry);
        return AdminReply.Done(EntryText.Json(entry, url), [.. EntryText.Table([.. Facts(entry, url)])]);
    }

    private static IEnumerable<string[]> Facts(UploadEntry entry, string? url)
    {
        yield return ["uploader", entry.Uploader?.ToString() ?? "unknown"];
        yield return ["name", entry.Name];
        yield return ["size", EntryText.Size(entry.Size)];
        if (entry.ContentType is not null) yield return ["type", entry.ContentType];
        yield return ["purpose", entry.Purpose];
        yield return ["state", EntryText.State(entry.State)];
        yield return ["slot given", EntryText.Time(entry.Issued)];
        yield return ["expires", entry.Expires is { } expires ? EntryText.Time(expires) : "never"];
        yield return ["backend", entry.Backend];
        yield return ["key", entry.Key];
        if (url is not null) yield return ["url", url];
    }
}
