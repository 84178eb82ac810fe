using System.Text.RegularExpressions;
using XmppHost.Scripting.Matching;
using XmppHost.Scripting.Steps;

namespace XmppHost.Scripting.Format;

/// <summary>The language of steps: one row per form. The first row that fits the line reads it.</summary>
internal static class StepSyntax
{
    public const string Summary = "NAME connects [up to STAGE], fails to connect [with CONDITION], disconnects, drops, reconnects, resumes, starts TLS, sends:, sends raw:, " +
        "receives [exactly] [in any order] [within TIME]:, eventually receives:, receives nothing [within TIME], receives stream error CONDITION, receives stream close, sees features:, " +
        "PUTs/GETs/HEADs/POSTs/DELETEs/OPTIONS URL [with BODY] [expects STATUS [body BODY]]; wait TIME; let NAME = VALUE";

    private const string Who = @"^(?<client>[A-Za-z][\w-]*) ";
    private const string Within = @"(?: within (?<within>\S+))?";
    private const string Body = @"(?:\d+ bytes(?: ""(?:[^""\\]|\\.)*"")?|""(?:[^""\\]|\\.)*"")";

    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(300);

    public static IReadOnlyList<(Regex Syntax, Func<StepText, ScriptStep> Create)> All { get; } =
    [
        Row(Who + "(?:connects|reconnects)(?: up to (?<stage>.+))?$", s =>
        {
            LoginStage? stage = s["stage"] is { } name ? ClientSettings.Stage(name) : null;
            return new ClientStep(s.Line, s.Text, s.Client, (client, ct) => client.ConnectAsync(stage, ct));
        }),
        Row(Who + @"fails to connect(?: with (?<condition>[a-z-]+))?$", s => new FailToConnectStep(s.Line, s.Text, s.Client, s["condition"])),
        Row(Who + "disconnects$", s => new ClientStep(s.Line, s.Text, s.Client, (client, ct) => client.Connected.CloseAsync(ct))),
        Row(Who + "drops$", s => new ClientStep(s.Line, s.Text, s.Client, (client, _) => client.Connected.DropAsync())),
        Row(Who + "resumes$", s => new ClientStep(s.Line, s.Text, s.Client, (client, ct) => client.Known.ResumeAsync(ct))),
        Row(Who + "starts TLS$", s => new ClientStep(s.Line, s.Text, s.Client, (client, ct) => client.Connected.StartTlsAsync(ct))),
        Row(Who + "sends:$", s => new SendStep(s.Line, s.Text, s.Client, s.Stanzas())),
        Row(Who + "sends raw: ?(?<raw>.*)$", s => new SendRawStep(s.Line, s.Text, s.Client, s.RawText())),
        Row(Who + "sees features:$", s => new FeaturesStep(s.Line, s.Text, s.Client, One(s))),
        Row(Who + "receives nothing" + Within + "$", s => new ReceiveNothingStep(s.Line, s.Text, s.Client, s.Within ?? Quiet)),
        Row(Who + "receives stream error (?<condition>[a-z-]+)" + Within + "$", s => new ReceiveStreamErrorStep(s.Line, s.Text, s.Client, s["condition"]!, s.Within)),
        Row(Who + "receives stream close" + Within + "$", s => new ReceiveCloseStep(s.Line, s.Text, s.Client, s.Within)),
        Row(Who + "(?<eventually>eventually )?receives(?<exactly> exactly)?(?<any> in any order)?" + Within + ":$", s =>
            new ReceiveStep(s.Line, s.Text, s.Client, new ReceiveMode(s["exactly"] is not null, s["any"] is not null, s["eventually"] is not null, s.Within), s.Expected())),
        Row("^wait (?<time>.+)$", s => new WaitStep(s.Line, s.Text, Duration.Parse(s["time"]!))),
        Row(@"^let (?<name>\S+) = (?<value>.*)$", s => new LetStep(s.Line, s.Text, FreeName(s["name"]!), Template.ParseValue(s["value"]!))),
        Row(Who + @"(?<method>PUT|GET|HEAD|POST|DELETE|OPTIONS|PATCH)s? (?<url>\S+)(?: with (?<sent>" + Body + @"))?(?: expects (?<status>[1-5][\dx]{2}(?:\|[1-5][\dx]{2})*)(?: body (?<received>" + Body + "))?)?:?$", HttpSyntax.Read),
    ];

    private static (Regex, Func<StepText, ScriptStep>) Row(string syntax, Func<StepText, ScriptStep> create) =>
        (new Regex(syntax, RegexOptions.CultureInvariant), create);

    private static ExpectedElement One(StepText step)
    {
        var all = step.Expected();
        return all.Count == 1 ? all[0] : throw new ScriptFormatException("one <stream:features/> is expected in the block");
    }

    private static string FreeName(string name) =>
        PlaceholderParser.IsFreeName(name) ? name : throw new ScriptFormatException($"'{name}' cannot be the name of a variable");
}
