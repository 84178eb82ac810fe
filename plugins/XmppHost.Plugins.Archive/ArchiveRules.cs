using XmppHost.Stanzas;

namespace XmppHost.Plugins.Archive;

/// <summary>What is worth keeping for good: XEP-0313 section 5.1.1 and the hints of XEP-0334.</summary>
internal static class ArchiveRules
{
    // What clients look for in the archive besides texts: what became of them, secrets, calls, invitations.
    private static readonly HashSet<string> Kept =
    [
        "urn:xmpp:chat-markers:0", "urn:xmpp:reactions:0", "urn:xmpp:fasten:0", "urn:xmpp:message-retract:0", "urn:xmpp:message-retract:1", "urn:xmpp:message-correct:0",
        "eu.siacs.conversations.axolotl", "urn:xmpp:omemo:1", "urn:xmpp:omemo:2", "urn:xmpp:openpgp:0", "jabber:x:encrypted",
        "urn:xmpp:jingle-message:0", "urn:xmpp:call-invites:0", "jabber:x:conference", "jabber:x:oob", "urn:xmpp:sfs:0",
    ];

    internal static bool IsKept(Stanza message)
    {
        if (message.MessageType is MessageType.Groupchat or MessageType.Headline or MessageType.Error) return false;
        var kept = false;
        foreach (var child in message.Element.Elements())
        {
            switch (child.Namespace)
            {
                case Ns.Hints when child.Name is "no-store" or "no-permanent-store": return false;
                case Ns.Hints: kept |= child.Name == "store"; break;
                case Ns.Client: kept |= child.Name is "body" or "subject"; break;
                case "urn:xmpp:receipts": kept |= child.Name == "received"; break;
                case "urn:xmpp:chat-markers:0": kept |= child.Name != "markable"; break;
                case "http://jabber.org/protocol/muc#user": kept |= !child.IsEmpty; break;
                default: kept |= Kept.Contains(child.Namespace); break;
            }
        }

        return kept;
    }
}
