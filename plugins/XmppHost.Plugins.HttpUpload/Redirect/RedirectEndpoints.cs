using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using XmppHost.Hosting;
using XmppHost.Plugins.HttpUpload.Backends;
using XmppHost.Storage;

namespace XmppHost.Plugins.HttpUpload.Redirect;

/// <summary>
/// Downloads from a private bucket: a URL that stays the same redirects to one that is signed for a while. Only for files that the ledger knows and that may be served, so that nobody gets a
/// signature for anything else in the bucket.
/// </summary>
internal sealed class RedirectEndpoints(IVHost host, S3Access access, IUploadLedger ledger, Lazy<IEnumerable<IUploadObserver>> observers) : IHttpEndpoints, IVHostService
{
    // What a browser may show in place: all else, and what was uploaded without a type, is a download there.
    private static readonly string[] Shown = ["image/jpeg", "image/png", "image/gif", "image/webp", "image/avif", "image/heic", "video/", "audio/", "text/plain"];

    private readonly string _label = RedirectPath.Label(host);

    public void Map(IEndpointRouteBuilder routes)
    {
        var pattern = $"/download/{_label}/{{**path}}";
        routes.MapMethods(pattern, ["GET", "HEAD"], HandleAsync);
        routes.MapMethods(pattern, ["OPTIONS"], context =>
        {
            AllowCrossOrigin(context.Response);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        });
    }

    public ValueTask StartAsync(CancellationToken ct)
    {
        _ = RedirectPath.BaseUrl(host);
        return ValueTask.CompletedTask;
    }

    public ValueTask StopAsync(CancellationToken ct) => ValueTask.CompletedTask;

    private async Task HandleAsync(HttpContext context)
    {
        AllowCrossOrigin(context.Response);
        var key = RedirectPath.KeyOf(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget, _label);
        var entry = key is null ? null : await ledger.FindAsync(host.Name, key, context.RequestAborted).ConfigureAwait(false);
        if (entry is null || LifetimeOf(entry) is not { } lifetime)
        {
            if (entry is { State: UploadState.Issued or UploadState.Held }) context.Response.Headers.RetryAfter = "30";
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        // The method is part of a signature: a HEAD needs its own.
        var request = new S3Request(context.Request.Method, entry.Key, lifetime) { Query = MayShow(entry.ContentType) ? null : "response-content-disposition=attachment" };
        context.Response.Headers.Location = await access.SignAsync(request, access.Now).ConfigureAwait(false);
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        context.Response.StatusCode = StatusCodes.Status302Found;
    }

    /// <summary>How long the file may be read from now on; null when not at all.</summary>
    private TimeSpan? LifetimeOf(UploadEntry entry)
    {
        if (entry.Backend != "s3" || !MayBeServed(entry)) return null;
        var left = entry.Expires is { } end ? end - access.Now : TimeSpan.MaxValue;
        if (left < TimeSpan.FromSeconds(1)) return null;
        return left < access.Options.GetTtl ? left : access.Options.GetTtl;
    }

    // A client may ask before anyone has looked whether the file has arrived: the store knows. But as long as its slot is open the file can be replaced, so that a scanner has not seen the last of it.
    private bool MayBeServed(UploadEntry entry) => entry.State == UploadState.Stored || (entry.State == UploadState.Issued && !observers.Value.Any());

    private static bool MayShow(string? contentType)
    {
        var essence = contentType?.Split(';')[0].Trim() ?? "";
        return Shown.Any(s => s.EndsWith('/') ? essence.StartsWith(s, StringComparison.OrdinalIgnoreCase) : essence.Equals(s, StringComparison.OrdinalIgnoreCase));
    }

    private static void AllowCrossOrigin(HttpResponse response)
    {
        response.Headers.AccessControlAllowOrigin = "*";
        response.Headers.AccessControlAllowMethods = "OPTIONS, HEAD, GET";
        response.Headers.AccessControlMaxAge = "7200";
    }
}
