using XmppHost.Scripting.Running;

namespace XmppHost.Scripting.Steps;

/// <summary><c>wait 200ms</c>.</summary>
internal sealed record WaitStep(int Line, string Text, TimeSpan Time) : ScriptStep(Line, Text)
{
    internal override Task RunAsync(RunContext run, CancellationToken ct) => Task.Delay(Time, run.Time, ct);
}
