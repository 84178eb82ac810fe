using XmppHost.Commands;
using XmppHost.Handlers;
using XmppHost.Stanzas;

namespace XmppHost.Plugins.Tests.Commands;

/// <summary>Two forms, then the end: name and language first, then a confirmation. Only for people whose name does not begin with "guest".</summary>
internal sealed class BotCommand : IAdHocCommand
{
    public string Node => "create-bot";

    public string Title => "Create a bot";

    public string? Service => null;

    /// <summary>What the next step waits for.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public List<CommandCall> Calls { get; } = [];

    public bool IsFor(IqRequest request) => !request.From.Local!.StartsWith("guest", StringComparison.Ordinal);

    public async ValueTask<CommandStep> RunAsync(CommandCall call, CancellationToken ct)
    {
        Calls.Add(call);
        await Gate.WaitAsync(ct);
        return call switch
        {
            { Form: null } => CommandStep.Ask(First(), "first") with { IsLast = false },
            { State: "first" } when call.Form.Value("name") == "taken" => CommandStep.Fail(StanzaError.Conflict("There is a bot of this name.")),
            { State: "first" } => CommandStep.Ask(Second(call.Form.Value("name")!), call.Form.Value("name")) with { Notes = [new CommandNote("Nearly there.", CommandNoteType.Warn)] },
            _ when call.Form.IsSet("sure") => CommandStep.Done($"Created {call.State}.", Result((string)call.State!)),
            _ => CommandStep.Failed("Nothing was created."),
        };
    }

    private static DataForm First() => new("form", "urn:example:bot",
    [
        DataForm.Fixed("About the bot"),
        new DataFormField("name", "text-single") { Label = "Name", Required = true, Description = "What people call it." },
        new DataFormField("languages", "list-multi", "en") { Label = "Languages", Options = [("en", "English"), ("de", "German")] },
        new DataFormField("owner", "jid-single") { Label = "Owner" },
        new DataFormField("key", "hidden", "k1"),
    ])
    {
        Title = "Create a bot",
        Instructions = "Fill this in.",
    };

    private static DataForm Second(string name) => new("form", "urn:example:bot", [new DataFormField("sure", "boolean", "0") { Label = $"Create {name}", Required = true }]);

    private static DataForm Result(string name) => new("result", "urn:example:bot", [])
    {
        Reported = [new DataFormField("name", "text-single") { Label = "Name" }, new DataFormField("jid", "jid-single") { Label = "Address" }],
        Items = [[new DataFormField("name", null, name), new DataFormField("jid", null, $"{name}@bots.example.org")]],
    };
}
