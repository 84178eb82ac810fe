using Microsoft.AspNetCore.Http;

namespace XmppHost.Plugins.FileStore;

internal static class FileHeaders
{
    /// <summary>XEP-0363 section 7, for clients in browsers.</summary>
    internal static void AllowCrossOrigin(HttpResponse response)
    {
        var headers = response.Headers;
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlAllowMethods = "OPTIONS, HEAD, GET, PUT";
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
        headers.CacheControl = "public, max-age=31536000, immutable";
    }
}
