using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace XmppHost.Benchmarks.Tests;

/// <summary>A store of files in memory that spoils some: of every few, one is lost, one has a byte changed, one is cut.</summary>
internal sealed class FaultyStore : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, byte[]> _files = new();
    private readonly HttpListener _listener = new();
    private readonly int _loseEvery;
    private readonly int _changeEvery;
    private readonly int _cutEvery;
    private readonly Task _serving;
    private int _count;

    public FaultyStore(int loseEvery = int.MaxValue, int changeEvery = int.MaxValue, int cutEvery = int.MaxValue)
    {
        (_loseEvery, _changeEvery, _cutEvery) = (loseEvery, changeEvery, cutEvery);
        EndPoint = new IPEndPoint(IPAddress.Loopback, FreePort());
        _listener.Prefixes.Add($"http://127.0.0.1:{EndPoint.Port}/");
        _listener.Start();
        _serving = ServeAsync();
    }

    public IPEndPoint EndPoint { get; }

    public string UrlTemplate => $"http://127.0.0.1:{EndPoint.Port}/{{0}}.jpg";

    /// <summary>Files that are not as they were sent.</summary>
    public int Spoilt { get; private set; }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Close();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                await AnswerAsync(await _listener.GetContextAsync());
            }
            catch (Exception e) when (e is HttpListenerException or InvalidOperationException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var path = context.Request.RawUrl!;
        if (path.EndsWith(".refused", StringComparison.Ordinal))
        {
            context.Response.StatusCode = 403;
            context.Response.ContentLength64 = 0;
        }
        else if (context.Request.HttpMethod == "PUT")
        {
            using var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body);
            Keep(path, body.ToArray());
            context.Response.StatusCode = 201;
            context.Response.ContentLength64 = 0;
        }
        else if (_files.TryGetValue(path, out var file))
        {
            context.Response.ContentLength64 = file.Length;
            await context.Response.OutputStream.WriteAsync(file);
        }
        else
        {
            context.Response.StatusCode = 404;
            context.Response.ContentLength64 = 0;
        }

        context.Response.Close();
    }

    private void Keep(string path, byte[] file)
    {
        var number = ++_count;
        if (number % _loseEvery == 0) { Spoilt++; return; }
        if (number % _changeEvery == 0) { Spoilt++; file[number % file.Length] ^= 0x20; }
        else if (number % _cutEvery == 0) { Spoilt++; file = file[..^1]; }
        _files[path] = file;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
