using XmppHost.Handlers;
using XmppHost.Stanzas;
using XmppHost.Xml;

namespace XmppHost.Plugins.PrivateStorage;

/// <summary>XEP-0049 section 2: each element replaces what was kept under its namespace and name.</summary>
internal sealed class SetPrivateHandler(PrivateStore store) : IIqHandler
{
    public IqKey Key { get; } = new(PrivateXml.Namespace, "query", IqType.Set);

    public IqTarget Target => IqTarget.Host | IqTarget.OwnAccount | IqTarget.OtherAccount;

    public async ValueTask<IqReply> HandleAsync(IqRequest request, CancellationToken ct)
    {
        if (!request.IsOwnAccount) return StanzaError.Forbidden();
        XmppElement[] elements = [.. request.Payload.Elements()];
        if (elements.Length == 0 || !elements.All(PrivateXml.CanBeKept)) return StanzaError.NotAcceptable("an element needs a namespace of its own");
        var error = await store.SaveAsync(request.From, elements, ct).ConfigureAwait(false);
        return error is null ? IqReply.Result() : error;
    }
}
