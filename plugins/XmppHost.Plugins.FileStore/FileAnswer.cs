using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Headers;
using Microsoft.Net.Http.Headers;

namespace XmppHost.Plugins.FileStore;

/// <summary>What a GET or HEAD gets, after its conditions and its range.</summary>
/// <param name="Status">200, 206, 304, 412 or 416.</param>
/// <param name="Offset">Where the body starts in the file.</param>
/// <param name="Count">How many bytes it has.</param>
internal readonly record struct FileAnswer(int Status, long Offset, long Count)
{
    internal bool HasBody => Status is StatusCodes.Status200OK or StatusCodes.Status206PartialContent;

    /// <summary>RFC 9110 section 13.2.2, in its order.</summary>
    internal static FileAnswer To(HttpRequest request, EntityTagHeaderValue tag, DateTimeOffset modified, long length)
    {
        var headers = request.GetTypedHeaders();
        if (IsOther(headers, tag, modified)) return new FileAnswer(StatusCodes.Status412PreconditionFailed, 0, 0);
        if (IsKnown(headers, tag, modified)) return new FileAnswer(StatusCodes.Status304NotModified, 0, 0);

        // RFC 9110 section 14.2: of no other method.
        var range = HttpMethods.IsGet(request.Method) && IsWanted(headers.IfRange, tag, modified) ? headers.Range : null;
        return Part(range, length) ?? new FileAnswer(StatusCodes.Status200OK, 0, length);
    }

    internal string? ContentRange(long length) => Status switch
    {
        StatusCodes.Status206PartialContent => string.Create(CultureInfo.InvariantCulture, $"bytes {Offset}-{Offset + Count - 1}/{length}"),
        StatusCodes.Status416RangeNotSatisfiable => string.Create(CultureInfo.InvariantCulture, $"bytes */{length}"),
        _ => null,
    };

    private static bool IsOther(RequestHeaders headers, EntityTagHeaderValue tag, DateTimeOffset modified) => headers.IfMatch is { Count: > 0 } tags
        ? !tags.Any(t => t.Equals(EntityTagHeaderValue.Any) || t.Compare(tag, useStrongComparison: true))
        : headers.IfUnmodifiedSince is { } since && modified > since;

    private static bool IsKnown(RequestHeaders headers, EntityTagHeaderValue tag, DateTimeOffset modified) => headers.IfNoneMatch is { Count: > 0 } tags
        ? tags.Any(t => t.Equals(EntityTagHeaderValue.Any) || t.Compare(tag, useStrongComparison: false))
        : headers.IfModifiedSince is { } since && modified <= since;

    // RFC 9110 section 13.1.5: a date must be exactly the file's.
    private static bool IsWanted(RangeConditionHeaderValue? condition, EntityTagHeaderValue tag, DateTimeOffset modified) =>
        condition is null || condition.EntityTag?.Compare(tag, useStrongComparison: true) == true || condition.LastModified == modified;

    /// <summary>Null for the whole file: no range, one that is not understood, or several, which a server may ignore.</summary>
    private static FileAnswer? Part(RangeHeaderValue? range, long length)
    {
        if (range is not { Ranges.Count: 1 } || !range.Unit.Equals("bytes", StringComparison.OrdinalIgnoreCase)) return null;
        var (from, to) = (range.Ranges.Single().From, range.Ranges.Single().To);
        var (first, last) = from is null ? (Math.Max(0, length - to!.Value), length - 1) : (from.Value, Math.Min(to ?? long.MaxValue, length - 1));
        return first < length && (from is not null || to > 0)
            ? new FileAnswer(StatusCodes.Status206PartialContent, first, last - first + 1)
            : new FileAnswer(StatusCodes.Status416RangeNotSatisfiable, 0, 0);
    }
}
