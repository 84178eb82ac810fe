using XmppHost.Handlers;
using XmppHost.Stanzas;

namespace XmppHost.Plugins.ServerInfo;

/// <summary>XEP-0199 sections 4.1 and 4.2: a ping of the server, of one's own account, or of a service.</summary>
[Xep(199, "2.0.1")]
internal sealed class PingHandler(string? service) : IIqHandler
{
    public IqKey Key => new(ServerInfoXml.Ping, "ping", IqType.Get, service);

    public ValueTask<IqReply> HandleAsync(IqRequest request, CancellationToken ct) => IqReply.Result();
}
