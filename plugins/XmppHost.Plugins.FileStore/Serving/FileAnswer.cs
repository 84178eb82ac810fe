using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Headers;
using Microsoft.Net.Http.Headers;

namespace XmppHost.Plugins.FileStore.Serving;

/// <summary>What a GET or HEAD gets, after its conditions and its ranges.</summary>
/// <param name="Status">200, 206, 304, 412 or 416.</param>
/// <param name="Parts">Which parts of the file the body has; several make a multipart body.</param>
internal readonly record struct FileAnswer(int Status, params ByteRange[] Parts)
{
    internal bool HasBody => Parts.Length > 0;

    /// <summary>RFC 9110 section 13.2.2, in its order.</summary>
    internal static FileAnswer To(HttpRequest request, EntityTagHeaderValue tag, DateTimeOffset modified, long length)
    {
        var headers = request.GetTypedHeaders();
        if (IsOther(headers, tag, modified)) return new FileAnswer(StatusCodes.Status412PreconditionFailed);
        if (IsKnown(headers, tag, modified)) return new FileAnswer(StatusCodes.Status304NotModified);

        // RFC 9110 section 14.2: of no other method.
        var range = HttpMethods.IsGet(request.Method) && IsWanted(headers.IfRange, tag, modified) ? headers.Range : null;
        return ByteRange.Select(range, length) switch
        {
            null => new FileAnswer(StatusCodes.Status200OK, new ByteRange(0, length)),
            [] => new FileAnswer(StatusCodes.Status416RangeNotSatisfiable),
            var parts => new FileAnswer(StatusCodes.Status206PartialContent, parts),
        };
    }

    private static bool IsOther(RequestHeaders headers, EntityTagHeaderValue tag, DateTimeOffset modified) => headers.IfMatch is { Count: > 0 } tags
        ? !tags.Any(t => t.Equals(EntityTagHeaderValue.Any) || t.Compare(tag, useStrongComparison: true))
        : headers.IfUnmodifiedSince is { } since && modified > since;

    private static bool IsKnown(RequestHeaders headers, EntityTagHeaderValue tag, DateTimeOffset modified) => headers.IfNoneMatch is { Count: > 0 } tags
        ? tags.Any(t => t.Equals(EntityTagHeaderValue.Any) || t.Compare(tag, useStrongComparison: false))
        : headers.IfModifiedSince is { } since && modified <= since;

    // RFC 9110 section 13.1.5: a date must be exactly the file's.
    private static bool IsWanted(RangeConditionHeaderValue? condition, EntityTagHeaderValue tag, DateTimeOffset modified) =>
        condition is null || condition.EntityTag?.Compare(tag, useStrongComparison: true) == true || condition.LastModified == modified;
}
