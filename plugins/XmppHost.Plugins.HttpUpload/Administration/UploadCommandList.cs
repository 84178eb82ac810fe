using XmppHost.Administration;
using XmppHost.Plugins.HttpUpload.Administration;
using XmppHost.Plugins.HttpUpload.Check;
using XmppHost.Plugins.HttpUpload.Check.Setup;

[assembly: AdminCommands(typeof(UploadCommandList))]

namespace XmppHost.Plugins.HttpUpload.Administration;

/// <summary>What <c>xmpphost upload</c> has.</summary>
internal sealed class UploadCommandList : IAdminCommandList
{
    internal const string Group = "upload";

    public IReadOnlyDictionary<string, string> Groups { get; } = new Dictionary<string, string>
    {
        [Group] = "Uploaded files, of any backend. Works while the server runs and while it does not.",
    };

    public IReadOnlyList<AdminCommandInfo> Commands { get; } =
    [
        UrlCommand.Call,
        ListCommand.Call,
        DeleteCommand.Call,
        UsageCommand.Call,
        WhoseCommand.Call,
        CheckCommand.Call,
        SetupCommand.Call,
    ];
}
