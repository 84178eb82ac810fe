using System.Net.Sockets;

namespace XmppHost.Benchmarks.Load.Net;

internal sealed class PlainTransport(Socket socket) : ITransport
{
    public int Receive(Span<byte> buffer)
    {
        var count = socket.Receive(buffer, SocketFlags.None, out var error);
        return error switch
        {
            SocketError.Success when count > 0 => count,
            SocketError.WouldBlock => 0,
            _ => -1,
        };
    }

    public int Send(ReadOnlySpan<byte> bytes)
    {
        var count = socket.Send(bytes, SocketFlags.None, out var error);
        return error switch
        {
            SocketError.Success => count,
            SocketError.WouldBlock => 0,
            _ => -1,
        };
    }

    public void Dispose()
    {
    }
}
