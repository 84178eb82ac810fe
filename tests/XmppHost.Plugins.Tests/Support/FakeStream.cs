using System.Net;
using XmppHost.Addressing;
using XmppHost.Handlers;
using XmppHost.Hosting;
using XmppHost.Xml;

namespace XmppHost.Plugins.Tests.Support;

/// <summary>A client's stream as a feature sees it; what the feature sends is kept.</summary>
internal sealed class FakeStream(IVHost host) : IStreamContext
{
    public IVHost Host => host;

    public bool IsSecure { get; set; } = true;

    public Jid? Account { get; set; }

    public ISession? Session { get; set; }

    public EndPoint? RemoteEndPoint { get; set; }

    public List<XmppElement> Sent { get; } = [];

    /// <summary>What <see cref="ResumeAsync"/> answers.</summary>
    public ResumeOutcome Outcome { get; set; }

    /// <summary>What <see cref="ResumeAsync"/> was asked with.</summary>
    public (string Id, uint Handled)? Resumed { get; private set; }

    public void Send(XmppElement element) => Sent.Add(element);

    public ValueTask<ResumeOutcome> ResumeAsync(string resumptionId, uint peerHandled, Func<uint, XmppElement> resumed, CancellationToken ct)
    {
        Resumed = (resumptionId, peerHandled);
        if (Outcome.Resumed) Sent.Add(resumed(Outcome.Handled ?? 0));
        return ValueTask.FromResult(Outcome);
    }
}
