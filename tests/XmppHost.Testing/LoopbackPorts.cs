using System.Net;
using System.Net.Sockets;

namespace XmppHost.Testing;

/// <summary>Finds ports for servers that must be told theirs, or that keep them over a restart.</summary>
public static class LoopbackPorts
{
    // Below the range from which the kernel gives ports to outgoing connections, which would take one between a kill and a restart.
    private const int First = 20_000;
    private const int End = 32_000;

    public static int[] Take(int count)
    {
        var ports = new HashSet<int>();
        while (ports.Count < count)
        {
            var port = Random.Shared.Next(First, End);
            if (IsFree(port)) ports.Add(port);
        }
        return [.. ports];
    }

    public static async Task<bool> AnswersAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
