using System.Text.Json.Nodes;
using XmppHost.Addressing;
using XmppHost.Administration;
using XmppHost.Plugins.HttpUpload.Ledger;
using XmppHost.Plugins.HttpUpload.Policy;
using XmppHost.Plugins.HttpUpload.Slots;
using XmppHost.Stanzas;

namespace XmppHost.Plugins.HttpUpload.Administration;

/// <summary><c>upload url</c>: a slot as a client would get it, for an operator and for scripts.</summary>
internal sealed class UrlCommand(AccessPolicy access, Purposes purposes, SizeLimits sizes, UploadService service, Uploads uploads, TimeProvider time) : IAdminCommand
{
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(7);

    internal static AdminCommandInfo Call { get; } = new(
        UploadCommandList.Group,
        "url",
        "Makes a place for a file, and prints the URL to PUT it to and the URL to GET it from.",
        [
            new AdminParameter("filename", "The file's name, as it is to stand in the URL.") { Check = Checks.FileName },
            new AdminParameter("size", "Its size in bytes, exactly.") { Check = Checks.Size },
            AdminParameter.Option("contentType", "TYPE", "Its content type; the PUT must then have this one."),
            AdminParameter.Option("timeout", "SECONDS", "How long the PUT URL is to be good, up to 7 days; slotTtl of the config by default.") with { Check = Checks.Seconds },
            AdminParameter.Option("user", "JID", "Whose file it is; nobody's by default. It counts in this user's quotas, and goes with the account.") with { Check = Checks.Account },
            AdminParameter.Option("purpose", "PURPOSE", "What it is for; message by default.") with { Choices = [Purpose.Message, Purpose.Profile, Purpose.Ephemeral, Purpose.Permanent] },
            AdminParameter.Option("expires", "TIME", "When the file is to be gone, as 2030-01-31T18:00:00Z; the purpose ephemeral needs it.") with { Check = Checks.Time },
        ],
        "xmpphost upload url example.org photo.jpg 123456 --content-type image/jpeg",
        "curl -T photo.jpg \"$(xmpphost upload url example.org photo.jpg $(stat -c %s photo.jpg) --json | jq -r .put.url)\"")
    {
        Check = given => given["purpose"] == Purpose.Ephemeral && !given.Has("expires") ? "The purpose ephemeral needs --expires." : null,
    };

    public AdminCommandInfo Info => Call;

    public async ValueTask<AdminReply> RunAsync(AdminArguments arguments, CancellationToken ct)
    {
        var (name, size) = (arguments["filename"]!, Checks.SizeOf(arguments["size"]!));
        if (FileName.Check(name) is var problem and not NameProblem.None) return AdminReply.Refused(Line(Languages.English.Of(problem)), "badFileName");
        if (arguments["contentType"] is { } type && !ContentTypes.IsOne(type)) return AdminReply.Refused(Line(Languages.English.TypeMalformed), "badContentType");
        if (purposes.Find(arguments["purpose"] ?? Purpose.Message) is not { } purpose)
            return AdminReply.Refused($"this host does not take files for the purpose {arguments["purpose"]}; it takes {string.Join(", ", purposes.All.Select(p => p.Name))}", "purposeNotServed");
        var limit = sizes.Of(access.General, purpose);
        if (size > limit.Bytes) return AdminReply.Refused($"the file is larger than this host allows: the limit is {EntryText.Size(limit.Shown)}", "fileTooLarge");
        var timeout = Checks.Number(arguments["timeout"]) is { } seconds ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null;
        if (timeout > LongestTimeout) return AdminReply.Refused("the timeout is longer than 7 days", "badTimeout");
        var expires = XmppDateTime.TryParse(arguments["expires"]);
        if (expires <= time.GetUtcNow()) return AdminReply.Refused("the time at which the file is to be gone has passed already", "badExpiry");

        var order = new SlotOrder(FileName.Shorten(name), size, arguments["contentType"], purpose, expires)
        {
            Lifetime = timeout,
            Uploader = arguments["user"] is { } user ? Jid.Parse(user) : null,
        };
        var slot = await service.IssueAsync(order, ct).ConfigureAwait(false);

        // The embedded store's URL says nothing of it: there the ledger does.
        return Reply(slot with { Ends = slot.Ends ?? (await uploads.FindAsync(slot.Key, ct).ConfigureAwait(false))?.SlotEnds });
    }

    private static AdminReply Reply(UploadSlot slot) => AdminReply.Done(
        Json(slot),
        [
            $"PUT {slot.PutUrl}",
            .. slot.PutHeaders.Select(h => $"    {h.Name}: {h.Value}"),
            $"GET {slot.GetUrl}",
            .. slot.Ends is { } ends ? [$"The PUT URL is good until {EntryText.Time(ends)}."] : Array.Empty<string>(),
        ]);

    private static string Line(string sentence) => char.ToLowerInvariant(sentence[0]) + sentence[1..].TrimEnd('.');

    private static JsonObject Json(UploadSlot slot) => new()
    {
        ["put"] = new JsonObject
        {
            ["url"] = slot.PutUrl,
            ["headers"] = new JsonArray([.. slot.PutHeaders.Select(h => new JsonObject { ["name"] = h.Name, ["value"] = h.Value })]),
        },
        ["get"] = new JsonObject { ["url"] = slot.GetUrl },
        ["key"] = slot.Key,
        ["ends"] = EntryText.Json(slot.Ends),
    };
}
