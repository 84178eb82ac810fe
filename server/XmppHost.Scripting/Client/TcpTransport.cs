using System.Net.Sockets;

namespace XmppHost.Scripting;

/// <summary>TCP. Without an address the domain itself is asked, on the registered ports; SRV records are not looked up.</summary>
/// <param name="Server">Where STARTTLS and plain streams connect to, for every domain.</param>
/// <param name="DirectTls">Where streams that begin with TLS connect to, for every domain; by default port 5223 of the same host.</param>
public sealed record TcpTransport(ServerAddress? Server = null, ServerAddress? DirectTls = null) : IScriptTransport
{
    public async ValueTask<Stream> ConnectAsync(ConnectTarget target, CancellationToken ct)
    {
        var address = target.DirectTls
            ? DirectTls ?? new ServerAddress(Server?.Host ?? target.Domain, ServerAddress.DirectTlsPort)
            : Server ?? new ServerAddress(target.Domain, ServerAddress.ClientPort);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address.Host, address.Port, ct).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (Exception e)
        {
            socket.Dispose();
            if (e is SocketException) throw new ScriptedClientException($"cannot connect to {address}: {e.Message}", inner: e);
            throw;
        }
    }
}
