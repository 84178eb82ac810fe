using System.Text;

namespace XmppHost.Benchmarks.Load.Http;

/// <summary>Takes one answer in, in any pieces, and compares its body with the file it has to be.</summary>
internal sealed class ResponseReader
{
    private const int MaxHead = 16 * 1024;

    private readonly byte[] _headBytes = new byte[MaxHead];
    private int _headLength;
    private HttpExchange _exchange = null!;
    private ResponseHead? _head;
    private long _received;
    private string? _difference;

    /// <summary>The whole answer is in.</summary>
    public bool IsComplete { get; private set; }

    public bool KeepsAlive => _head is { KeepsAlive: true };

    /// <summary>Why the answer is not the right one; null where it is.</summary>
    public string? Problem
    {
        get
        {
            if (_head is not { } head) return $"{_exchange.Name}: no answer";
            if (!_exchange.Accepts(head.Status)) return $"{_exchange.Name}: status {head.Status}";
            if (_difference is not null) return $"{_exchange.Name}: {_difference}";
            return _exchange.ExpectedBytes is { } expected && _received != expected ? $"{_exchange.Name}: {_received} bytes instead of {expected}" : null;
        }
    }

    public void Begin(HttpExchange exchange)
    {
        _exchange = exchange;
        _head = null;
        _headLength = 0;
        _received = 0;
        _difference = null;
        IsComplete = false;
    }

    public void Take(ReadOnlySpan<byte> bytes)
    {
        while (_head is null && !bytes.IsEmpty) bytes = TakeHead(bytes);
        if (_head is null) return;
        TakeBody(bytes);
        IsComplete = _received >= _head.Value.Length;
    }

    /// <summary>The connection has ended; true where that is how the answer ends.</summary>
    public bool End() => IsComplete = _head is { Length: null };

    // Returns what comes after the head.
    private ReadOnlySpan<byte> TakeHead(ReadOnlySpan<byte> bytes)
    {
        var taken = Math.Min(bytes.Length, MaxHead - _headLength);
        if (taken == 0) throw new InvalidDataException("The head of an answer is too long.");
        var before = _headLength;
        bytes[..taken].CopyTo(_headBytes.AsSpan(before));
        _headLength += taken;
        var end = _headBytes.AsSpan(0, _headLength).IndexOf("\r\n\r\n"u8);
        if (end < 0) return bytes[taken..];
        var head = ResponseHead.Parse(_headBytes.AsSpan(0, end));
        _headLength = 0;
        if (head.Status >= 200) _head = head;   // RFC 9110 section 15.2: others come before the answer
        return bytes[(end + 4 - before)..];
    }

    private void TakeBody(ReadOnlySpan<byte> bytes)
    {
        if (_exchange.ExpectedBytes is not null && _exchange.Accepts(_head!.Value.Status) && _difference is null && !FilePattern.Matches(_exchange.File, _received, bytes))
            _difference = $"other content than was stored, within {bytes.Length} bytes from byte {_received} on: {Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, 40)])}";
        _received += bytes.Length;
    }
}
