using XmppHost.Stanzas;

namespace XmppHost.Core.Sessions;

/// <summary>What the log keeps of a message.</summary>
internal enum Durability
{
    /// <summary>Nothing: presence, IQs, and messages that ask not to be stored.</summary>
    None,

    /// <summary>It survives while its stream can be resumed, and is forgotten with it.</summary>
    Stream,

    /// <summary>It waits until some device has it.</summary>
    Account,
}

internal static class DurabilityRules
{
    private const string ChatStates = "http://jabber.org/protocol/chatstates";

    internal static Durability Of(Stanza stanza)
    {
        if (stanza.Kind != StanzaKind.Message) return Durability.None;
        var content = false;
        foreach (var child in stanza.Element.Elements())
        {
            // XEP-0334 section 4.2.
            if (child.Namespace == Ns.Hints && child.Name == "no-store") return Durability.None;
            content |= child.Namespace != ChatStates && child.Namespace != Ns.Hints && child.Name is not ("thread" or "delay");
        }

        return stanza.MessageType switch
        {
            MessageType.Error => Durability.None,
            MessageType.Chat or MessageType.Normal when content => Durability.Account,
            _ => Durability.Stream,
        };
    }
}
