namespace XmppHost.Benchmarks.Load.Net;

/// <summary>Bytes over a non-blocking socket.</summary>
internal interface ITransport : IDisposable
{
    /// <summary>Bytes read, 0 where there is nothing yet, -1 where the stream has ended.</summary>
    int Receive(Span<byte> buffer);

    /// <summary>Bytes taken, 0 where the socket is full, -1 where the stream has ended.</summary>
    int Send(ReadOnlySpan<byte> bytes);
}
