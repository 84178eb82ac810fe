using XmppHost.Scripting.Format;
using XmppHost.Scripting.Matching;
using XmppHost.Scripting.Running;

namespace XmppHost.Scripting.Steps;

/// <summary><c>romeo receives nothing within 300ms</c>; what the client ignores may come.</summary>
internal sealed record ReceiveNothingStep(int Line, string Text, string Client, TimeSpan Within) : ScriptStep(Line, Text)
{
    internal override async Task RunAsync(RunContext run, CancellationToken ct)
    {
        var client = run.Client(Client);
        var time = run.StartTimer(Within);
        while (await client.Connected.TryReceiveItemAsync(time.Remaining, ct).ConfigureAwait(false) is { } item)
        {
            if (item.Element is null) throw new ScriptFailureException($"expected nothing, received {item}");
            if (!client.Ignores(item.Element))
                throw new ScriptFailureException($"expected nothing within {Duration.Show(Within)}, received:{Environment.NewLine}{DifferenceText.Indent(item.Element)}");
        }
    }
}
