using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace XmppHost.Testing.Services;

/// <summary>TLS in front of a service that speaks plain TCP: ciphertext in, the same bytes out. The service sees the client's own Host header.</summary>
public sealed class TlsFront : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly X509Certificate2 _certificate;
    private readonly int _targetPort;
    private readonly Task _accepting;

    public TlsFront(X509Certificate2 certificate, int targetPort)
    {
        _certificate = certificate;
        _targetPort = targetPort;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using var target = new TcpClient();
            using (client)
            {
                await using var tls = new SslStream(client.GetStream());
                await tls.AuthenticateAsServerAsync(_certificate);
                await target.ConnectAsync(IPAddress.Loopback, _targetPort, _stop.Token);
                var stream = target.GetStream();
                await Task.WhenAll(RelayAsync(tls, stream, () => Close(target)), RelayAsync(stream, tls, tls.ShutdownAsync));
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
        {
            // One of the two has gone; the other learns it from its closed connection.
        }
    }

    private async Task RelayAsync(Stream from, Stream to, Func<Task> ended)
    {
        await from.CopyToAsync(to, _stop.Token);
        await ended();
    }

    private static Task Close(TcpClient target)
    {
        target.Client.Shutdown(SocketShutdown.Send);
        return Task.CompletedTask;
    }
}
