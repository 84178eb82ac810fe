using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace XmppHost.Plugins.HttpUpload.Check;

/// <summary>Sends requests as a client would; whatever happens is an answer.</summary>
internal sealed class HttpProbe : IDisposable
{
    private const int MaxBody = 64 << 10;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(15) }) { Timeout = Timeout.InfiniteTimeSpan };

    /// <param name="content">Null: no body.</param>
    internal Task<ProbeAnswer> SendAsync(string method, string url, byte[]? content, CancellationToken ct, params IEnumerable<(string Name, string Value)> headers) =>
        SendAsync(new Uri(url), method, content, [.. headers], redirects: method is "GET" ? 3 : 0, ct);

    public void Dispose() => _client.Dispose();

    private async Task<ProbeAnswer> SendAsync(Uri url, string method, byte[]? content, (string Name, string Value)[] headers, int redirects, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), url);
        if (content is not null) request.Content = new ByteArrayContent(content);
        foreach (var (name, value) in headers)
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content?.Headers.TryAddWithoutValidation(name, value);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
            if (redirects > 0 && (int)response.StatusCode is 301 or 302 or 303 or 307 or 308 && response.Headers.Location is { } next)
                return await SendAsync(new Uri(url, next), method, content, headers, redirects - 1, ct).ConfigureAwait(false);
            var all = response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase);
            return new ProbeAnswer((int)response.StatusCode, all, await ReadAsync(response.Content, limit.Token).ConfigureAwait(false));
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return ProbeAnswer.None(Explain(e, url));
        }
    }

    private static async Task<byte[]> ReadAsync(HttpContent content, CancellationToken ct)
    {
        var stream = await content.ReadAsStreamAsync(ct).ConfigureAwait(false);
        var buffer = new byte[MaxBody];
        var length = await stream.ReadAtLeastAsync(buffer, MaxBody, throwOnEndOfStream: false, ct).ConfigureAwait(false);
        return buffer[..length];
    }

    private static string Explain(Exception e, Uri url)
    {
        var place = $"{url.Host}:{url.Port}";
        if (e is OperationCanceledException) return $"{place} does not answer within {Patience.TotalSeconds} s: a firewall, or the wrong address?";
        if (Inner<AuthenticationException>(e) is { } tls) return TlsProblem(tls, place);
        if (Inner<SocketException>(e) is { } socket)
        {
            return socket.SocketErrorCode switch
            {
                SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => $"DNS knows no address of {url.Host}: is the name misspelt, or does a virtual-host bucket URL need addressing: \"path\"?",
                SocketError.ConnectionRefused => $"{place} refuses the connection: nothing listens there. Is the port right, does the service run?",
                _ => $"no connection to {place}: {socket.Message}",
            };
        }

        return e is HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse }
            ? $"{place} does not speak HTTP: is it {(url.Scheme == Uri.UriSchemeHttp ? "https" : "http")}, or another service's port?"
            : $"no answer from {place}: {e.GetBaseException().Message}";
    }

    private static string TlsProblem(AuthenticationException e, string place)
    {
        var text = e.GetBaseException().Message;
        if (text.Contains("NameMismatch", StringComparison.Ordinal)) return $"the certificate of {place} is for another name: clients will refuse it (a bucket with dots in its name needs addressing: \"path\")";
        if (text.Contains("UntrustedRoot", StringComparison.Ordinal) || text.Contains("PartialChain", StringComparison.Ordinal)) return $"the certificate of {place} is not signed by an authority that this machine trusts: clients will refuse it as well";
        if (text.Contains("NotTimeValid", StringComparison.Ordinal)) return $"the certificate of {place} has expired or is not valid yet";
        return $"TLS with {place} fails: {text} (does it speak plain http?)";
    }

    private static T? Inner<T>(Exception e)
        where T : Exception
    {
        for (Exception? at = e; at is not null; at = at.InnerException)
            if (at is T found)
                return found;
        return null;
    }
}
