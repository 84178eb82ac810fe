using XmppHost.Scripting.Running;

namespace XmppHost.Scripting;

/// <summary>One line of a script that does something.</summary>
/// <param name="Line">Where it stands in the file.</param>
/// <param name="Text">The line as written, without its block.</param>
public abstract record ScriptStep(int Line, string Text)
{
    /// <exception cref="ScriptFailureException">It did not find what it demands.</exception>
    /// <exception cref="ScriptedClientException">The connection or the login failed.</exception>
    internal abstract Task RunAsync(RunContext run, CancellationToken ct);
}
