namespace XmppHost.Scripting.Running;

/// <summary>One line of the section <c>[Variables]</c>.</summary>
internal sealed record DeclareStep(string Name, string Value) : ScriptStep(1, $"[Variables] {Name}: {Value}")
{
    internal override Task RunAsync(RunContext run, CancellationToken ct)
    {
        run.Declare(Name, Value);
        return Task.CompletedTask;
    }
}
