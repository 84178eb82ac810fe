using System.Text;
using XmppHost.Handlers;
using XmppHost.Stanzas;

namespace XmppHost.Plugins.Profiles;

/// <summary>XEP-0054 section 3.2: the whole card is replaced.</summary>
internal sealed class SetCardHandler(Cards cards, ProfilesOptions options) : IIqHandler
{
    public IqKey Key { get; } = new(CardXml.Namespace, "vCard", IqType.Set);

    public IqTarget Target => IqTarget.Host | IqTarget.OwnAccount | IqTarget.OtherAccount;

    public async ValueTask<IqReply> HandleAsync(IqRequest request, CancellationToken ct)
    {
        if (!request.IsOwnAccount) return StanzaError.Forbidden();
        var card = request.Payload.IsEmpty ? null : request.Payload.ToString();
        if (card is not null && Encoding.UTF8.GetByteCount(card) > options.MaxSize.Bytes) return StanzaError.PolicyViolation($"a card has at most {options.MaxSize}");
        await cards.SaveAsync(request.From, card, ct).ConfigureAwait(false);
        return IqReply.Result();
    }
}
