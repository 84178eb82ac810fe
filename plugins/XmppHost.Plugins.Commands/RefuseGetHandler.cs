using XmppHost.Handlers;
using XmppHost.Stanzas;

namespace XmppHost.Plugins.Commands;

/// <summary>A command is run with an IQ of type set (XEP-0050 section 2.4).</summary>
internal sealed class RefuseGetHandler(string? service) : IIqHandler
{
    public IqKey Key => new(Ns.Commands, "command", IqType.Get, service);

    public IqTarget Target => IqTarget.Host;

    public ValueTask<IqReply> HandleAsync(IqRequest request, CancellationToken ct) => (IqReply)StanzaError.NotAllowed("run a command with an IQ of type set");
}
