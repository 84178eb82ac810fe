using XmppHost.Handlers;
using XmppHost.Stanzas;

namespace XmppHost.Plugins.HttpUpload;

/// <summary>A slot is asked for with an IQ of type get.</summary>
internal sealed class RefuseSetHandler(string ns, string service) : IIqHandler
{
    public IqKey Key => new(ns, "request", IqType.Set, service);

    public IqTarget Target => IqTarget.Host;

    public ValueTask<IqReply> HandleAsync(IqRequest request, CancellationToken ct) => (IqReply)StanzaError.NotAllowed("ask for a slot with an IQ of type get");
}
