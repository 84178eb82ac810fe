using System.Text.Json.Nodes;
using XmppHost.Addressing;
using XmppHost.Administration;
using XmppHost.Plugins.HttpUpload.Policy;
using XmppHost.Storage;

namespace XmppHost.Plugins.HttpUpload.Administration;

/// <summary><c>upload list</c>: what the ledger has.</summary>
internal sealed class ListCommand(Uploads uploads) : IAdminCommand
{
    private const int DefaultLimit = 100;

    internal static AdminCommandInfo Call { get; } = new(
        UploadCommandList.Group,
        "list",
        "Lists files, the newest first: when the slot was given, size, state, purpose, uploader, URL.",
        [
            AdminParameter.Option("user", "JID", "Only files of this uploader.") with { Check = Checks.Account },
            AdminParameter.Option("purpose", "PURPOSE", "Only files for this purpose.") with { Choices = [Purpose.Message, Purpose.Profile, Purpose.Ephemeral, Purpose.Permanent] },
            AdminParameter.Option("state", "STATE", "Only files in this state; by default all that are not deleted.") with { Choices = [.. Enum.GetValues<UploadState>().Select(EntryText.State)] },
            AdminParameter.Option("limit", "N", "At most so many; 100 by default.") with { Check = Checks.Count },
        ],
        "xmpphost upload list example.org",
        "xmpphost upload list example.org --user alice@example.org --purpose profile",
        "xmpphost upload list example.org --state quarantined --json | jq -r '.files[].user'");

    public AdminCommandInfo Info => Call;

    public async ValueTask<AdminReply> RunAsync(AdminArguments arguments, CancellationToken ct)
    {
        var query = uploads.Query(arguments["user"] is { } user ? Jid.Parse(user) : null) with
        {
            States = arguments["state"] is { } state ? [Enum.Parse<UploadState>(state, ignoreCase: true)] : [],
        };
        var (entries, count) = await uploads.NewestAsync(query, arguments["purpose"], Checks.Number(arguments["limit"]) ?? DefaultLimit, ct).ConfigureAwait(false);
        var json = new JsonObject { ["count"] = count, ["files"] = new JsonArray([.. entries.Select(e => EntryText.Json(e, uploads.UrlOf(e)))]) };
        return AdminReply.Done(json, [.. EntryText.Table([.. entries.Select(Row)], rightAligned: 1), .. Rest(entries.Count, count)]);
    }

    private string[] Row(UploadEntry entry) =>
        [EntryText.Time(entry.Issued), EntryText.Size(entry.Size), EntryText.State(entry.State), entry.Purpose, entry.Uploader?.ToString() ?? "-", uploads.UrlOf(entry) ?? entry.Key];

    private static string[] Rest(int shown, int count) => shown == count ? [] : [$"... and {EntryText.Files(count - shown)} more: --limit shows them."];
}
