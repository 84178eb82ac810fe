using System.Buffers;
using System.Net.Sockets;

namespace XmppHost.Benchmarks.Load.Net;

/// <summary>One client connection of an <see cref="EventLoop"/>. Holds no buffer while nothing is half read or half sent.</summary>
internal sealed class Connection(EventLoop loop, Socket socket, IElementSink sink) : IEventSource, IDisposable
{
    private ITransport _transport = new PlainTransport(socket);
    private TlsTransport? _handshake;
    private byte[]? _carry;
    private int _carried;
    private byte[]? _output;
    private int _written;
    private int _sent;
    private bool _isDirty;
    private bool _isBlocked;

    public IElementSink Sink { get; set; } = sink;

    public bool IsClosed { get; private set; }

    public int Slot { get; set; }

    public int Descriptor { get; } = (int)socket.Handle;

    /// <summary>Room for <paramref name="size"/> bytes that leave with this turn of the loop; <see cref="Commit"/> says how many there are.</summary>
    public Span<byte> Reserve(int size)
    {
        _output ??= ArrayPool<byte>.Shared.Rent(Math.Max(size, 4096));
        if (_output.Length - _written < size) Grow(size);
        return _output.AsSpan(_written);
    }

    public void Commit(int size)
    {
        _written += size;
        if (_isDirty || _isBlocked) return;
        _isDirty = true;
        loop.MarkDirty(this);
    }

    public void Send(ReadOnlySpan<byte> bytes)
    {
        if (IsClosed) return;
        bytes.CopyTo(Reserve(bytes.Length));
        Commit(bytes.Length);
    }

    public void StartTls(TlsContext tls)
    {
        _handshake = tls.Open(Descriptor);
        ContinueHandshake();
    }

    /// <summary>Closes at once, with a reset, so that thousands of logins leave no sockets in TIME_WAIT.</summary>
    public void Close(string? reason = null)
    {
        if (IsClosed) return;
        Flush();
        if (IsClosed) return;
        Drop(reason);
    }

    public void Dispose() => Close();

    public void OnReady(byte[] shared)
    {
        if (_handshake is not null) ContinueHandshake();
        else if (ReadAll(shared) && _isBlocked) Flush();
    }

    internal void Flush()
    {
        _isDirty = false;
        if (_handshake is not null) return;   // queued bytes wait for the handshake
        while (!IsClosed && _sent < _written)
        {
            var count = _transport.Send(_output.AsSpan(_sent, _written - _sent));
            if (count < 0) Drop("the server closed the connection while it was written to");
            else if (count == 0) { Block(true); return; }
            else _sent += count;
        }

        ReleaseOutput();
        if (_isBlocked && !IsClosed) Block(false);
    }

    private bool ReadAll(byte[] shared)
    {
        while (!IsClosed && _handshake is null)
        {
            var carried = TakeCarry(shared);
            var count = _transport.Receive(shared.AsSpan(carried));
            if (count < 0) { Drop("the server closed the connection"); return false; }
            if (!Consume(shared.AsSpan(0, carried + count))) return false;
            if (count < shared.Length - carried && (count == 0 || _transport is PlainTransport)) break;   // OpenSSL may hold more than epoll sees
        }

        return !IsClosed;
    }

    private bool Consume(ReadOnlySpan<byte> data)
    {
        while (!IsClosed && data.Length > 0 && _handshake is null)
        {
            var length = ElementScanner.Next(data, out var kind, out var start);
            if (kind == ElementKind.Incomplete) break;
            Sink.OnElement(this, kind, data[start..length]);
            data = data[length..];
        }

        return !IsClosed && KeepCarry(data);
    }

    private bool KeepCarry(ReadOnlySpan<byte> rest)
    {
        if (rest.IsEmpty) return true;
        if (rest.Length > EventLoop.SharedBufferSize / 2) { Drop("one element exceeds the reading buffer"); return false; }
        _carry = ArrayPool<byte>.Shared.Rent(rest.Length);
        rest.CopyTo(_carry);
        _carried = rest.Length;
        return true;
    }

    private int TakeCarry(byte[] shared)
    {
        if (_carry is null) return 0;
        _carry.AsSpan(0, _carried).CopyTo(shared);
        ArrayPool<byte>.Shared.Return(_carry);
        _carry = null;
        return _carried;
    }

    private void ContinueHandshake()
    {
        var done = _handshake!.TryHandshake();
        if (done is null) { Drop("the TLS handshake failed"); return; }
        if (done is false) return;
        _transport = _handshake!;
        _handshake = null;
        Sink.OnSecured(this);
    }

    private void Block(bool blocked)
    {
        if (_isBlocked == blocked) return;
        _isBlocked = blocked;
        loop.Watch(this, blocked);
    }

    private void Grow(int size)
    {
        var larger = ArrayPool<byte>.Shared.Rent(_written - _sent + Math.Max(size, _written - _sent));
        _output.AsSpan(_sent, _written - _sent).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_output!);
        _output = larger;
        _written -= _sent;
        _sent = 0;
    }

    private void ReleaseOutput()
    {
        if (_output is not null) ArrayPool<byte>.Shared.Return(_output);
        _output = null;
        _written = _sent = 0;
    }

    private void Drop(string? reason)
    {
        IsClosed = true;
        loop.Forget(this);
        _handshake?.Dispose();
        _transport.Dispose();
        socket.LingerState = new LingerOption(true, 0);
        socket.Dispose();
        ReleaseOutput();
        if (_carry is not null) ArrayPool<byte>.Shared.Return(_carry);
        _carry = null;
        Sink.OnClosed(this, reason);
    }
}
