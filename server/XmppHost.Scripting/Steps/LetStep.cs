using XmppHost.Scripting.Matching;
using XmppHost.Scripting.Running;

namespace XmppHost.Scripting.Steps;

/// <summary><c>let room = lobby-${run}@rooms.${host}</c>.</summary>
internal sealed record LetStep(int Line, string Text, string Name, Template Value) : ScriptStep(Line, Text)
{
    internal override Task RunAsync(RunContext run, CancellationToken ct)
    {
        run.Variables.Set(Name, Value.Expand(run.Variables));
        return Task.CompletedTask;
    }
}
