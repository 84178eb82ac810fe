using XmppHost.Benchmarks.Load.Net;

namespace XmppHost.Benchmarks.Load.Modes;

/// <summary>Ends sessions as a client does, with a stream close on both sides.</summary>
internal sealed class SessionCloser : IElementSink
{
    private int _open;

    public static void CloseAll(EventLoop loop, IEnumerable<Connection> connections)
    {
        var closer = new SessionCloser();
        foreach (var connection in connections.Where(c => !c.IsClosed))
        {
            closer._open++;
            connection.Sink = closer;
            connection.Send("</stream:stream>"u8);
        }

        loop.RunUntil(() => closer._open == 0, TimeSpan.FromSeconds(10));
    }

    public void OnElement(Connection connection, ElementKind kind, ReadOnlySpan<byte> xml)
    {
        if (kind == ElementKind.StreamClose) connection.Close();
    }

    public void OnClosed(Connection connection, string? reason) => _open--;
}
