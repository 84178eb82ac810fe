using System.Net;
using System.Security.Cryptography;
using System.Text;
using XmppHost.Addressing;
using XmppHost.Core.VHosts;
using XmppHost.Hosting;
using XmppHost.Stanzas;
using XmppHost.Storage;
using XmppHost.Xml;

namespace XmppHost.Core.Sessions;

/// <summary>
/// A bound resource. Its connection is a <see cref="Outbox"/> that comes and goes; what must survive that is in <see cref="Reliability"/>. Everything that orders stanzas happens under
/// one lock: counting, logging and queueing, so that the log, the counters and the wire agree.
/// </summary>
internal sealed class Session : ISession, IReliableDelivery
{
    // A client that has been away so long that this many stanzas wait would rather sync than have them replayed.
    private const int MaxUnacknowledged = 20_000;

    private readonly Lock _gate = new();
    private readonly VHost _host;
    private readonly IMessageLog _log;
    private readonly long _maxQueuedBytes;
    private Outbox? _writer;
    private Reliability? _reliability;
    private Dictionary<string, string>? _notes;
    private Task _lastAppend = Task.CompletedTask;
    private uint _storedHandled;
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

    public Stanza? Presence { get; private set; }

    public int Priority { get; private set; }

    /// <summary>True for an account without a place in the log (SASL ANONYMOUS).</summary>
    internal bool IsEphemeral { get; init; }

    public bool IsAnonymous => IsEphemeral;

    /// <summary>When its connection went away; null while it has one.</summary>
    internal DateTimeOffset? DetachedAt { get; private set; }

    /// <summary>Ends the connection that carries the session now; set by the stream.</summary>
    internal Action<StreamError?>? CloseConnection { get; set; }

    internal string? ResumptionToken => _reliability?.Token;

    internal bool CanResume => !_ended && _reliability?.StreamKey is not null;

    internal TimeSpan ResumptionWindow => _reliability?.Window ?? TimeSpan.Zero;

    public IReliableDelivery Reliability => this;

    bool IReliableDelivery.Enabled => _reliability is not null;

    uint IReliableDelivery.Handled => _reliability?.Handled ?? 0;

    uint IReliableDelivery.Sent => unchecked((uint)(_reliability?.Sent ?? 0));

    int IReliableDelivery.Unacknowledged
    {
        get
        {
            lock (_gate) return _reliability?.Count ?? 0;
        }
    }

    public string? this[string key]
    {
        get
        {
            lock (_gate) return _notes?.GetValueOrDefault(key);
        }

        set
        {
            lock (_gate)
            {
                if (value is null) _notes?.Remove(key);
                else (_notes ??= new Dictionary<string, string>(1))[key] = value;
                SaveStream();
            }
        }
    }

    public bool Send(Stanza stanza) => Deliver(stanza, Durability.None, copy: false, null, null);

    public bool SendLogged(LogRow row, Stanza stanza)
    {
        lock (_gate)
        {
            if (_ended || _refusing) return false;
            if (_reliability is not { } reliable) return _writer?.Enqueue(new OutboundItem(stanza.Bytes, null, row.Id)) == true;
            var sequence = reliable.Next();
            if (reliable.StreamKey is { } key) _ = _log.Assign(row.Id, key, sequence);
            reliable.Add(sequence, new OutboundItem(stanza.Bytes, null, row.Id));
            _writer?.Enqueue(new OutboundItem(stanza.Bytes));
            return true;
        }
    }

    public Task FlushedAsync() => _writer?.DrainAsync() ?? Task.CompletedTask;

    public void SendElement(XmppElement element) => _writer?.Enqueue(new OutboundItem(Utf8XmlWriter.ToBytes(element, Ns.Client)));

    /// <summary>Queues a stanza, logged first where it must survive. False when the session cannot take it.</summary>
    internal bool Deliver(Stanza stanza, Durability durability, bool copy, Session? sender, Task? gate)
    {
        lock (_gate)
        {
            if (_ended || _refusing) return false;
            var reliable = _reliability;
            var sequence = reliable?.Next() ?? 0;
            var row = 0L;

            // Worth a row: where this device's queue survives a restart, or where the sender will be told that it is safe.
            var senderCounts = sender?._reliability is not null;
            if (durability != Durability.None && !IsEphemeral && (reliable?.StreamKey is not null || senderCounts))
            {
                row = _log.NextId();
                var append = _log.Append(
                    [new LogRow(row, Jid.Bare, _host.Clock.GetUtcNow(), stanza.Bytes, reliable?.StreamKey, sequence, copy || durability == Durability.Stream)],
                    sender?._reliability?.StreamKey,
                    sender is null ? 0 : sender.CountWithCurrent());
                if (senderCounts)
                {
                    // Delivered only once it is on disk: else a crash in between would make the sender repeat what was delivered.
                    gate = append;
                    sender!.NoteAppend(append);
                }
            }

            if (reliable is not null)
            {
                reliable.Add(sequence, new OutboundItem(stanza.Bytes, gate, row, stanza));
                _writer?.Enqueue(new OutboundItem(stanza.Bytes, gate));
                if (_writer is null && IsOverfull(reliable)) _ = Task.Run(() => _host.EndSessionAsync(this).AsTask());
                return true;
            }

            return _writer?.Enqueue(new OutboundItem(stanza.Bytes, gate, row, stanza.Kind == StanzaKind.Message && !copy ? stanza : null)) == true;
        }
    }

    public ValueTask CloseAsync(StreamError? error = null)
    {
        CloseConnection?.Invoke(error);
        return _host.EndSessionAsync(this);
    }

    /// <summary>Gets messages to its account (RFC 6121 section 8.5.2.1.1).</summary>
    internal bool TakesMessages => Presence is not null && Priority >= 0;

    /// <summary>It takes messages, but is still being handed what waited for it. Changed under <see cref="SessionTable.GateOf"/>, and set by <see cref="SetPresence"/>.</summary>
    internal bool IsCatchingUp { get; set; }

    /// <summary>How many messages were kept for the account while it was catching up. Changed under <see cref="SessionTable.GateOf"/>.</summary>
    internal int KeptMeanwhile { get; set; }

    /// <summary>True when it takes messages from now on and did not before: it has to catch up.</summary>
    internal bool SetPresence(Stanza presence)
    {
        lock (_gate)
        {
            var before = TakesMessages;
            if (!before) IsCatchingUp = true;   // before it can be seen to take any
            Presence = presence.Type is null ? presence : null;
            Priority = PriorityOf(Presence);
            SaveStream();
            if (!TakesMessages) IsCatchingUp = false;
            return TakesMessages && !before;
        }
    }

    private static int PriorityOf(Stanza? presence) => sbyte.TryParse(presence?.Element.Element("priority", Ns.Client)?.Text, out var priority) ? priority : 0;

    // Counting what came in: the stream calls it after each stanza, on its own loop.
    internal void CountHandled()
    {
        if (_reliability is { } reliable) reliable.Handled++;
    }

    /// <summary>The count once the stanza that is being handled now is done.</summary>
    internal uint CountWithCurrent()
    {
        var handled = unchecked((_reliability?.Handled ?? 0) + 1);
        _storedHandled = handled;
        return handled;
    }

    internal long? StreamKey => _reliability?.StreamKey;

    internal bool Counts => _reliability is not null;

    internal void NoteAppend(Task append) => _lastAppend = append;

    string? IReliableDelivery.Enable(TimeSpan? window)
    {
        lock (_gate)
        {
            if (window is null || IsEphemeral)
            {
                _reliability = new Reliability();
                return null;
            }

            var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
            _reliability = new Reliability { StreamKey = _log.NextId(), Token = TokenOf(id), Window = window.Value };
            SaveStream();
            _host.Sessions.AddResumable(this);
            return id;
        }
    }

    bool IReliableDelivery.Acknowledge(uint handled)
    {
        lock (_gate)
        {
            if (_reliability is not { } reliable) return false;
            reliable.AckRequested = false;
            return reliable.TryAcknowledge(handled, _log);
        }
    }

    ValueTask IReliableDelivery.AnswerDurablyAsync(Func<uint, XmppElement> answer)
    {
        if (_reliability is not { } reliable) return ValueTask.CompletedTask;
        var handled = reliable.Handled;
        var stored = HandledOnDisk(reliable);
        if (!stored.IsCompletedSuccessfully) return AfterAsync(stored);
        Answer(handled);
        return ValueTask.CompletedTask;

        async ValueTask AfterAsync(Task append)
        {
            await append.ConfigureAwait(false);
            Answer(handled);
        }

        // Two that waited may come out of it in either order.
        void Answer(uint count)
        {
            lock (_gate)
            {
                if (unchecked((int)(count - reliable.Answered)) > 0) reliable.Answered = count;
                SendElement(answer(reliable.Answered));
            }
        }
    }

    // Completes when the count so far and the effects of all that it counts are on disk.
    private Task HandledOnDisk(Reliability reliable)
    {
        if (reliable.StreamKey is { } key && _storedHandled != reliable.Handled)
        {
            _storedHandled = reliable.Handled;
            _lastAppend = _log.SaveHandled(key, reliable.Handled);
        }

        return _lastAppend;
    }

    /// <summary>True when the flush that is about to happen should ask for an acknowledgement.</summary>
    internal bool TakeAckRequest()
    {
        if (_reliability is not { AckRequested: false, Count: > 0 } reliable) return false;
        reliable.AckRequested = true;
        return true;
    }

    /// <summary>The connection is gone; with <paramref name="keep"/> the session stays where it can be resumed.</summary>
    internal Detachment Detach(Outbox writer, bool keep)
    {
        lock (_gate)
        {
            if (_writer != writer) return Detachment.CarriedByAnother;
            CloseConnection = null;
            if (_ended || !keep || _reliability?.StreamKey is null) return Detachment.MustEnd;
            _writer = null;
            writer.Session = null;
            DetachedAt = _host.Clock.GetUtcNow();
            return Detachment.Waiting;
        }
    }

    /// <summary>Puts the session on a new connection and sends again what the client has not handled.</summary>
    internal bool TryAttach(Outbox writer, uint peerHandled, Func<uint, XmppElement> resumed, EndPoint? remote)
    {
        lock (_gate)
        {
            if (_ended || _reliability is not { } reliable || !reliable.TryResume(peerHandled, _log)) return false;
            if (_writer is { } old) old.Session = null;
            _writer = writer;
            writer.Session = this;
            RemoteEndPoint = remote;
            DetachedAt = null;
            // An answer as well: the client forgets what it counts.
            reliable.Answered = reliable.Handled;
            writer.Enqueue(new OutboundItem(Utf8XmlWriter.ToBytes(resumed(reliable.Handled), Ns.Client), HandledOnDisk(reliable)));
            foreach (var (_, item) in reliable.Queue) writer.Enqueue(item with { RemoveFromLog = 0 });
            return true;
        }
    }

    /// <summary>After a restart: the session as it was, without a connection.</summary>
    internal void Restore(StreamRecord record, IReadOnlyList<LogRow> rows)
    {
        var state = SessionState.Parse(record.State);
        _notes = state.Notes;
        _reliability = new Reliability { StreamKey = record.Key, Token = record.Token, Window = record.Window, Handled = record.Handled, Answered = record.Handled };
        _storedHandled = record.Handled;
        _reliability.Restore(rows);
        Presence = state.Presence;
        Priority = PriorityOf(Presence);
        DetachedAt = _host.Clock.GetUtcNow();
        _host.Sessions.AddResumable(this);
    }

    /// <summary>Takes nothing more, while what it has taken is still on its way; <see cref="End"/> follows.</summary>
    internal void Refuse()
    {
        lock (_gate) _refusing = true;
    }

    /// <summary>Takes nothing more. Returns the messages that no log row keeps and that the client cannot have got; null when it had ended before.</summary>
    internal IReadOnlyList<Stanza>? End()
    {
        lock (_gate)
        {
            if (_ended) return null;
            _ended = true;
            List<Stanza> lost = [];
            if (_reliability is { } reliable)
            {
                lost.AddRange(reliable.Queue.Where(u => u.Item is { RemoveFromLog: 0, Origin.Kind: StanzaKind.Message }).Select(u => u.Item.Origin!));
                if (reliable.StreamKey is { } key)
                {
                    _ = _log.EndStream(key);
                    _host.Sessions.RemoveResumable(this);
                }
                else
                {
                    foreach (var (_, item) in reliable.Queue)
                        if (item.RemoveFromLog != 0)
                            _ = _log.Assign(item.RemoveFromLog, null, 0);
                }
            }
            else if (_writer is { } writer)
            {
                lost.AddRange(writer.TakeUnflushed().Where(i => i is { RemoveFromLog: 0, Origin: not null }).Select(i => i.Origin!));
            }

            _writer = null;
            return lost;
        }
    }

    internal static string TokenOf(string resumptionId) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(resumptionId)));

    private bool IsOverfull(Reliability reliable) => reliable.Count > MaxUnacknowledged || reliable.QueuedBytes > _maxQueuedBytes;

    // Under the lock.
    private void SaveStream()
    {
        // The count that was last handed to the log, so that it never goes back there.
        if (_reliability is not { StreamKey: { } key, Token: { } token } reliable) return;
        _ = _log.SaveStream(new StreamRecord(key, Jid, token, _storedHandled, reliable.Window, SessionState.Write(Presence, _notes)));
    }
}
