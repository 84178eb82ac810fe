namespace XmppHost.Scripting;

/// <summary>Something in a script file that cannot be read.</summary>
public sealed record ScriptProblem(string File, int Line, string Message)
{
    public override string ToString() => $"{File}:{Line}: {Message}";
}
