using System.Text.Json;
using System.Text.Json.Nodes;
using XmppHost.Administration;
using XmppHost.Plugins.HttpUpload.Administration;

namespace XmppHost.Plugins.HttpUpload.Check;

/// <summary><c>upload check</c>: an upload's whole way, tried on the real store.</summary>
internal sealed class CheckCommand(UploadChecks checks) : IAdminCommand
{
    internal static AdminCommandInfo Call { get; } = new(
        UploadCommandList.Group,
        "check",
        "Uploads a small file, downloads it as anybody would, tries what must be refused, deletes it, and explains what is wrong.",
        [],
        "xmpphost upload check example.org");

    public AdminCommandInfo Info => Call;

    public async ValueTask<AdminReply> RunAsync(AdminArguments arguments, CancellationToken ct)
    {
        var steps = await checks.Create().RunAsync(ct).ConfigureAwait(false);
        var failed = steps.Where(s => s.Result == CheckResult.Failed).Select(s => s.Name).ToArray();
        var json = new JsonObject
        {
            ["backend"] = checks.Subject,
            ["steps"] = new JsonArray([.. steps.Select(s => new JsonObject { ["name"] = s.Name, ["result"] = JsonNamingPolicy.CamelCase.ConvertName(s.Result.ToString()), ["text"] = s.Text })]),
        };
        string[] lines = [checks.Subject, .. steps.Select(s => s.ToString())];
        return failed.Length == 0 ? AdminReply.Done(json, lines) : new AdminReply($"failed: {string.Join(", ", failed)}", lines, json) { ErrorCode = "checkFailed" };
    }
}
