using XmppHost.Addressing;
using XmppHost.Handlers;
using XmppHost.Hosting;
using XmppHost.Stanzas;

namespace XmppHost.Plugins.Carbons;

/// <summary>What one device receives the others get as copies (XEP-0280 section 7), those excepted that RFC 6121 section 8.5 gives the message itself.</summary>
internal sealed class ReceivedFilter(ISessionDirectory sessions, CarbonSender carbons) : IStanzaFilter
{
    public StanzaStage Stage => StanzaStage.Delivering;

    public int Order => FilterOrder.Copy;

    public ValueTask<StanzaVerdict> FilterAsync(StanzaContext context, CancellationToken ct)
    {
        if (context.Stanza is { Kind: StanzaKind.Message, From: not null, To: { Local: not null } } message) Copy(message, context.Sender);
        return ValueTask.FromResult(StanzaVerdict.Continue);
    }

    private void Copy(Stanza message, ISession? sender)
    {
        var (from, to) = (message.From!, message.To!);
        var devices = sessions.Of(to);
        if (devices.Count == 0) return;
        var addressed = to.IsBare ? null : Find(devices, to);
        if (addressed is not null && devices.Count == 1) return;

        // Section 8.5.3.2.1: the account gets what no session has but chat; of the rest only an error is silent, anything else is answered with one.
        if (!to.IsBare && addressed is null && message.MessageType is not (MessageType.Chat or MessageType.Error)) return;

        // A device that sent it to its own account knows it.
        var own = from.Bare == to.Bare ? sender : null;
        var eligible = false;
        foreach (var device in devices)
        {
            if (device == own || !CarbonSender.IsEnabled(device) || GetsItself(device, message, addressed)) continue;
            if (!eligible && !(eligible = carbons.IsEligible(message, CarbonKind.Received, to, from))) return;
            CarbonSender.Send(message, CarbonKind.Received, device, message, sender);
        }
    }

    private static bool GetsItself(ISession device, Stanza message, ISession? addressed) =>
        addressed is not null ? device == addressed : device is { Presence: not null, Priority: >= 0 } && message.MessageType != MessageType.Error;

    private static ISession? Find(IReadOnlyList<ISession> devices, Jid full)
    {
        foreach (var device in devices)
            if (device.Jid == full)
                return device;
        return null;
    }
}
