using XmppHost.Addressing;
using XmppHost.Handlers;
using XmppHost.Stanzas;

namespace XmppHost.Plugins.Blocking;

/// <summary>Nothing from a blocked address is delivered; the account looks as if it were away (XEP-0191 section 3.3).</summary>
internal sealed class IncomingFilter(BlockLists lists) : IStanzaFilter
{
    public StanzaStage Stage => StanzaStage.Delivering;

    public int Order => FilterOrder.Block;

    public ValueTask<StanzaVerdict> FilterAsync(StanzaContext context, CancellationToken ct)
    {
        var (from, to) = (context.Stanza.From, context.Stanza.To);
        if (from is null || to?.Local is null || from == context.Host.Jid) return ValueTask.FromResult(StanzaVerdict.Continue);
        var list = lists.GetAsync(to, ct);
        return list.IsCompletedSuccessfully ? ValueTask.FromResult(Judge(context, list.Result, from, to)) : AwaitAsync(context, list, from, to);
    }

    private static async ValueTask<StanzaVerdict> AwaitAsync(StanzaContext context, ValueTask<BlockList> list, Jid from, Jid to) =>
        Judge(context, await list.ConfigureAwait(false), from, to);

    private static StanzaVerdict Judge(StanzaContext context, BlockList list, Jid from, Jid to)
    {
        if (!list.Matches(from) || from.Bare == to.Bare) return StanzaVerdict.Continue;
        return context.Stanza switch
        {
            // An error to a room would throw the account out of it, for what one occupant said.
            { Kind: StanzaKind.Message, MessageType: not (MessageType.Error or MessageType.Groupchat) } => context.Reject(StanzaError.ServiceUnavailable()),
            { Kind: StanzaKind.Iq, IqType: IqType.Get or IqType.Set } => context.Reject(StanzaError.ServiceUnavailable()),
            _ => StanzaVerdict.Drop,
        };
    }
}
