using XmppHost.Addressing;
using XmppHost.Handlers;
using XmppHost.Hosting;
using XmppHost.Stanzas;

namespace XmppHost.Plugins.Blocking;

/// <summary>XEP-0191 sections 3.4 and 3.5; without items it is for all.</summary>
internal sealed class UnblockHandler(BlockLists lists, BlockedPresence presence, ISessionDirectory sessions, BlockingOptions options) : IIqHandler
{
    public IqKey Key { get; } = new(BlockingXml.Namespace, "unblock", IqType.Set);

    public IqTarget Target => IqTarget.OwnAccount;

    public async ValueTask<IqReply> HandleAsync(IqRequest request, CancellationToken ct)
    {
        var (items, error) = BlockingXml.ReadItems(request.Payload);
        if (error is not null) return error;

        var account = request.From.Bare;
        Jid[] removed = [];
        await lists.ChangeAsync(
            account,
            _ => [],
            before => removed = [.. items.Count == 0 ? before.Items : items.Intersect(before.Items)],
            options.MaxItems,
            () => BlockHandler.Push(sessions, account, "unblock", items),
            ct).ConfigureAwait(false);
        if (removed.Length == 0) return IqReply.Result();
        var left = await lists.GetAsync(account, ct).ConfigureAwait(false);
        return IqReply.Result().Then(() => presence.ShowAsync(account, removed, left, CancellationToken.None));
    }
}
