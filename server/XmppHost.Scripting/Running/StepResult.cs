namespace XmppHost.Scripting;

/// <summary>How one step ended.</summary>
/// <param name="Line">Its line in the file.</param>
/// <param name="Text">The line as written.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Failure">Null when it passed; else what was expected and what was received, over several lines.</param>
public sealed record StepResult(int Line, string Text, TimeSpan Duration, string? Failure)
{
    public bool Passed => Failure is null;
}
