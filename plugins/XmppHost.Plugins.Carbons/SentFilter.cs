using XmppHost.Addressing;
using XmppHost.Handlers;
using XmppHost.Hosting;
using XmppHost.Stanzas;
using XmppHost.Xml;

namespace XmppHost.Plugins.Carbons;

/// <summary>What one device sends the others get as copies (XEP-0280 section 8), whether that device wants copies itself or not.</summary>
internal sealed class SentFilter(ISessionDirectory sessions, CarbonSender carbons) : IStanzaFilter
{
    public StanzaStage Stage => StanzaStage.Sending;

    public int Order => FilterOrder.Copy;

    public ValueTask<StanzaVerdict> FilterAsync(StanzaContext context, CancellationToken ct)
    {
        if (context is { Stanza: { Kind: StanzaKind.Message, From: { Local: not null }, To: not null } message, Sender: { } sender }) Copy(message, sender, context.SenderArchiveId);
        return ValueTask.FromResult(StanzaVerdict.Continue);
    }

    private void Copy(Stanza message, ISession sender, string? archiveId)
    {
        var account = message.From!.Bare;

        // To oneself: the devices get it as it is, or a copy of what was received.
        if (message.To!.Bare == account) return;
        var devices = sessions.Of(account);
        if (devices.Count <= 1) return;
        Stanza? content = null;
        foreach (var device in devices)
        {
            if (device == sender || !CarbonSender.IsEnabled(device)) continue;
            if (content is null && !carbons.IsEligible(message, CarbonKind.Sent, account, message.To)) return;
            content ??= WithId(message, account, archiveId);
            CarbonSender.Send(content, CarbonKind.Sent, device, message, sender);
        }
    }

    // XEP-0313 section 3.3: the account's devices learn where the archive has it; whom the message is for does not.
    private static Stanza WithId(Stanza message, Jid account, string? id) =>
        id is null ? message : message.WithElement(message.Element.Add(new XmppElement("stanza-id", Ns.StanzaId).With("by", account.ToString()).With("id", id)));
}
