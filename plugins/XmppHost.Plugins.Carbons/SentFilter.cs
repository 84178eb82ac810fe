using XmppHost.Handlers;
using XmppHost.Hosting;
using XmppHost.Stanzas;

namespace XmppHost.Plugins.Carbons;

/// <summary>What one device sends the others get as copies (XEP-0280 section 8), whether that device wants copies itself or not.</summary>
internal sealed class SentFilter(ISessionDirectory sessions, CarbonSender carbons) : IStanzaFilter
{
    public StanzaStage Stage => StanzaStage.Sending;

    public int Order => FilterOrder.Copy;

    public ValueTask<StanzaVerdict> FilterAsync(StanzaContext context, CancellationToken ct)
    {
        if (context is { Stanza: { Kind: StanzaKind.Message, From: { Local: not null }, To: not null } message, Sender: { } sender }) Copy(message, sender);
        return ValueTask.FromResult(StanzaVerdict.Continue);
    }

    private void Copy(Stanza message, ISession sender)
    {
        var account = message.From!.Bare;

        // To oneself: the devices get it as it is, or a copy of what was received.
        if (message.To!.Bare == account) return;
        var devices = sessions.Of(account);
        if (devices.Count <= 1) return;
        var eligible = false;
        foreach (var device in devices)
        {
            if (device == sender || !CarbonSender.IsEnabled(device)) continue;
            if (!eligible && !(eligible = carbons.IsEligible(message, CarbonKind.Sent, account, message.To))) return;
            CarbonSender.Send(message, CarbonKind.Sent, device, message, sender);
        }
    }
}
