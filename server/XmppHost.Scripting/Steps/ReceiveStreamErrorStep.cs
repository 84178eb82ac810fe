using XmppHost.Scripting.Running;
using XmppHost.Xml;

namespace XmppHost.Scripting.Steps;

/// <summary><c>romeo receives stream error policy-violation</c>: the next thing is that error (RFC 6120 section 4.9).</summary>
internal sealed record ReceiveStreamErrorStep(int Line, string Text, string Client, string Condition, TimeSpan? Within) : ScriptStep(Line, Text)
{
    internal override async Task RunAsync(RunContext run, CancellationToken ct)
    {
        var item = await run.Client(Client).NextAsync(run, Within, ct).ConfigureAwait(false);
        // RFC 6120 section 4.9.1.2: where the client's header is refused, the server's comes first.
        if (item.Kind == StreamItemKind.StreamOpen) item = await run.Client(Client).NextAsync(run, Within, ct).ConfigureAwait(false);
        var isError = item.Element?.Is("error", XmlNs.Streams) == true;
        if (!isError || StanzaErrors.ConditionOf(item.Element!) != Condition)
            throw new ScriptFailureException($"expected the stream error {Condition}, received {item}");
    }
}
