using Microsoft.AspNetCore.Connections;

namespace XmppHost.Core.Streams;

/// <summary>Clients over TCP: STARTTLS on one kind of port, direct TLS (XEP-0368) on the other.</summary>
internal sealed class C2sConnectionHandler(XmppServer server, bool directTls) : ConnectionHandler
{
    public override Task OnConnectedAsync(ConnectionContext connection) => server.RunAsync(connection, directTls);
}
