using System.Net;
using XmppHost.Addressing;
using XmppHost.Stanzas;
using XmppHost.Storage;
using XmppHost.Xml;

namespace XmppHost.Hosting;

/// <summary>A bound resource. It outlives its connection while it can be resumed (XEP-0198).</summary>
public interface ISession
{
    /// <summary>The full JID.</summary>
    Jid Jid { get; }

    IVHost Host { get; }

    DateTimeOffset BoundAt { get; }

    /// <summary>False while the connection is gone and the session waits to be resumed.</summary>
    bool IsAttached { get; }

    EndPoint? RemoteEndPoint { get; }

    /// <summary>True after SASL ANONYMOUS: the JID is nobody's account.</summary>
    bool IsAnonymous => false;

    /// <summary>The last undirected available presence, with its <c>from</c>; null before the first and after unavailable.</summary>
    Stanza? Presence { get; }

    /// <summary>The priority of <see cref="Presence"/>, -128 to 127; 0 where none was given.</summary>
    int Priority { get; }

    /// <summary>
    /// A note that belongs to the session and is resumed with it, also after a restart of the server: <c>roster.interested</c>, <c>carbons</c>.
    /// Null where there is none.
    /// </summary>
    string? this[string key] { get; set; }

    IReliableDelivery Reliability { get; }

    /// <summary>
    /// Queues a stanza to the client; never waits. Its <c>to</c> is left as it is. False when the session has ended or its outbox is full (the
    /// session is then being closed).
    /// </summary>
    bool Send(Stanza stanza);

    /// <summary>
    /// Queues a stanza that the message log holds as <paramref name="row"/>: the row is this session's from now on and is removed once the client has it. False as with
    /// <see cref="Send"/>; the row then stays offline.
    /// </summary>
    bool SendLogged(LogRow row, Stanza stanza);

    /// <summary>
    /// Queues a copy of a message that goes to others: as safe as the message while the session can be resumed, also over a restart, and forgotten with the session. False as with
    /// <see cref="Send"/>.
    /// </summary>
    /// <param name="copy">What the client gets.</param>
    /// <param name="original">The message, which says whether the copy may be written to disk; null: it may not.</param>
    /// <param name="sender">Who sent the message and is handling it now; null when that is none of this server's sessions.</param>
    bool SendCopy(Stanza copy, Stanza? original, ISession? sender) => Send(copy);

    /// <summary>
    /// Completes when what was queued so far has been written to the connection, or can no longer be. Whoever has much to send sends it in portions and waits between them, beside the
    /// session's loop, so that a slow client's outbox does not overflow.
    /// </summary>
    Task FlushedAsync() => Task.CompletedTask;

    /// <summary>From now on this decides what the client can do without for a while; null ends that. What the one before kept is sent first. The loss of the connection ends it too.</summary>
    void HoldBack(IStanzaHold? hold)
    {
    }

    /// <summary>Sends what was kept back.</summary>
    void ReleaseHeld()
    {
    }

    /// <summary>Queues an element that is not a stanza and is not counted.</summary>
    void SendElement(XmppElement element);

    /// <summary>Ends the session, with a stream error or without; no resumption is possible afterwards.</summary>
    ValueTask CloseAsync(StreamError? error = null);
}
