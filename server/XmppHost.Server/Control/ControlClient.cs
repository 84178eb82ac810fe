using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Serialization.Metadata;
using XmppHost.Administration;

namespace XmppHost.Server.Control;

/// <summary>Hands a command to the server that runs on the same data folder.</summary>
internal static class ControlClient
{
    /// <summary>The server's reply; null when no server answers at the socket.</summary>
    internal static Task<UserReply?> TryExecuteAsync(string socketPath, UserRequest request, CancellationToken ct) =>
        TryPostAsync(socketPath, "user", request, ControlJson.Default.UserRequest, ControlJson.Default.UserReply, ct);

    /// <summary>The same for a plugin's command.</summary>
    internal static Task<AdminReply?> TryExecuteAsync(string socketPath, AdminRequest request, CancellationToken ct) =>
        TryPostAsync(socketPath, "command", request, ControlJson.Default.AdminRequest, ControlJson.Default.AdminReply, ct);

    private static async Task<TReply?> TryPostAsync<TRequest, TReply>(
        string socketPath, string path, TRequest request, JsonTypeInfo<TRequest> requestType, JsonTypeInfo<TReply> replyType, CancellationToken ct)
        where TReply : class
    {
        if (!File.Exists(socketPath)) return null;
        using var handler = new SocketsHttpHandler { ConnectCallback = (_, token) => ConnectAsync(socketPath, token) };
        // A command takes the time that it takes; Ctrl-C ends it.
        using var client = new HttpClient(handler) { BaseAddress = new Uri("http://control/"), Timeout = Timeout.InfiniteTimeSpan };
        try
        {
            using var response = await client.PostAsJsonAsync(path, request, requestType, ct).ConfigureAwait(false);
            return response.IsSuccessStatusCode
                ? await response.Content.ReadFromJsonAsync(replyType, ct).ConfigureAwait(false)
                : throw new Refusal($"the running server answered {(int)response.StatusCode}: is it of another version?");
        }
        catch (HttpRequestException e) when (e.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused })
        {
            return null;
        }
        catch (HttpRequestException e)
        {
            throw new Refusal($"the running server cannot be reached at {socketPath}: {e.InnerException?.Message ?? e.Message}");
        }
    }

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken ct)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), ct).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
