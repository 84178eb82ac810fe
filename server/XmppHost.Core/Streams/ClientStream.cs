using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using XmppHost.Addressing;
using XmppHost.Core.Sessions;
using XmppHost.Core.Streams.Sasl;
using XmppHost.Core.VHosts;
using XmppHost.Handlers;
using XmppHost.Hosting;
using XmppHost.Stanzas;
using XmppHost.Xml;

namespace XmppHost.Core.Streams;

/// <summary>One client's stream over one connection: reads, negotiates, hands stanzas on, closes. Everything here runs on one loop, the connection's.</summary>
internal sealed class ClientStream : ISaslStream, ISessionCarrier
{
    private static readonly TimeSpan CloseGrace = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ReleaseLimit = TimeSpan.FromSeconds(10);
    private static readonly byte[] CloseTag = "</stream:stream>"u8.ToArray();

    /// <summary>The stream error of a connection whose session was resumed on another.</summary>
    internal static StreamError Replaced { get; } = StreamError.Conflict with { Text = "resumed on another connection" };

    private readonly ConnectionContext _connection;
    private readonly StreamEnvironment _env;
    private readonly bool _directTls;
    private readonly Outbox _writer;
    private readonly StanzaIntake _intake;
    private PipeReader _input;
    private XmppStreamReader _reader;
    private StreamTls? _tls;
    private RateLimit _rate;
    private VHost? _host;
    private Session? _session;
    private StopSignal _stop;
    private bool _headerSent;
    private long _loginBytes;

    internal ClientStream(ConnectionContext connection, StreamEnvironment env, bool directTls)
    {
        _connection = connection;
        _env = env;
        _directTls = directTls;
        _input = connection.Transport.Input;
        _writer = new Outbox(connection.Transport.Output, env.Limits.OutboxSize.Bytes, env.Log) { Failed = Abort, Overflows = env.Metrics.OutboxOverflows };
        _reader = new XmppStreamReader(env.LoginLimits);
        _rate = new RateLimit(env.Limits.Rate, env.Limits.Burst, env.Clock);
        _intake = new StanzaIntake(env.Router);
        OpenedAt = LastReadAt = env.Clock.GetTimestamp();
    }

    public IVHost Host => _host!;

    public bool IsSecure => _tls is not null;

    public Jid? Account { get; private set; }

    public ISession? Session => _session;

    public EndPoint? RemoteEndPoint => _connection.RemoteEndPoint;

    public ChannelBindings Bindings => _tls?.Bindings ?? ChannelBindings.None;

    public SaslAttempts Sasl { get; } = new();

    internal string ConnectionId => _connection.ConnectionId;

    internal VHost? VHost => _host;

    internal Session? BoundSession => _session;

    internal StreamTls? Tls => _tls;

    internal StreamEnvironment Environment => _env;

    internal Outbox Writer => _writer;

    internal bool IsAnonymous { get; private set; }

    internal long OpenedAt { get; }

    internal long LastReadAt { get; private set; }

    /// <summary>Set by the sweep when it asked a silent client for a sign of life.</summary>
    internal bool PingSent { get; set; }

    private StreamPhases Phase => _session is not null ? StreamPhases.Bound : Account is not null ? StreamPhases.BeforeBinding : StreamPhases.BeforeAuthentication;

    public async ValueTask<ResumeOutcome> ResumeAsync(string resumptionId, uint peerHandled, Func<uint, XmppElement> resumed, CancellationToken ct)
    {
        if (Account is null || _session is not null || _host!.Sessions.FindResumable(SessionAcks.TokenOf(resumptionId)) is not { } old || old.Jid.Bare != Account)
            return new ResumeOutcome(false);

        if (!await old.ReleaseAsync(Replaced, ReleaseLimit).ConfigureAwait(false))
        {
            await _host.EndSessionAsync(old).ConfigureAwait(false);
            return new ResumeOutcome(false);
        }

        if (!old.TryAttach(_writer, this, peerHandled, resumed, RemoteEndPoint)) return new ResumeOutcome(false, Sent: old.CanResume ? old.Reliability.Sent : null);
        _session = old;
        await _host.ResumedAsync(old).ConfigureAwait(false);
        return new ResumeOutcome(true);
    }

    public void Send(XmppElement element) => _writer.Enqueue(new OutboundItem(Utf8XmlWriter.ToBytes(element, Ns.Client, inStream: true)));

    public void Authenticated(Jid bare, bool isAnonymous)
    {
        Account = bare;
        IsAnonymous = isAnonymous;
        _host!.Metrics.LoggedIn();
        StreamLog.Authenticated(_env.Logger, ConnectionId, _host.Name, bare.ToString());
    }

    /// <summary>Called once a session was bound on this stream.</summary>
    internal void Bound(Session session)
    {
        _session = session;
        session.CarriedBy(this);
    }

    public void Stop(StreamError? error) => Stop(error, aborted: false);

    public Task LoopEndedAsync() => _stop.LoopEndedAsync();

    /// <summary>The client does not take what it is sent: no farewell, but its session may be resumed.</summary>
    private void Abort() => Stop(null, aborted: true);

    private void Stop(StreamError? error, bool aborted)
    {
        if (_stop.TryGive(error, aborted)) Volatile.Read(ref _input).CancelPendingRead();
    }

    internal async Task RunAsync(CancellationToken ct)
    {
        StreamError? error = null;
        var clean = false;
        // Whatever is logged on this stream's way, by a plugin too, can be told by the connection.
        using var scope = _env.Logger.BeginScope((KeyValuePair<string, object?>[])[KeyValuePair.Create("Conn", (object?)ConnectionId)]);
        try
        {
            if (_directTls) await StartTlsAsync(ct).ConfigureAwait(false);
            (clean, error) = await ReadLoopAsync(ct).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or ConnectionResetException or OperationCanceledException or InvalidOperationException or System.Security.Authentication.AuthenticationException)
        {
            StreamLog.ConnectionLost(_env.Logger, ConnectionId, _host?.Name, e.Message);
        }
        catch (Exception e)
        {
            error = StreamError.InternalServerError;
            StreamLog.Failed(_env.Logger, e, ConnectionId, _host?.Name);
        }

        _stop.LoopHasEnded();
        await EndAsync(clean, error).ConfigureAwait(false);
    }

    private async Task<(bool Clean, StreamError? Error)> ReadLoopAsync(CancellationToken ct)
    {
        while (true)
        {
            // Without a token: Stop wakes it, and a registration for every read costs time and memory.
            var read = await _input.ReadAsync(CancellationToken.None).ConfigureAwait(false);
            if (_stop.IsGiven) return _stop.Outcome;
            var buffer = read.Buffer;
            var before = buffer.Length;
            LastReadAt = _env.Clock.GetTimestamp();
            PingSent = false;

            var step = await ProcessAsync(buffer, ct).ConfigureAwait(false);
            if (step.Kind == StreamStepKind.Close) return (_stop.Outcome.Clean, step.Error);
            if (_stop.IsGiven) return _stop.Outcome;
            if (read.IsCompleted && step.Kind != StreamStepKind.StartTls) return (false, null);
            if (step.Kind == StreamStepKind.StartTls)
            {
                await StartTlsAsync(ct).ConfigureAwait(false);
                if (_stop.IsGiven) return _stop.Outcome;
                continue;
            }

            if (Account is null && (_loginBytes += before) > _env.Limits.LoginBytes.Bytes) return (true, StreamError.PolicyViolation with { Text = "too much data before login" });
            if (_rate.Take(before) is { Ticks: > 0 } pause) await Task.Delay(pause, _env.Clock, ct).ConfigureAwait(false);
            await _env.Log.WaitForRoomAsync(ct).ConfigureAwait(false);
        }
    }

    /// <summary>Works through what one read brought. What it sends is flushed together at the end, or before it waits for something.</summary>
    private async ValueTask<StreamStep> ProcessAsync(System.Buffers.ReadOnlySequence<byte> buffer, CancellationToken ct)
    {
        FlushScope.Enter();
        try
        {
            while (true)
            {
                var found = _reader.TryRead(ref buffer, out var item);
                if (found == XmppReadResult.NeedMore)
                {
                    _input.AdvanceTo(buffer.Start, buffer.End);
                    return StreamStep.Continue;
                }

                var handling = HandleAsync(found, item, ct);
                StreamStep step;
                if (handling.IsCompletedSuccessfully)
                {
                    step = handling.Result;
                }
                else
                {
                    FlushScope.Exit();
                    step = await handling.ConfigureAwait(false);
                    FlushScope.Enter();
                }

                if (step.Kind == StreamStepKind.Restart) RestartReader();
                if (step.Kind is StreamStepKind.Close or StreamStepKind.StartTls)
                {
                    // Exactly up to here: for STARTTLS the next byte is the ClientHello, or an injection that must fail as one.
                    _input.AdvanceTo(buffer.Start);
                    return step;
                }

                if (_stop.IsGiven)
                {
                    _input.AdvanceTo(buffer.Start);
                    return StreamStep.Close(_stop.Outcome.Error);
                }
            }
        }
        finally
        {
            FlushScope.Exit();
        }
    }

    private ValueTask<StreamStep> HandleAsync(XmppReadResult found, XmppElement? item, CancellationToken ct) => found switch
    {
        XmppReadResult.StreamOpen => ValueTask.FromResult(Open(item!)),
        XmppReadResult.Element => HandleElementAsync(item!, ct),
        XmppReadResult.StreamClose => ValueTask.FromResult(StreamStep.Close()),
        _ => ValueTask.FromResult(StreamStep.Close(StreamErrors.Of(_reader.Error))),
    };

    private ValueTask<StreamStep> HandleElementAsync(XmppElement element, CancellationToken ct)
    {
        var stanza = element.Namespace == Ns.Client && element.Name is "message" or "presence" or "iq";
        if (_session is { } session && stanza) return _intake.HandleAsync(element, session, ct);

        var ns = stanza ? element.FirstElement()?.Namespace : element.Namespace;
        foreach (var feature in _host!.Features)
            if (feature.Namespace is { } own && own == ns && feature.Phases.HasFlag(Phase) && IsLetThrough(feature))
                return feature.HandleAsync(this, element, ct);

        // RFC 6120 sections 4.9.3.12 and 4.9.3.24.
        return ValueTask.FromResult(StreamStep.Close(_session is null ? StreamError.NotAuthorized : StreamError.UnsupportedStanzaType));
    }

    private bool IsLetThrough(IStreamFeature feature) => IsSecure || !_host!.Auth.RequireTls || feature.Namespace is Ns.Tls or Ns.Sasl;

    private StreamStep Open(XmppElement header)
    {
        var (host, error) = StreamOpening.Check(header, _reader.DefaultNamespace, _env.Hosts, _host, Account);
        _host ??= host;
        SendHeader(header.Attribute("from"));
        if (error is not null) return StreamStep.Close(error);
        var features = new XmppElement("features", Ns.Streams)
            .Add(_host!.Features.Where(IsLetThrough).Select(f => f.Advertise(this)).OfType<XmppElement>());
        Send(features);
        return StreamStep.Continue;
    }

    private void SendHeader(string? to)
    {
        _writer.Enqueue(new OutboundItem(StreamOpening.Write(_host, to)));
        _headerSent = true;
    }

    private void RestartReader()
    {
        // After SASL and TLS a stream starts anew; logged in, it may send larger stanzas.
        _reader = new XmppStreamReader(Account is null ? _env.LoginLimits : _env.SessionLimits);
        _headerSent = false;
    }

    private async Task StartTlsAsync(CancellationToken ct)
    {
        await _writer.DrainAsync().ConfigureAwait(false);
        _tls = await StreamTls.AcceptAsync(_connection.Transport, _env.Tls, _host?.Name, _directTls, _env.Limits.LoginTimeout, ct).ConfigureAwait(false);
        Interlocked.Exchange(ref _input, _tls.Input);
        _writer.SwitchTo(_tls.Output);
        RestartReader();
    }

    private async Task EndAsync(bool clean, StreamError? error)
    {
        // RFC 6120 section 4.4: closing the stream ends the session. A server that goes down is no farewell: clients may resume with the next one, or have already.
        var keep = !clean || error == StreamError.SystemShutdown || error == StreamError.ConnectionTimeout || error == Replaced;
        if (clean)
        {
            // No client looks at what comes after the closing tag: from here on it must go another way.
            if (_session is { } closing && !(keep && closing.CanResume)) closing.Refuse(_writer);
            if (!_headerSent) SendHeader(null);
            if (error is not null)
            {
                Send(error.ToElement());
                StreamLog.StreamError(_env.Logger, ConnectionId, _host?.Name, error.Condition, error.Text);
            }

            _writer.Enqueue(new OutboundItem(CloseTag));
            await Task.WhenAny(_writer.DrainAsync(), Task.Delay(CloseGrace, _env.Clock)).ConfigureAwait(false);
        }

        if (_session is { } session)
        {
            switch (session.Detach(_writer, keep))
            {
                case Detachment.Waiting:
                    await session.VHost.DetachedAsync(session).ConfigureAwait(false);
                    break;
                case Detachment.MustEnd:
                    await session.VHost.EndSessionAsync(session).ConfigureAwait(false);
                    break;
            }
        }

        if (clean) await WaitForPeerAsync().ConfigureAwait(false);
        _writer.Close();
        if (_tls is not null) await _tls.DisposeAsync().ConfigureAwait(false);
        StreamLog.Ended(_env.Logger, ConnectionId, _host?.Name);
    }

    /// <summary>RFC 6120 section 4.4: the peer closes too, or runs out of grace.</summary>
    private async Task WaitForPeerAsync()
    {
        try
        {
            using var grace = new CancellationTokenSource(CloseGrace, _env.Clock);
            while (await _input.ReadAsync(grace.Token).ConfigureAwait(false) is { IsCompleted: false } read) _input.AdvanceTo(read.Buffer.End);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or InvalidOperationException)
        {
            // It did not: the connection is closed under it.
        }
    }
}
