using System.Net;

namespace XmppHost.Benchmarks.Peers;

/// <summary>A server under measurement. Disposing stops it and removes its folder.</summary>
internal sealed class RunningPeer(ServerProcess process, PeerFolder folder) : IAsyncDisposable
{
    public int Pid => process.Id;

    /// <summary>Plain TCP and STARTTLS.</summary>
    public required IPEndPoint Clients { get; init; }

    /// <summary>TLS from the first byte (XEP-0368).</summary>
    public required IPEndPoint DirectTls { get; init; }

    public required string UploadService { get; init; }

    public required IPEndPoint Http { get; init; }

    public required IPEndPoint Https { get; init; }

    /// <summary>Where files are put without slots; null where slots are asked for.</summary>
    public string? UrlTemplate { get; init; }

    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        folder.Dispose();
    }
}
