using XmppHost.Handlers;
using XmppHost.Stanzas;

namespace XmppHost.Plugins.Carbons;

/// <summary>XEP-0280 sections 4 and 5: a device asks for copies, or for none; asking again changes nothing and is no error.</summary>
internal sealed class SwitchHandler(string element, bool enabled) : IIqHandler
{
    public IqKey Key => new(Ns.Carbons, element, IqType.Set);

    public IqTarget Target => IqTarget.OwnAccount | IqTarget.OtherAccount;

    public ValueTask<IqReply> HandleAsync(IqRequest request, CancellationToken ct)
    {
        if (!request.IsOwnAccount || request.Session is not { } session) return IqReply.Error(StanzaError.NotAllowed());
        var note = enabled ? "1" : null;
        if (session[CarbonSender.Note] != note) session[CarbonSender.Note] = note;
        return IqReply.Result();
    }
}
