using XmppHost.Scripting.Format;
using XmppHost.Scripting.Matching;
using XmppHost.Scripting.Running;

namespace XmppHost.Scripting.Steps;

/// <summary><c>romeo sends raw: TEXT</c>: bytes as they are, well-formed or not.</summary>
internal sealed record SendRawStep(int Line, string Text, string Client, Template Content) : ScriptStep(Line, Text)
{
    internal override Task RunAsync(RunContext run, CancellationToken ct) =>
        run.Client(Client).Connected.SendBytesAsync(Escapes.ToBytes(Content.Expand(run.Variables)), ct);
}
