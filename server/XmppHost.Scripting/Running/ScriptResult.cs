namespace XmppHost.Scripting;

/// <summary>How a script ended. It stops at the first step that fails.</summary>
/// <param name="Script">What ran.</param>
/// <param name="Duration">How long it took, accounts and connections included.</param>
/// <param name="Steps">The steps that ran.</param>
public sealed record ScriptResult(Script Script, TimeSpan Duration, IReadOnlyList<StepResult> Steps)
{
    public bool Passed => Steps.All(s => s.Passed);

    /// <summary>The step that failed, or null.</summary>
    public StepResult? Failed => Steps.FirstOrDefault(s => !s.Passed);

    /// <summary>The failure with file and line, ready to print; empty when the script passed.</summary>
    public string Report => Failed is { } step ? $"{Script.File}:{step.Line}: {step.Text}{Environment.NewLine}{step.Failure}" : "";
}
