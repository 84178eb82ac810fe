namespace XmppHost.Server;

/// <summary>Why a command is not carried out: lines for a person, printed without a stack trace; exit code 1.</summary>
internal sealed class Refusal(params IReadOnlyList<string> lines) : Exception(string.Join(Environment.NewLine, lines))
{
    internal IReadOnlyList<string> Lines => lines;
}
