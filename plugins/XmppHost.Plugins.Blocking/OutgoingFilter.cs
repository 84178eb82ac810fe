using XmppHost.Addressing;
using XmppHost.Handlers;
using XmppHost.Stanzas;

namespace XmppHost.Plugins.Blocking;

/// <summary>Nothing is sent to a blocked address (XEP-0191 section 3.3); the account itself and its server cannot be cut off.</summary>
internal sealed class OutgoingFilter(BlockLists lists) : IStanzaFilter
{
    public StanzaStage Stage => StanzaStage.Sending;

    public int Order => FilterOrder.Block;

    public ValueTask<StanzaVerdict> FilterAsync(StanzaContext context, CancellationToken ct)
    {
        var (from, to) = (context.Stanza.From, context.Stanza.To);
        if (from?.Local is null || to is null || to == context.Host.Jid) return ValueTask.FromResult(StanzaVerdict.Continue);
        var list = lists.GetAsync(from, ct);
        return list.IsCompletedSuccessfully ? ValueTask.FromResult(Judge(context, list.Result, from, to)) : AwaitAsync(context, list, from, to);
    }

    private static async ValueTask<StanzaVerdict> AwaitAsync(StanzaContext context, ValueTask<BlockList> list, Jid from, Jid to) =>
        Judge(context, await list.ConfigureAwait(false), from, to);

    private static StanzaVerdict Judge(StanzaContext context, BlockList list, Jid from, Jid to) =>
        list.Matches(to) && to.Bare != from.Bare ? context.Reject(BlockingXml.BlockedBySender) : StanzaVerdict.Continue;
}
