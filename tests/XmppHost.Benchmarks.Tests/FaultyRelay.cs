using System.Net;
using System.Net.Sockets;

namespace XmppHost.Benchmarks.Tests;

/// <summary>Stands between clients and a server, and spoils what the server delivers: drops each message whose count is a multiple of one number, doubles those of another.</summary>
internal sealed class FaultyRelay : IAsyncDisposable
{
    private static readonly byte[] MessageEnd = "</message>"u8.ToArray();

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly IPEndPoint _server;
    private readonly int _dropEvery;
    private readonly int _doubleEvery;
    private readonly Task _accepting;
    private int _messages;
    private int _dropped;
    private int _doubled;

    public FaultyRelay(IPEndPoint server, int dropEvery, int doubleEvery)
    {
        _server = server;
        _dropEvery = dropEvery;
        _doubleEvery = doubleEvery;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndpoint;

    public int Messages => _messages;

    public int Dropped => _dropped;

    public int Doubled => _doubled;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> pumps = [];
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_stop.Token);
                var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await server.ConnectAsync(_server, _stop.Token);
                pumps.Add(PumpAsync(client, server, spoil: false));
                pumps.Add(PumpAsync(server, client, spoil: true));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(pumps);
        }
    }

    private async Task PumpAsync(Socket from, Socket to, bool spoil)
    {
        var buffer = new byte[64 * 1024];
        var held = 0;
        try
        {
            while (await from.ReceiveAsync(buffer.AsMemory(held), _stop.Token) is > 0 and var count)
            {
                var all = buffer.AsSpan(0, held + count).ToArray();
                var whole = spoil ? WholeMessages(all) : all.Length;
                await to.SendAsync(spoil ? Spoil(all[..whole]) : all, _stop.Token);
                held = all.Length - whole;
                all.AsSpan(whole).CopyTo(buffer);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // one side is gone
        }

        from.Dispose();
        to.Dispose();
    }

    private static int WholeMessages(byte[] data)
    {
        var lastStart = data.AsSpan().LastIndexOf("<message"u8);
        return lastStart < 0 || data.AsSpan(lastStart).IndexOf(MessageEnd) >= 0 ? data.Length : lastStart;
    }

    private byte[] Spoil(byte[] data)
    {
        List<byte> kept = [];
        var rest = data.AsSpan();
        while (rest.IndexOf("<message"u8) is >= 0 and var start)
        {
            kept.AddRange(rest[..start]);
            var end = start + rest[start..].IndexOf(MessageEnd) + MessageEnd.Length;
            var copies = Copies(Interlocked.Increment(ref _messages));
            for (var i = 0; i < copies; i++) kept.AddRange(rest[start..end]);
            rest = rest[end..];
        }

        kept.AddRange(rest);
        return [.. kept];
    }

    private int Copies(int number)
    {
        if (number % _dropEvery == 0)
        {
            Interlocked.Increment(ref _dropped);
            return 0;
        }

        if (number % _doubleEvery != 0) return 1;
        Interlocked.Increment(ref _doubled);
        return 2;
    }
}
