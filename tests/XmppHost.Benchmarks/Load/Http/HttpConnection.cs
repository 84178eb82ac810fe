using System.Net.Sockets;
using XmppHost.Benchmarks.Load.Net;

namespace XmppHost.Benchmarks.Load.Http;

/// <summary>One HTTP/1.1 connection with one request under way at a time. Bodies are sent straight from the pattern, and compared where they are read.</summary>
/// <param name="loop">Turns it.</param>
/// <param name="socket">Connected.</param>
/// <param name="tls">Null for plain HTTP.</param>
/// <param name="done">Told of every exchange's end, with what was wrong with it.</param>
internal sealed class HttpConnection(EventLoop loop, Socket socket, TlsContext? tls, Action<HttpConnection, HttpExchange, string?> done) : IEventSource
{
    // Head and first bytes leave in one call: a small file is one packet, as any client's would be.
    private const int LeadSize = 32 * 1024;

    // Others of the same loop want their turn.
    private const int MaxReads = 8;

    private readonly ResponseReader _response = new();
    private readonly byte[] _lead = new byte[LeadSize];
    private ITransport _transport = new PlainTransport(socket);
    private TlsTransport? _handshake;
    private HttpExchange? _exchange;
    private int _leadLength;
    private int _leadSent;
    private long _bodySent;
    private bool _isBlocked;

    public int Slot { get; set; }

    public int Descriptor { get; } = (int)socket.Handle;

    public bool IsClosed { get; private set; }

    /// <summary>When the exchange began that is under way.</summary>
    public long StartedAt { get; set; }

    public void Open()
    {
        loop.Add(this);
        if (tls is null) return;
        _handshake = tls.Open(Descriptor);
        ContinueHandshake();
    }

    public void Start(HttpExchange exchange)
    {
        _exchange = exchange;
        _response.Begin(exchange);
        exchange.Head.CopyTo(_lead, 0);
        var first = FilePattern.At(exchange.File, 0, Math.Min(exchange.SentBytes, LeadSize - exchange.Head.Length));
        first.CopyTo(_lead.AsSpan(exchange.Head.Length));
        _leadLength = exchange.Head.Length + first.Length;
        _leadSent = 0;
        _bodySent = first.Length;
        if (_handshake is null) Send();
    }

    public void OnReady(byte[] shared)
    {
        if (_handshake is not null)
        {
            ContinueHandshake();
            return;
        }

        try
        {
            Receive(shared);
        }
        catch (InvalidDataException e)
        {
            Close(e.Message);
        }

        if (_isBlocked && !IsClosed) Send();
    }

    public void Close(string? reason = null)
    {
        if (IsClosed) return;
        IsClosed = true;
        loop.Forget(this);
        _handshake?.Dispose();
        _transport.Dispose();
        socket.LingerState = new LingerOption(true, 0);
        socket.Dispose();
        Finish(reason);
    }

    private void Receive(byte[] shared)
    {
        for (var reads = 0; reads < MaxReads && !IsClosed; reads++)
        {
            var count = _transport.Receive(shared);
            if (count == 0) return;
            if (count < 0) OnEnded();
            else if (_exchange is null) Close("bytes came that nobody had asked for");
            else Take(shared.AsSpan(0, count));
            if (count < shared.Length && _transport is PlainTransport) return;   // OpenSSL may hold more than epoll sees
        }
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        _response.Take(bytes);
        if (!_response.IsComplete) return;
        var hasSentAll = _leadSent == _leadLength && _bodySent == _exchange!.SentBytes;
        if (_response.KeepsAlive && hasSentAll) Finish(_response.Problem);
        else Close(_response.Problem ?? (hasSentAll ? null : $"{_exchange!.Name}: answered before it was sent"));
    }

    private void OnEnded() => Close(_exchange is null || _response.End() ? (_exchange is null ? null : _response.Problem) : $"{_exchange.Name}: the server closed the connection");

    private void Finish(string? problem)
    {
        if (_exchange is not { } exchange) return;
        _exchange = null;
        done(this, exchange, problem);
    }

    private void Send()
    {
        while (NextToSend() is { IsEmpty: false } next)
        {
            var count = _transport.Send(next);
            if (count < 0)
            {
                Close($"{_exchange!.Name}: the server closed the connection while it was written to");
                return;
            }

            if (count == 0)
            {
                Block(true);
                return;
            }

            if (_leadSent < _leadLength) _leadSent += count;
            else _bodySent += count;
        }

        Block(false);
    }

    private ReadOnlySpan<byte> NextToSend()
    {
        if (_exchange is null) return [];
        return _leadSent < _leadLength ? _lead.AsSpan(_leadSent, _leadLength - _leadSent) : FilePattern.At(_exchange.File, _bodySent, _exchange.SentBytes - _bodySent);
    }

    private void ContinueHandshake()
    {
        var isDone = _handshake!.TryHandshake();
        if (isDone is null) Close("the TLS handshake failed");
        if (isDone is not true) return;
        _transport = _handshake!;
        _handshake = null;
        Send();
    }

    private void Block(bool blocked)
    {
        if (_isBlocked == blocked) return;
        _isBlocked = blocked;
        loop.Watch(this, blocked);
    }
}
