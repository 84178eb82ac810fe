using XmppHost.Scripting.Running;

namespace XmppHost.Scripting.Steps;

/// <summary><c>romeo receives stream close</c>: the server ends the stream, or the connection with it.</summary>
internal sealed record ReceiveCloseStep(int Line, string Text, string Client, TimeSpan? Within) : ScriptStep(Line, Text)
{
    internal override async Task RunAsync(RunContext run, CancellationToken ct)
    {
        var item = await run.Client(Client).NextAsync(run, Within, ct).ConfigureAwait(false);
        if (item.Kind is not (StreamItemKind.StreamClose or StreamItemKind.ConnectionClosed))
            throw new ScriptFailureException($"expected the end of the stream, received {item}");
    }
}
