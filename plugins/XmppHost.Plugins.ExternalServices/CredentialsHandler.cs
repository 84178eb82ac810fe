using XmppHost.Handlers;
using XmppHost.Stanzas;
using XmppHost.Xml;

namespace XmppHost.Plugins.ExternalServices;

/// <summary>XEP-0215 section 4.3: what to log in with at a service that the client knows.</summary>
internal sealed class CredentialsHandler(string ns, ServiceList services) : IIqHandler
{
    public IqKey Key => new(ns, "credentials", IqType.Get);

    public IqTarget Target => IqTarget.Host;

    public ValueTask<IqReply> HandleAsync(IqRequest request, CancellationToken ct)
    {
        if (services.Refusal(request) is { } refusal) return IqReply.Error(refusal);
        var wanted = new List<WantedService>();
        foreach (var element in request.Payload.Elements())
        {
            if (!element.Is("service", ns)) continue;
            if (WantedService.Read(element) is not { } service) return IqReply.Error(StanzaError.BadRequest("a service has a host, a type, and a port if any"));
            wanted.Add(service);
        }

        if (wanted.Count == 0) return IqReply.Error(StanzaError.BadRequest("name the service"));
        XmppElement[] found = [.. services.WithCredentials(wanted, request)];
        return found.Length == 0 ? IqReply.Error(StanzaError.ItemNotFound("there are no credentials for it")) : IqReply.Result(new XmppElement("credentials", ns).Add(found));
    }
}
