using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;

namespace XmppHost.Testing;

/// <summary>A connection that is two pipes, for the server as Kestrel would hand it over, and for the client as a stream.</summary>
internal sealed class MemoryConnection
{
    private readonly Pipe _up = new();
    private readonly Pipe _down = new();

    internal MemoryConnection(IPAddress from)
    {
        Server = new DefaultConnectionContext(Guid.NewGuid().ToString("N"), new Half(_up.Reader, _down.Writer), new Half(_down.Reader, _up.Writer))
        {
            RemoteEndPoint = new IPEndPoint(from, 1024),
        };
        Client = new TwoWayStream(_down.Reader.AsStream(), _up.Writer.AsStream());
    }

    internal DefaultConnectionContext Server { get; }

    internal Stream Client { get; }

    /// <summary>Runs the server's side; when it is done the connection closes, as a socket does under Kestrel.</summary>
    internal async Task RunAsync(ConnectionHandler handler)
    {
        try
        {
            await handler.OnConnectedAsync(Server);
        }
        finally
        {
            await _down.Writer.CompleteAsync();
            await _up.Reader.CompleteAsync();
        }
    }

    private sealed record Half(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
