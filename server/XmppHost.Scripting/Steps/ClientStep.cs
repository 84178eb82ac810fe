using XmppHost.Scripting.Running;

namespace XmppHost.Scripting.Steps;

/// <summary>A step that is one call on a client: connects, disconnects, drops, resumes.</summary>
internal sealed record ClientStep(int Line, string Text, string Client, Func<ClientActor, CancellationToken, Task> Action) : ScriptStep(Line, Text)
{
    internal override Task RunAsync(RunContext run, CancellationToken ct) => Action(run.Client(Client), ct);
}
