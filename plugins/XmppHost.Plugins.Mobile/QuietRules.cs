using XmppHost.Stanzas;

namespace XmppHost.Plugins.Mobile;

/// <summary>What nobody misses who is not looking.</summary>
internal static class QuietRules
{
    private const string ChatStates = "http://jabber.org/protocol/chatstates";
    private const string MucUser = "http://jabber.org/protocol/muc#user";

    /// <summary>Presence that only the last of counts: no request, no error, and nothing that a room says with a status code, such as that one is in it, or out.</summary>
    internal static bool IsNews(Stanza presence) =>
        presence.PresenceType is PresenceType.Available or PresenceType.Unavailable && presence.Element.Element("x", MucUser)?.Element("status", MucUser) is null;

    /// <summary>A message with a chat state (XEP-0085) and no content: what may go with one without being any is a thread or a hint.</summary>
    internal static bool IsChatState(Stanza message)
    {
        if (message.MessageType is not (MessageType.Chat or MessageType.Normal or MessageType.Groupchat)) return false;
        var state = false;
        foreach (var child in message.Element.Elements())
        {
            if (child.Namespace == ChatStates) state = true;
            else if (child.Namespace != Ns.Hints && !child.Is("thread", Ns.Client)) return false;
        }

        return state;
    }
}
