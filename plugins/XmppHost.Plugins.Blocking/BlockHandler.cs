using XmppHost.Addressing;
using XmppHost.Handlers;
using XmppHost.Hosting;
using XmppHost.Stanzas;

namespace XmppHost.Plugins.Blocking;

/// <summary>XEP-0191 section 3.3.</summary>
internal sealed class BlockHandler(BlockLists lists, BlockedPresence presence, ISessionDirectory sessions, BlockingOptions options) : IIqHandler
{
    public IqKey Key { get; } = new(BlockingXml.Namespace, "block", IqType.Set);

    public IqTarget Target => IqTarget.OwnAccount;

    public async ValueTask<IqReply> HandleAsync(IqRequest request, CancellationToken ct)
    {
        var (items, error) = BlockingXml.ReadItems(request.Payload);
        if (error is not null) return error;
        if (items.Count == 0) return StanzaError.BadRequest("nothing to block");

        // A user must not lock his own devices out.
        var account = request.From.Bare;
        if (items.Any(jid => jid.Bare == account)) return StanzaError.NotAllowed("an account does not block itself");

        Jid[] added = [];
        var done = await lists.ChangeAsync(account, before => added = [.. items.Except(before.Items)], _ => [], options.MaxItems, () => Push(sessions, account, "block", items), ct).ConfigureAwait(false);
        if (!done) return StanzaError.ResourceConstraint($"at most {options.MaxItems} addresses can be blocked");
        return IqReply.Result().Then(() => presence.HideAsync(account, added, CancellationToken.None));
    }

    internal static void Push(ISessionDirectory sessions, Jid account, string command, IEnumerable<Jid> items)
    {
        var payload = BlockingXml.List(command, items);
        foreach (var session in sessions.Of(account))
            if (session[BlockLists.InterestedNote] is not null)
                session.Send(Stanza.Iq(null, session.Jid, "set", $"{command}-{Guid.NewGuid():N}", payload));
    }
}
