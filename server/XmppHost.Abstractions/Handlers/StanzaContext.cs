using XmppHost.Hosting;
using XmppHost.Stanzas;
using XmppHost.Storage;

namespace XmppHost.Handlers;

/// <summary>One stanza on its way through one host's stage.</summary>
public sealed class StanzaContext(Stanza stanza, IVHost host, ISession? sender)
{
    private Stanza _stanza = stanza;

    /// <summary>The stanza; a filter may replace it, the next one sees the replacement.</summary>
    public Stanza Stanza
    {
        get => _stanza;
        set
        {
            value.Archive ??= _stanza.Archive;
            _stanza = value;
        }
    }

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

    /// <summary>The id of the message in the sender's archive, for who makes copies of it; null where it has none. Only in <see cref="StanzaStage.Sending"/>.</summary>
    public string? SenderArchiveId { get; set; }

    /// <summary>
    /// Writes a row to the archive, in the transaction that makes the message safe to acknowledge to its sender; not at all when the message is refused by the account whose archive it is.
    /// Not in <see cref="StanzaStage.Undeliverable"/>.
    /// </summary>
    public void Archive(ArchiveRow row) => (_stanza.Archive ??= new UnwrittenArchive()).Add(row);

    /// <summary>Ends the stanza's way with an error to its sender; return the verdict.</summary>
    public StanzaVerdict Reject(StanzaError error)
    {
        Error = error;
        return StanzaVerdict.Drop;
    }
}
