using XmppHost.Addressing;

namespace XmppHost.Storage;

/// <summary>
/// A stanza that an account has not seen yet. <see cref="Stream"/> null: it waits for any device (offline). Else it was handed to that stream as its <see cref="Sequence"/>-th
/// stanza and waits for the acknowledgement.
/// </summary>
/// <param name="Id">From <see cref="IMessageLog.NextId"/>: unique, growing with time; appended once.</param>
/// <param name="Account">The bare JID it is for.</param>
/// <param name="Stamp">When the server got it.</param>
/// <param name="Stanza">UTF-8, as a child of <c>jabber:client</c>. The bytes must not change before the append has completed.</param>
/// <param name="Stream">The <see cref="StreamRecord.Key"/>, or null.</param>
/// <param name="Sequence">The count of the stanza on that stream, from 1.</param>
/// <param name="Copy">Another device has the same message as its own row: this one is forgotten, not offline, when its stream ends.</param>
public sealed record LogRow(long Id, Jid Account, DateTimeOffset Stamp, ReadOnlyMemory<byte> Stanza, long? Stream = null, ulong Sequence = 0, bool Copy = false)
{
    /// <summary>Rows of the archive to be written in the same transaction; null where the row was read.</summary>
    public IReadOnlyList<ArchiveRow>? Archived { get; init; }
}

/// <summary>A resumable stream (XEP-0198 section 5) as it survives a restart.</summary>
/// <param name="Key">From <see cref="IMessageLog.NextId"/>.</param>
/// <param name="Session">The full JID.</param>
/// <param name="Token">A hash of the resumption id.</param>
/// <param name="Handled">Inbound stanzas handled, modulo 2^32.</param>
/// <param name="Window">How long it lives without a connection.</param>
/// <param name="State">The session's notes and presence, opaque to the storage.</param>
public sealed record StreamRecord(long Key, Jid Session, string Token, uint Handled, TimeSpan Window, string State);

/// <summary>
/// The one durable place of messages. Writes of all connections share one transaction per few milliseconds (group commit): each method queues at once, in order, and returns
/// the task of its batch, which completes when the batch is on disk and faults with a <see cref="StorageException"/> when it could not be written. A row that is removed before
/// its batch was written costs nothing. Reads see everything queued before them.
/// </summary>
public interface IMessageLog
{
    /// <summary>A number greater than all before it, also across restarts; microseconds since 1970 where the clock allows.</summary>
    long NextId();

    /// <summary>
    /// Appends the rows of one message (one per device that it is handed to, or one offline row), atomically. Where the sender's stream is resumable its new count of handled
    /// stanzas is written in the same transaction, so that a crash can neither lose the message nor make the sender repeat it. Faults at once, with nothing queued, while more
    /// waits to be written than the storage keeps in memory.
    /// </summary>
    Task Append(ReadOnlySpan<LogRow> rows, long? senderStream = null, uint handled = 0);

    /// <summary>A device has it: acknowledged, or flushed to a client without acknowledgements.</summary>
    Task Remove(long id);

    /// <summary>Hands a row to a stream, or back to offline when <paramref name="stream"/> is null.</summary>
    Task Assign(long id, long? stream, ulong sequence);

    /// <summary>Inserts or replaces.</summary>
    Task SaveStream(StreamRecord stream);

    /// <summary>Updates only <see cref="StreamRecord.Handled"/>; of several in one batch the last is written.</summary>
    Task SaveHandled(long stream, uint handled);

    /// <summary>Forgets the stream; its copies go, its other rows are offline. A row given to the stream afterwards waits there until the next start.</summary>
    Task EndStream(long stream);

    /// <summary>
    /// Completes at once unless much waits to be written: who reads stanzas from a connection awaits this before the next one, so that a flood is slowed down before appends fault.
    /// </summary>
    ValueTask WaitForRoomAsync(CancellationToken ct) => default;

    /// <summary>Rows without a stream, by id, at most <paramref name="limit"/> after <paramref name="afterId"/>.</summary>
    ValueTask<IReadOnlyList<LogRow>> ReadOfflineAsync(Jid account, long afterId, int limit, CancellationToken ct);

    ValueTask<int> CountOfflineAsync(Jid account, CancellationToken ct);

    /// <summary>Rows of a stream by sequence.</summary>
    ValueTask<IReadOnlyList<LogRow>> ReadStreamAsync(long stream, CancellationToken ct);

    /// <summary>All streams that survived, for the start of the server: rows of a stream that was never saved end with it first, as in <see cref="EndStream"/>.</summary>
    ValueTask<IReadOnlyList<StreamRecord>> LoadStreamsAsync(CancellationToken ct);

    /// <summary>Everything of an account: rows and streams.</summary>
    Task Erase(Jid account);
}
