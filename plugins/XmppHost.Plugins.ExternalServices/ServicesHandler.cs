using XmppHost.Handlers;
using XmppHost.Stanzas;
using XmppHost.Xml;

namespace XmppHost.Plugins.ExternalServices;

/// <summary>XEP-0215 sections 4.1 and 4.2: all services, or those of a type.</summary>
internal sealed class ServicesHandler(string ns, ServiceList services) : IIqHandler
{
    public IqKey Key => new(ns, "services", IqType.Get);

    public IqTarget Target => IqTarget.Host;

    public ValueTask<IqReply> HandleAsync(IqRequest request, CancellationToken ct)
    {
        if (services.Refusal(request) is { } refusal) return IqReply.Error(refusal);
        var type = request.Payload.Attribute("type");
        return IqReply.Result(new XmppElement("services", ns).With("type", type).Add(services.Of(type, request)));
    }
}
