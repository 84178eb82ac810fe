using XmppHost.Handlers;
using XmppHost.Stanzas;

namespace XmppHost.Plugins.Blocking;

/// <summary>XEP-0191 section 3.2.</summary>
internal sealed class ListHandler(BlockLists lists) : IIqHandler
{
    public IqKey Key { get; } = new(BlockingXml.Namespace, "blocklist", IqType.Get);

    public IqTarget Target => IqTarget.OwnAccount;

    public async ValueTask<IqReply> HandleAsync(IqRequest request, CancellationToken ct)
    {
        if (request.Session is { } session) session[BlockLists.InterestedNote] = "1";
        var list = await lists.GetAsync(request.From, ct).ConfigureAwait(false);
        return BlockingXml.List("blocklist", list.Items.OrderBy(jid => jid.ToString(), StringComparer.Ordinal));
    }
}
