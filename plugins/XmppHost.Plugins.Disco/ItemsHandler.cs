using XmppHost.Handlers;
using XmppHost.Stanzas;
using XmppHost.Xml;

namespace XmppHost.Plugins.Disco;

[Xep(30, "2.5.0")]
internal sealed class ItemsHandler(DiscoCatalogue catalogue, AccountAccess access, string? service) : IIqHandler
{
    public IqKey Key => new(Ns.DiscoItems, "query", IqType.Get, service);

    public IqTarget Target => IqTarget.Host | IqTarget.OwnAccount | IqTarget.OtherAccount;

    public async ValueTask<IqReply> HandleAsync(IqRequest request, CancellationToken ct)
    {
        if (!await access.IsAllowedAsync(request, ct).ConfigureAwait(false)) return StanzaError.ServiceUnavailable();
        var node = request.Payload.Attribute("node");
        if (!string.IsNullOrEmpty(node) && catalogue.Refuse(request, node) is { } refusal) return refusal;
        var items = await catalogue.ItemsAsync(request, string.IsNullOrEmpty(node) ? null : node, ct).ConfigureAwait(false);
        return items is null ? StanzaError.ItemNotFound() : new XmppElement("query", Ns.DiscoItems).With("node", node).Add(items);
    }
}
