using System.Net;
using XmppHost.Plugins.HttpUpload.Slots;
using XmppHost.Storage;

namespace XmppHost.Plugins.HttpUpload.Backends;

/// <summary>Any service that verifies what <see cref="ExternalSigner"/> signs. Slots cost no request; what became of them is asked by HEAD, and files go by Metronome's DELETE where the service has it.</summary>
/// <param name="signer">Makes the URLs.</param>
/// <param name="deleteSecret">What DELETE is signed with beside the path; null where the service has no DELETE.</param>
/// <param name="settleAfter">When it is looked whether a file came, where slots have no end of their own.</param>
/// <param name="time">The clock.</param>
internal sealed class ExternalUploadBackend(ExternalSigner signer, string? deleteSecret, TimeSpan settleAfter, TimeProvider time) : IUploadBackend, IDisposable
{
    private const int DeletedAtOnce = 4;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(10), PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        Timeout = System.Threading.Timeout.InfiniteTimeSpan,
    };

    public string Name => "external";

    public bool CanDelete => deleteSecret is not null;

    public string? KeyOf(Uri url) => signer.KeyOf(url);

    public string GetUrl(string key) => signer.GetUrl(key);

    public ValueTask<UploadSlot> CreateSlotAsync(FileRequest file, CancellationToken ct)
    {
        var slot = signer.Sign(file);
        return ValueTask.FromResult(slot.Ends is null ? slot with { Ends = time.GetUtcNow() + settleAfter } : slot);
    }

    public async ValueTask<bool?> ExistsAsync(UploadEntry entry, CancellationToken ct)
    {
        using var response = await SendAsync(HttpMethod.Head, GetUrl(entry.Key), ct).ConfigureAwait(false);
        return response.StatusCode switch
        {
            >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices => true,
            HttpStatusCode.NotFound or HttpStatusCode.Gone => false,

            // It does not answer now, or holds the file back: to be asked again.
            HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError and not HttpStatusCode.NotImplemented => throw Unexpected(response, "HEAD"),
            _ => null,
        };
    }

    public async ValueTask<IReadOnlyList<string>> DeleteAsync(IReadOnlyList<UploadEntry> entries, CancellationToken ct)
    {
        if (deleteSecret is null) return [];
        var gone = new System.Collections.Concurrent.ConcurrentBag<string>();
        await Parallel.ForEachAsync(entries, new ParallelOptions { MaxDegreeOfParallelism = DeletedAtOnce, CancellationToken = ct }, async (entry, token) =>
        {
            if (await IsGoneAsync(entry.Key, token).ConfigureAwait(false)) gone.Add(entry.Key);
        }).ConfigureAwait(false);
        return [.. gone];
    }

    public async ValueTask<Stream> OpenAsync(UploadEntry entry, CancellationToken ct) => await _http.GetStreamAsync(new Uri(GetUrl(entry.Key)), ct).ConfigureAwait(false);

    public void Dispose() => _http.Dispose();

    /// <summary>Also when it was not there to begin with.</summary>
    private async ValueTask<bool> IsGoneAsync(string key, CancellationToken ct)
    {
        using var response = await SendAsync(HttpMethod.Delete, signer.DeleteUrl(key, deleteSecret!), ct).ConfigureAwait(false);
        return response.IsSuccessStatusCode || response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string url, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, new Uri(url));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Timeout);
        try
        {
            return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new HttpRequestException($"{method} {new Uri(url).GetLeftPart(UriPartial.Path)}: no answer after {Timeout.TotalSeconds} s");
        }
    }

    private static HttpRequestException Unexpected(HttpResponseMessage response, string method) =>
        new($"{method} {response.RequestMessage!.RequestUri!.GetLeftPart(UriPartial.Path)}: {(int)response.StatusCode}", null, response.StatusCode);
}
