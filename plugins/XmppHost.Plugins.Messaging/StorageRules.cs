using XmppHost.Stanzas;

namespace XmppHost.Plugins.Messaging;

/// <summary>What becomes of a message that no session could take.</summary>
internal enum OfflineFate
{
    /// <summary>It waits for the account's next device.</summary>
    Store,

    /// <summary>Its sender is told.</summary>
    Refuse,

    /// <summary>Nobody misses it.</summary>
    Forget,
}

internal static class StorageRules
{
    private const string ChatStates = "http://jabber.org/protocol/chatstates";

    /// <summary>XEP-0160 section 3, with the hints of XEP-0334.</summary>
    internal static OfflineFate Of(Stanza message)
    {
        switch (message.MessageType)
        {
            // RFC 6121 section 8.5.2.2.1.
            case MessageType.Error or MessageType.Headline: return OfflineFate.Forget;
            case MessageType.Groupchat: return OfflineFate.Refuse;
        }

        var (content, store, noStore) = (false, false, false);
        foreach (var child in message.Element.Elements())
        {
            store |= child.Is("store", Ns.Hints);
            noStore |= child.Is("no-store", Ns.Hints);
            content |= child.Namespace is not (ChatStates or Ns.Hints) && !child.Is("thread", Ns.Client) && !child.Is("origin-id", Ns.StanzaId);
        }

        // "Is typing" is old news later, and no news to its sender if it got lost.
        if (!content && !store) return OfflineFate.Forget;
        return noStore ? OfflineFate.Refuse : OfflineFate.Store;
    }
}
