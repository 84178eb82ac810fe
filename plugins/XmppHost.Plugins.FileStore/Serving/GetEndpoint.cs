using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using XmppHost.Plugins.FileStore.Disk;

namespace XmppHost.Plugins.FileStore.Serving;

/// <summary>Serves a file: ranges, conditional requests, and nothing that a browser would run.</summary>
internal sealed class GetEndpoint(FileStoreOptions options, FileDepot depot, FileSender sender, TimeProvider time)
{
    private readonly string _retryAfter = Math.Ceiling(options.HoldRetry.TotalSeconds).ToString(CultureInfo.InvariantCulture);

    /// <summary>The answer's status.</summary>
    internal async Task<int> HandleAsync(HttpContext context, UploadPath path)
    {
        using var file = depot.Open(path.Key);
        if (file is null || file.Facts.Expires <= time.GetUtcNow()) return Absent(context.Response, path);

        // The content under a key never changes, but a key may be used anew after its file was deleted.
        var tag = new EntityTagHeaderValue($"\"{path.Key[..16]}-{file.LastModified.ToUnixTimeSeconds():x}-{file.Length:x}\"");
        var answer = FileAnswer.To(context.Request, tag, file.LastModified, file.Length);
        var parts = answer.Parts.Length > 1 ? new MultipartBody(answer.Parts, TypeOf(file), file.Length) : null;
        WriteHead(context.Response, file, tag, answer, parts);
        if (answer.HasBody) WriteBodyHead(context.Response, path, file, answer, parts);
        if (answer.HasBody && HttpMethods.IsGet(context.Request.Method)) await sender.SendAsync(context, file, answer.Parts, parts).ConfigureAwait(false);
        return answer.Status;
    }

    private static string TypeOf(StoredFile file) => file.Facts.ContentType ?? "application/octet-stream";

    /// <summary>A file that is held is there, and will be served or not: who asks again will know.</summary>
    private int Absent(HttpResponse response, UploadPath path)
    {
        if (!depot.IsHeld(path.Key)) return response.StatusCode = StatusCodes.Status404NotFound;
        response.Headers.RetryAfter = _retryAfter;
        return response.StatusCode = StatusCodes.Status503ServiceUnavailable;
    }

    private void WriteHead(HttpResponse response, StoredFile file, EntityTagHeaderValue tag, FileAnswer answer, MultipartBody? parts)
    {
        var headers = response.Headers;
        FileHeaders.Isolate(response);
        response.StatusCode = answer.Status;
        headers.CacheControl = FileHeaders.CacheControl(file.Facts.Expires - time.GetUtcNow());
        headers.ETag = tag.ToString();
        headers.LastModified = HeaderUtilities.FormatDate(file.LastModified);
        headers.AcceptRanges = "bytes";
        if (answer.Status == StatusCodes.Status416RangeNotSatisfiable) headers.ContentRange = ByteRange.Unsatisfiable(file.Length);
        if (answer.Status == StatusCodes.Status206PartialContent && parts is null) headers.ContentRange = answer.Parts[0].Of(file.Length);
    }

    private void WriteBodyHead(HttpResponse response, UploadPath path, StoredFile file, FileAnswer answer, MultipartBody? parts)
    {
        var type = TypeOf(file);
        response.ContentType = parts?.ContentType ?? type;
        response.ContentLength = parts?.Length ?? answer.Parts[0].Count;
        var disposition = new ContentDispositionHeaderValue(ContentTypes.IsOneOf(type, options.InlineTypes) ? "inline" : "attachment");
        disposition.SetHttpFileName(path.Name);
        response.Headers.ContentDisposition = disposition.ToString();
    }
}
