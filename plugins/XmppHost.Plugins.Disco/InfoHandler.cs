using XmppHost.Handlers;
using XmppHost.Stanzas;
using XmppHost.Xml;

namespace XmppHost.Plugins.Disco;

[Xep(30, "2.5.0")]
[Xep(128, "1.0.1")]
internal sealed class InfoHandler(DiscoCatalogue catalogue, AccountAccess access, string? service) : IIqHandler
{
    public IqKey Key => new(Ns.DiscoInfo, "query", IqType.Get, service);

    public IqTarget Target => IqTarget.Host | IqTarget.OwnAccount | IqTarget.OtherAccount;

    public async ValueTask<IqReply> HandleAsync(IqRequest request, CancellationToken ct)
    {
        if (!await access.IsAllowedAsync(request, ct).ConfigureAwait(false)) return StanzaError.ServiceUnavailable();
        var node = request.Payload.Attribute("node");
        if (string.IsNullOrEmpty(node)) return Info(request);
        if (catalogue.Refuse(request, node) is { } refusal) return refusal;

        // XEP-0115 section 6.2: the node of our own entity capabilities is the host's info.
        var info = node == CapsFeature.NodeOf(catalogue) && request.Target.IsDomain && service is null
            ? catalogue.HostInfo().With("node", node)
            : await catalogue.NodeInfoAsync(request, node, ct).ConfigureAwait(false);
        return info is null ? StanzaError.ItemNotFound() : info;
    }

    private XmppElement Info(IqRequest request) => request.Target switch
    {
        { IsDomain: false } => catalogue.AccountInfo(),
        var address when catalogue.ServiceAt(address) is { } name => catalogue.ServiceInfo(name),
        _ => catalogue.HostInfo(),
    };
}
