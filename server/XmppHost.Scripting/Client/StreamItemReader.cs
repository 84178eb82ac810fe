using System.Buffers;
using XmppHost.Xml;

namespace XmppHost.Scripting;

/// <summary>
/// Pulls items from the connection, only when asked: so a client that does not read exerts back pressure, and nothing is read past
/// <c>&lt;proceed/&gt;</c> before TLS takes over. A read that outlives its waiter's time is kept and awaited by the next one.
/// </summary>
internal sealed class StreamItemReader(XmlLimits limits)
{
    private readonly XmppStreamReader _reader = new(limits);
    private Stream _stream = Stream.Null;
    private byte[] _buffer = new byte[16 * 1024];
    private int _start, _end;
    private Task<int>? _pending;
    private StreamItem? _over;

    /// <summary>Bytes that were received and not looked at yet.</summary>
    public int Buffered => _end - _start;

    public void Attach(Stream stream)
    {
        _stream = stream;
        _start = _end = 0;
        _pending = null;
        _over = null;
        _reader.Reset();
    }

    public async ValueTask<StreamItem> ReadAsync(CancellationToken ct)
    {
        while (_over is null)
        {
            if (TryRead(out var item)) return item;
            try
            {
                _pending ??= _stream.ReadAsync(FreeSpace(), CancellationToken.None).AsTask();
                var count = await _pending.WaitAsync(ct).ConfigureAwait(false);
                _pending = null;
                _end += count;
                if (count == 0) _over = new StreamItem(StreamItemKind.ConnectionClosed);
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                _over = new StreamItem(StreamItemKind.ConnectionClosed, Detail: e.Message);
            }
        }

        return _over.Value;
    }

    private bool TryRead(out StreamItem item)
    {
        item = default;
        if (_start == _end) return false;
        var bytes = new ReadOnlySequence<byte>(_buffer, _start, _end - _start);
        var result = _reader.TryRead(ref bytes, out var element);
        _start = _end - (int)bytes.Length;
        item = result switch
        {
            XmppReadResult.Element => new StreamItem(StreamItemKind.Element, element),
            XmppReadResult.StreamOpen => new StreamItem(StreamItemKind.StreamOpen, element),
            XmppReadResult.StreamClose => new StreamItem(StreamItemKind.StreamClose),
            XmppReadResult.Error => new StreamItem(StreamItemKind.Unreadable, Detail: _reader.Error.ToString()),
            _ => default,
        };
        if (result == XmppReadResult.Error) _over = item;

        // RFC 6120 section 6.4.6: after <success/> the server's next word is a new stream header.
        if (element?.Is("success", "urn:ietf:params:xml:ns:xmpp-sasl") == true) _reader.Reset();
        return result != XmppReadResult.NeedMore;
    }

    private Memory<byte> FreeSpace()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start.._end).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
        return _buffer.AsMemory(_end);
    }
}
