using XmppHost.Handlers;
using XmppHost.Stanzas;
using XmppHost.Xml;

namespace XmppHost.Plugins.PrivateStorage;

/// <summary>XEP-0049 section 2: what is kept under the one element that is asked for, or that element, empty.</summary>
internal sealed class GetPrivateHandler(PrivateStore store) : IIqHandler
{
    public IqKey Key { get; } = new(PrivateXml.Namespace, "query", IqType.Get);

    public IqTarget Target => IqTarget.Host | IqTarget.OwnAccount | IqTarget.OtherAccount;

    public async ValueTask<IqReply> HandleAsync(IqRequest request, CancellationToken ct)
    {
        if (!request.IsOwnAccount) return StanzaError.Forbidden();
        if (request.Payload.Elements().ToArray() is not [var asked]) return StanzaError.BadRequest("ask for one element");
        if (!PrivateXml.CanBeKept(asked)) return StanzaError.NotAcceptable("the element needs a namespace of its own");
        var kept = await store.FindAsync(request.From, asked, ct).ConfigureAwait(false);
        return PrivateXml.Query(kept ?? new XmppElement(asked.Name, asked.Namespace));
    }
}
