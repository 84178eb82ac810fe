using XmppHost.Hosting;
using XmppHost.Stanzas;

namespace XmppHost.Handlers;

/// <summary>One stanza on its way through one host's stage.</summary>
public sealed class StanzaContext(Stanza stanza, IVHost host, ISession? sender)
{
    /// <summary>The stanza; a filter may replace it, the next one sees the replacement.</summary>
    public Stanza Stanza { get; set; } = stanza;

    /// <summary>The host whose stage this is.</summary>
    public IVHost Host { get; } = host;

    /// <summary>The sending session, or null when a service, another server or the host itself sent it.</summary>
    public ISession? Sender { get; } = sender;

    /// <summary>The error that the sender gets, once a filter rejected the stanza.</summary>
    public StanzaError? Error { get; private set; }

    /// <summary>What <see cref="StoreOffline"/> asked for.</summary>
    public Stanza? Offline { get; private set; }

    /// <summary>
    /// Keeps a message for the account's next device, in the same transaction that makes it safe to acknowledge to its sender; return the verdict. Only in <see cref="StanzaStage.Undeliverable"/>.
    /// </summary>
    public StanzaVerdict StoreOffline(Stanza message)
    {
        Offline = message;
        return StanzaVerdict.Consumed;
    }

    /// <summary>Ends the stanza's way with an error to its sender; return the verdict.</summary>
    public StanzaVerdict Reject(StanzaError error)
    {
        Error = error;
        return StanzaVerdict.Drop;
    }
}
