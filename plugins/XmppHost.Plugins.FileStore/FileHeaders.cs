using Microsoft.AspNetCore.Http;

namespace XmppHost.Plugins.FileStore;

internal static class FileHeaders
{
    private const long Year = 31_536_000;

    /// <summary>XEP-0363 section 7, for clients in browsers.</summary>
    internal static void AllowCrossOrigin(HttpResponse response, bool mayDelete)
    {
        var headers = response.Headers;
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlAllowMethods = mayDelete ? "OPTIONS, HEAD, GET, PUT, DELETE" : "OPTIONS, HEAD, GET, PUT";
        headers.AccessControlAllowHeaders = "Authorization, Content-Type";
        headers.AccessControlExposeHeaders = "Content-Length, Content-Range, Content-Disposition, ETag";
        headers.AccessControlMaxAge = "7200";
    }

    /// <summary>What keeps somebody's upload from acting on behalf of this site.</summary>
    internal static void Isolate(HttpResponse response)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'; sandbox";
        headers.XContentTypeOptions = "nosniff";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        headers["Referrer-Policy"] = "no-referrer";
    }

    /// <summary>A file never changes; but caches are to forget it when it expires.</summary>
    internal static string CacheControl(TimeSpan? left)
    {
        var seconds = Math.Clamp((long)(left?.TotalSeconds ?? Year), 0, Year);
        return seconds == Year ? "public, max-age=31536000, immutable" : FormattableString.Invariant($"public, max-age={seconds}, immutable");
    }
}
