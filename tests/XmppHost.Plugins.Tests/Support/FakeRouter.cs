using XmppHost.Hosting;
using XmppHost.Stanzas;

namespace XmppHost.Plugins.Tests.Support;

/// <summary>Records what is routed; a test may say what happens to it.</summary>
internal sealed class FakeRouter : IStanzaRouter
{
    public List<Stanza> Routed { get; } = [];

    /// <summary>Runs for each routed stanza after it was recorded.</summary>
    public Func<Stanza, ValueTask>? OnRoute { get; set; }

    /// <summary>Answers requests; without it they time out at once.</summary>
    public Func<Stanza, Stanza>? OnRequest { get; set; }

    public ValueTask RouteAsync(Stanza stanza, CancellationToken ct = default)
    {
        Routed.Add(stanza);
        return OnRoute?.Invoke(stanza) ?? ValueTask.CompletedTask;
    }

    public ValueTask<Stanza> RequestAsync(Stanza iq, TimeSpan timeout, CancellationToken ct = default)
    {
        Routed.Add(iq);
        return ValueTask.FromResult(OnRequest?.Invoke(iq) ?? iq.ErrorReply(StanzaError.RemoteServerTimeout())!);
    }

    /// <summary>What was routed since the last call, as XML.</summary>
    public string[] Take()
    {
        string[] routed = [.. Routed.Select(Wire.Text)];
        Routed.Clear();
        return routed;
    }
}
