namespace XmppHost.Scripting;

/// <summary>A script file has problems; all of them are listed, one a line.</summary>
public sealed class ScriptSyntaxException(IReadOnlyList<ScriptProblem> problems) : Exception(string.Join(Environment.NewLine, problems))
{
    public IReadOnlyList<ScriptProblem> Problems => problems;
}
