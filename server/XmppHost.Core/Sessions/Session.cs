using System.Net;
using XmppHost.Addressing;
using XmppHost.Core.VHosts;
using XmppHost.Hosting;
using XmppHost.Stanzas;
using XmppHost.Storage;
using XmppHost.Xml;

namespace XmppHost.Core.Sessions;

/// <summary>
/// A bound resource. Its connection is an <see cref="Outbox"/> that comes and goes; what must survive that is in <see cref="Reliability"/>. Everything that orders stanzas happens under
/// one lock: counting, logging and queueing, so that the log, the counters and the wire agree.
/// </summary>
internal sealed class Session : ISession
{
    // A client that has been away so long that this many stanzas wait would rather sync than have them replayed.
    private const int MaxUnacknowledged = 20_000;

    private readonly VHost _host;
    private readonly IMessageLog _log;
    private readonly long _maxQueuedBytes;
    private Outbox? _writer;
    private ISessionCarrier? _carrier;
    private Reliability? _reliability;
    private SessionAcks? _acks;
    private SessionState _state = new();
    private IStanzaHold? _hold;
    private bool _refusing;
    private bool _ended;

    internal Session(VHost host, Jid jid, Outbox? writer, IMessageLog log, DateTimeOffset boundAt, long maxQueuedBytes)
    {
        _host = host;
        _log = log;
        _maxQueuedBytes = maxQueuedBytes;
        Jid = jid;
        JidText = jid.ToString();
        BoundAt = boundAt;
        _writer = writer;
        if (writer is not null) writer.Session = this;
    }

    public Jid Jid { get; }

    /// <summary>The full JID as the <c>from</c> that is stamped on every stanza.</summary>
    internal string JidText { get; }

    public IVHost Host => _host;

    internal VHost VHost => _host;

    public DateTimeOffset BoundAt { get; }

    public bool IsAttached => _writer is not null;

    public EndPoint? RemoteEndPoint { get; internal set; }

    public Stanza? Presence => _state.Presence;

    public int Priority => _state.Priority;

    /// <summary>True for an account without a place in the log (SASL ANONYMOUS).</summary>
    internal bool IsEphemeral { get; init; }

    public bool IsAnonymous => IsEphemeral;

    /// <summary>When its connection went away; null while it has one.</summary>
    internal DateTimeOffset? DetachedAt { get; private set; }

    internal Lock Gate { get; } = new();

    internal Reliability? Counters => _reliability;

    internal string? ResumptionToken => _reliability?.Token;

    internal long? StreamKey => _reliability?.StreamKey;

    internal bool Counts => _reliability is not null;

    internal bool CanResume => !_ended && StreamKey is not null;

    internal TimeSpan ResumptionWindow => _reliability?.Window ?? TimeSpan.Zero;

    public IReliableDelivery Reliability => _acks ??= new SessionAcks(this, _log);

    /// <summary>Gets messages to its account (RFC 6121 section 8.5.2.1.1).</summary>
    internal bool TakesMessages => Presence is not null && Priority >= 0;

    /// <summary>It takes messages, but is still being handed what waited for it. Changed under <see cref="SessionTable.GateOf"/>, and set by <see cref="SetPresence"/>.</summary>
    internal bool IsCatchingUp { get; set; }

    /// <summary>How many messages were kept for the account while it was catching up. Changed under <see cref="SessionTable.GateOf"/>.</summary>
    internal int KeptMeanwhile { get; set; }

    public string? this[string key]
    {
        get
        {
            lock (Gate) return _state.Notes?.GetValueOrDefault(key);
        }

        set
        {
            lock (Gate)
            {
                _state.SetNote(key, value);
                SaveStream();
            }
        }
    }

    public bool Send(Stanza stanza) => Deliver(stanza, Durability.None);

    public bool SendLogged(LogRow row, Stanza stanza)
    {
        lock (Gate)
        {
            if (_ended || _refusing) return false;
            ReleaseHeld();
            if (_reliability is not { } reliable) return _writer?.Enqueue(new OutboundItem(stanza.Bytes, null, row.Id)) == true;
            var sequence = reliable.Next();
            if (reliable.StreamKey is { } key) _ = _log.Assign(row.Id, key, sequence);
            reliable.Add(sequence, new OutboundItem(stanza.Bytes, null, row.Id));
            _writer?.Enqueue(new OutboundItem(stanza.Bytes));
            return true;
        }
    }

    public bool SendCopy(Stanza copy, Stanza? original, ISession? sender)
    {
        lock (Gate)
        {
            if (_ended || _refusing) return false;
            if (_hold is not null && IsHeld(copy, original ?? copy, original is null ? Durability.Account : DurabilityRules.Of(original))) return true;
            if (_reliability is not { } reliable) return _writer?.Enqueue(new OutboundItem(copy.Bytes)) == true;
            var sequence = reliable.Next();
            var (row, gate) = original is null || DurabilityRules.Of(original) == Durability.None ? default : AppendCopy(copy, sequence, sender as Session);
            reliable.Add(sequence, new OutboundItem(copy.Bytes, gate, row));
            _writer?.Enqueue(new OutboundItem(copy.Bytes, gate));
            if (_writer is null && IsOverfull(reliable)) _host.EndSoon(this);
            return true;
        }
    }

    public Task FlushedAsync() => _writer?.DrainAsync() ?? Task.CompletedTask;

    public void HoldBack(IStanzaHold? hold)
    {
        lock (Gate)
        {
            ReleaseHeld();
            _hold = hold;
        }
    }

    public void ReleaseHeld()
    {
        lock (Gate)
        {
            if (_hold is not { } hold) return;
            _hold = null;
            foreach (var stanza in hold.Release()) Deliver(stanza, Durability.None);
            _hold = hold;
        }
    }

    public void SendElement(XmppElement element) => _writer?.Enqueue(new OutboundItem(Utf8XmlWriter.ToBytes(element, Ns.Client)));

    /// <summary>Queues a stanza, logged first where it must survive. False when the session cannot take it.</summary>
    /// <param name="stanza">With its addresses.</param>
    /// <param name="durability">What the log keeps of it.</param>
    /// <param name="sender">Who is told that it is safe once it is in the log, where the sender counts.</param>
    /// <param name="shared">What it shares with other devices that are handed the same message.</param>
    internal bool Deliver(Stanza stanza, Durability durability, Session? sender = null, Handoff? shared = null)
    {
        lock (Gate)
        {
            if (_ended || _refusing || (_writer is null && _reliability is null)) return false;
            if (IsHeld(stanza, stanza, durability, shared)) return true;
            var sequence = _reliability?.Next() ?? 0;
            var (row, gate) = durability == Durability.None || IsEphemeral ? default : Append(stanza, durability, sequence, sender, shared);
            shared?.Add(durability == Durability.Account ? row : 0, gate);
            var item = new OutboundItem(stanza.Bytes, gate, row, Origin.Of(stanza, shared));
            if (_reliability is { } reliable)
            {
                reliable.Add(sequence, item);
                _writer?.Enqueue(new OutboundItem(stanza.Bytes, gate));
                if (_writer is null && IsOverfull(reliable)) _host.EndSoon(this);
                return true;
            }

            if (_writer!.Enqueue(item)) return true;

            // It goes another way, with a row of its own.
            shared?.Withdraw(row);
            if (row != 0) _ = _log.Remove(row);
            return false;
        }
    }

    // Worth a row: where this device's queue survives a restart, or where the sender will be told that it is safe; for that one row is enough.
    private (long Row, Task? Gate) Append(Stanza stanza, Durability durability, ulong sequence, Session? sender, Handoff? shared)
    {
        var (copy, promised) = (shared is { HasFirst: true }, sender is { Counts: true });
        if (StreamKey is null && (!promised || copy)) return (0, shared?.Gate);
        var row = new LogRow(_log.NextId(), Jid.Bare, _host.Clock.GetUtcNow(), stanza.Bytes, StreamKey, sequence, copy || durability == Durability.Stream) { Archived = stanza.Archive?.Take() };
        var append = _log.Append([row], sender?.StreamKey, promised ? sender!.CountWithCurrent() : 0);
        if (!promised) return (row.Id, null);

        // Delivered only once it is on disk: else a crash in between would make the sender repeat what was delivered.
        sender!.NoteAppend(append);
        return (row.Id, append);
    }

    // Without the sender's count: that belongs to the row of the message itself, which must not come after it.
    private (long Row, Task? Gate) AppendCopy(Stanza copy, ulong sequence, Session? sender)
    {
        if (StreamKey is not { } key || IsEphemeral) return default;
        var row = new LogRow(_log.NextId(), Jid.Bare, _host.Clock.GetUtcNow(), copy.Bytes, key, sequence, Copy: true);
        var append = _log.Append([row]);
        if (sender is not { Counts: true }) return (row.Id, null);
        sender.NoteAppend(append);
        return (row.Id, append);
    }

    public ValueTask CloseAsync(StreamError? error = null)
    {
        _carrier?.Stop(error);
        return _host.EndSessionAsync(this);
    }

    /// <summary>True when it takes messages from now on and did not before: it has to catch up.</summary>
    internal bool SetPresence(Stanza presence)
    {
        lock (Gate)
        {
            var before = TakesMessages;
            if (!before) IsCatchingUp = true;   // before it can be seen to take any
            _state.SetPresence(presence.Type is null ? presence : null);
            SaveStream();
            if (!TakesMessages) IsCatchingUp = false;
            return TakesMessages && !before;
        }
    }

    /// <summary>The stream calls it after each stanza, on its own loop.</summary>
    internal void CountHandled() => _reliability?.Inbound.Count();

    /// <summary>The count once the stanza that is being handled now is done.</summary>
    internal uint CountWithCurrent() => _reliability?.Inbound.StoreWithCurrent() ?? 0;

    internal void NoteAppend(Task append) => _reliability?.Inbound.Note(append);

    /// <summary>Counting begins.</summary>
    internal void Begin(Reliability reliability)
    {
        lock (Gate)
        {
            _reliability = reliability;
            SaveStream();
            if (reliability.Token is not null) _host.Sessions.AddResumable(this);
        }
    }

    /// <summary>True when the flush that is about to happen should ask for an acknowledgement.</summary>
    internal bool TakeAckRequest()
    {
        if (_reliability is not { AckRequested: false, Count: > 0 } reliable) return false;
        reliable.AckRequested = true;
        return true;
    }

    /// <summary>Who to turn to about its connection.</summary>
    internal void CarriedBy(ISessionCarrier carrier) => _carrier = carrier;

    /// <summary>The connection is gone; with <paramref name="keep"/> the session stays where it can be resumed.</summary>
    internal Detachment Detach(Outbox writer, bool keep)
    {
        lock (Gate)
        {
            if (_writer != writer) return Detachment.CarriedByAnother;
            HoldBack(null);
            _carrier = null;
            if (_ended || !keep || StreamKey is null) return Detachment.MustEnd;
            _writer = null;
            writer.Session = null;
            DetachedAt = _host.Clock.GetUtcNow();
            return Detachment.Waiting;
        }
    }

    /// <summary>
    /// Takes the session from a connection that may not know yet that it is dead. False when it cannot go on: what it handled could not be stored, or the connection does not let go.
    /// </summary>
    internal async ValueTask<bool> ReleaseAsync(StreamError reason, TimeSpan limit)
    {
        try
        {
            // What is still being handled there belongs into the count that the client is told.
            if (_carrier is { } carrier)
            {
                carrier.Stop(reason);
                await carrier.LoopEndedAsync().WaitAsync(limit, _host.Clock).ConfigureAwait(false);
            }

            if (_reliability is { } reliable) await reliable.Inbound.OnDisk(reliable.StreamKey, _log).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (e is StorageException or TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Puts the session on a new connection and sends again what the client has not handled. The old connection's loop must have ended.</summary>
    internal bool TryAttach(Outbox writer, ISessionCarrier carrier, uint peerHandled, Func<uint, XmppElement> resumed, EndPoint? remote)
    {
        lock (Gate)
        {
            HoldBack(null);
            if (_ended || _reliability is not { } reliable || !reliable.TryResume(peerHandled, _log)) return false;
            if (_writer is { } old) old.Session = null;
            (_writer, _carrier) = (writer, carrier);
            writer.Session = this;
            RemoteEndPoint = remote;
            DetachedAt = null;
            _refusing = false;
            // An answer as well: the client forgets what it counts.
            var handled = reliable.Inbound.Answered = reliable.Inbound.Handled;
            writer.Enqueue(new OutboundItem(Utf8XmlWriter.ToBytes(resumed(handled), Ns.Client)));
            foreach (var (_, item) in reliable.Queue) writer.Enqueue(item with { RemoveFromLog = 0, Origin = default });
            return true;
        }
    }

    /// <summary>After a restart: the session as it was, without a connection.</summary>
    internal void Restore(StreamRecord record, IReadOnlyList<LogRow> rows)
    {
        _state = SessionState.Parse(record.State);
        _reliability = new Reliability { StreamKey = record.Key, Token = record.Token, Window = record.Window };
        _reliability.Inbound.Restore(record.Handled);
        _reliability.Restore(rows);
        DetachedAt = _host.Clock.GetUtcNow();
        _host.Sessions.AddResumable(this);
    }

    /// <summary>Takes nothing more over this connection, while what it has taken is still on its way; <see cref="End"/> follows.</summary>
    internal void Refuse(Outbox writer)
    {
        lock (Gate) _refusing |= _writer == writer;
    }

    /// <summary>Takes nothing more. Returns the messages that no log row keeps and that the client cannot have got; null when it had ended before.</summary>
    internal IReadOnlyList<Stanza>? End()
    {
        lock (Gate)
        {
            if (_ended) return null;
            _ended = true;
            List<Stanza> lost = [];
            if (_reliability is { } reliable)
            {
                if (reliable.Token is not null) _host.Sessions.RemoveResumable(this);
                reliable.End(_log, lost);
            }
            else if (_writer is { } writer)
            {
                foreach (var item in writer.TakeMessages())
                    if (item.Origin.GiveUp(item.RemoveFromLog, _log) is { } message)
                        lost.Add(message);
            }

            _writer = null;
            return lost;
        }
    }

    private bool IsHeld(Stanza stanza, Stanza original, Durability durability, Handoff? shared = null)
    {
        if (durability == Durability.Account || _hold?.TryTake(stanza, original) != true)
        {
            ReleaseHeld();
            return false;
        }

        shared?.Waive(_log);
        return true;
    }

    private bool IsOverfull(Reliability reliable) => reliable.Count > MaxUnacknowledged || reliable.QueuedBytes > _maxQueuedBytes;

    // Under the lock.
    private void SaveStream()
    {
        // The count that was last handed to the log, so that it never goes back there. Of an ended session nothing is left to come back to.
        if (_ended || _reliability is not { StreamKey: { } key, Token: { } token } reliable) return;
        _ = _log.SaveStream(new StreamRecord(key, Jid, token, reliable.Inbound.Stored, reliable.Window, _state.ToString()));
    }
}
