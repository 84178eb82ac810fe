using XmppHost.Handlers;
using XmppHost.Stanzas;

namespace XmppHost.Plugins.Accounts;

/// <summary>What the server has on file for who asks: XEP-0077 section 3.1.1, of an account that exists.</summary>
internal sealed class OwnRegistrationHandler : IIqHandler
{
    public IqKey Key => new(RegisterXml.Namespace, "query", IqType.Get);

    public ValueTask<IqReply> HandleAsync(IqRequest request, CancellationToken ct) =>
        request.Session is null || request.From.Domain != request.Host.Name
            ? (IqReply)StanzaError.NotAllowed()
            : (IqReply)RegisterXml.Registered(request.From.Local!);
}
