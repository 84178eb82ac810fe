using System.Globalization;
using System.Text.Json.Nodes;
using XmppHost.Administration;
using XmppHost.Plugins.HttpUpload.Ledger;
using XmppHost.Plugins.HttpUpload.Policy;
using XmppHost.Plugins.HttpUpload.Slots;

namespace XmppHost.Plugins.HttpUpload.Administration;

/// <summary><c>upload url</c>: a slot as a client would get it, for an operator and for scripts.</summary>
internal sealed class UrlCommand(AccessPolicy access, Purposes purposes, SizeLimits sizes, UploadService uploads) : IAdminCommand
{
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(7);

    internal static AdminCommandInfo Call { get; } = new(
        UploadCommandList.Group,
        "url",
        "Makes a place for a file, and prints the URL to PUT it to and the URL to GET it from.",
        [
            new AdminParameter("filename", "The file's name, as it is to stand in the URL.") { Check = Checks.NotEmpty },
            new AdminParameter("size", "Its size in bytes, exactly.") { Check = Checks.Size },
            AdminParameter.Option("contentType", "TYPE", "Its content type; the PUT must then have this one."),
            AdminParameter.Option("timeout", "SECONDS", "How long the PUT URL is to be good, up to 7 days; slotTtl of the config by default.") with { Check = Checks.Seconds },
        ],
        "xmpphost upload url example.org photo.jpg 123456 --content-type image/jpeg",
        "curl -T photo.jpg \"$(xmpphost upload url example.org photo.jpg $(stat -c %s photo.jpg) --json | jq -r .put.url)\"");

    public AdminCommandInfo Info => Call;

    public async ValueTask<AdminReply> RunAsync(AdminArguments arguments, CancellationToken ct)
    {
        var (name, size) = (arguments["filename"]!, Checks.SizeOf(arguments["size"]!));
        var timeout = arguments["timeout"] is { } seconds ? TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture)) : (TimeSpan?)null;
        if (FileName.Check(name) is var problem and not NameProblem.None) return AdminReply.Refused(Languages.English.Of(problem), "badFileName");
        var limit = sizes.Of(access.General, purposes.Message);
        if (size > limit.Bytes) return AdminReply.Refused($"the file is larger than this host allows: the limit is {Languages.English.Size(limit.Shown)}", "fileTooLarge");
        if (timeout > LongestTimeout) return AdminReply.Refused("the timeout is longer than 7 days", "badTimeout");

        var slot = await uploads.IssueAsync(new SlotOrder(FileName.Shorten(name), size, arguments["contentType"], purposes.Message) { Lifetime = timeout }, ct).ConfigureAwait(false);
        return AdminReply.Done(Json(slot), [$"PUT {slot.PutUrl}", .. slot.PutHeaders.Select(h => $"    {h.Name}: {h.Value}"), $"GET {slot.GetUrl}"]);
    }

    private static JsonObject Json(UploadSlot slot) => new()
    {
        ["put"] = new JsonObject
        {
            ["url"] = slot.PutUrl,
            ["headers"] = new JsonArray([.. slot.PutHeaders.Select(h => new JsonObject { ["name"] = h.Name, ["value"] = h.Value })]),
        },
        ["get"] = new JsonObject { ["url"] = slot.GetUrl },
        ["key"] = slot.Key,
    };
}
