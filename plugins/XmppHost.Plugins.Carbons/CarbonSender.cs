using XmppHost.Addressing;
using XmppHost.Hosting;
using XmppHost.Stanzas;
using XmppHost.Xml;

namespace XmppHost.Plugins.Carbons;

/// <summary>Wraps a message and hands it to devices of the account (XEP-0280 sections 7 and 8).</summary>
internal sealed class CarbonSender(RecentMessages recent)
{
    /// <summary>Marks a session whose client wants copies.</summary>
    internal const string Note = "carbons";

    internal static bool IsEnabled(ISession session) => session[Note] is not null;

    /// <summary>Whether the account's other devices are to have it; an eligible one is remembered, for the error that may come.</summary>
    internal bool IsEligible(Stanza message, CarbonKind kind, Jid account, Jid peer)
    {
        if (message.MessageType == MessageType.Error) return recent.Knows(account, peer, message.Id) && !CarbonRules.IsPrivate(message);
        if (!CarbonRules.IsEligible(message, kind)) return false;
        recent.Note(account, peer, message.Id);
        return true;
    }

    internal static void Send(Stanza message, CarbonKind kind, ISession device, Stanza original, ISession? sender)
    {
        var content = new XmppElement(kind == CarbonKind.Sent ? "sent" : "received", Ns.Carbons).Add(Forwarding.Element());
        var copy = Forwarding.Wrap(Stanza.Message(device.Jid.Bare, device.Jid, message.Type, content), message.Bytes.Span);
        device.SendCopy(copy, original, sender);
    }
}
