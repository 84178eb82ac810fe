using XmppHost.Handlers;
using XmppHost.Stanzas;

namespace XmppHost.Plugins.Disco;

/// <summary>Discovery only answers questions.</summary>
internal sealed class RefuseSetHandler(string ns, string? service) : IIqHandler
{
    public IqKey Key => new(ns, "query", IqType.Set, service);

    public ValueTask<IqReply> HandleAsync(IqRequest request, CancellationToken ct) => (IqReply)StanzaError.NotAllowed();
}
