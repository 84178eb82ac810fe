using XmppHost.Stanzas;

namespace XmppHost.Plugins.Carbons;

/// <summary>Which messages are copied: XEP-0280 section 6.1. Errors are the business of <see cref="RecentMessages"/>.</summary>
internal static class CarbonRules
{
    /// <summary>Announces that exactly these rules hold.</summary>
    internal const string Namespace = "urn:xmpp:carbons:rules:0";

    private const string ChatStates = "http://jabber.org/protocol/chatstates";
    private const string Receipts = "urn:xmpp:receipts";
    private const string Markers = "urn:xmpp:chat-markers:0";
    private const string DirectInvitation = "jabber:x:conference";
    private const string MucUser = "http://jabber.org/protocol/muc#user";

    internal static bool IsEligible(Stanza message, CarbonKind kind)
    {
        var type = message.MessageType;
        if (type is MessageType.Groupchat or MessageType.Error) return false;
        var (eligible, fromRoom, invitation) = (type == MessageType.Chat, false, false);
        foreach (var child in message.Element.Elements())
        {
            switch (child.Namespace)
            {
                // <private/>; and a copy is not copied.
                case Ns.Carbons: return false;
                case Ns.Hints when child.Name == "no-copy": return false;
                case Ns.Client when child.Name == "body": eligible |= type == MessageType.Normal; break;
                case ChatStates or Receipts or Markers: eligible = true; break;
                case DirectInvitation: invitation = true; break;
                case MucUser:
                    fromRoom = true;
                    invitation |= child.Element("invite", MucUser) is not null || child.Element("decline", MucUser) is not null;
                    break;
            }
        }

        // A private message from an occupant: the room has sent it to all that joined with that nick.
        var privateFromRoom = kind == CarbonKind.Received && fromRoom && message.From is { IsBare: false };
        return invitation || (eligible && !privateFromRoom);
    }

    /// <summary>The message forbids copies, whatever else it is.</summary>
    internal static bool IsPrivate(Stanza message)
    {
        foreach (var child in message.Element.Elements())
            if (child.Namespace == Ns.Carbons || child.Is("no-copy", Ns.Hints))
                return true;
        return false;
    }
}
