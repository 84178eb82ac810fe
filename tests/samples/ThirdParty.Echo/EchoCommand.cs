using System.Text.Json.Nodes;
using ThirdParty.Echo;
using XmppHost.Administration;

[assembly: AdminCommands(typeof(EchoCommandList))]

namespace ThirdParty.Echo;

public sealed class EchoCommandList : IAdminCommandList
{
    public IReadOnlyDictionary<string, string> Groups { get; } = new Dictionary<string, string> { ["echo"] = "What the plugin Echo would answer." };

    public IReadOnlyList<AdminCommandInfo> Commands { get; } = [SayCommand.Call];
}

public sealed class SayCommand(EchoOptions options) : IAdminCommand
{
    public static AdminCommandInfo Call { get; } = new(
        "echo",
        "say",
        "Prints the answer to a text.",
        [
            new AdminParameter("words", "The text.", AdminParameterKind.Arguments),
            AdminParameter.Option("times", "N", "How often.") with { Check = value => int.TryParse(value, out var times) && times > 0 ? null : $"'{value}' is not a number." },
        ],
        "xmpphost echo say example.org hello there");

    public AdminCommandInfo Info => Call;

    public ValueTask<AdminReply> RunAsync(AdminArguments arguments, CancellationToken ct)
    {
        var text = string.Join(' ', arguments.All("words"));
        if (text.Length > options.MaxLength) return ValueTask.FromResult(AdminReply.Refused($"at most {options.MaxLength} characters", "tooLong"));
        var line = options.Prefix + text;
        return ValueTask.FromResult(AdminReply.Done(new JsonObject { ["answer"] = line }, [.. Enumerable.Repeat(line, int.Parse(arguments["times"] ?? "1"))]));
    }
}
