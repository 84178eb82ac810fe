using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace XmppHost.Plugins.FileStore;

/// <summary>Serves a file: ranges, conditional requests, and nothing that a browser would run.</summary>
internal sealed class GetEndpoint(FileStoreOptions options, FileDepot depot)
{
    private const int Portion = 64 << 10;

    internal async Task HandleAsync(HttpContext context, UploadPath path)
    {
        using var file = depot.Open(path);
        if (file is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        // The content under a key never changes, but a key may be used anew after its file was deleted.
        var tag = new EntityTagHeaderValue($"\"{path.Key[..16]}-{file.LastModified.ToUnixTimeSeconds():x}-{file.Length:x}\"");
        var answer = FileAnswer.To(context.Request, tag, file.LastModified, file.Length);
        WriteHead(context.Response, path, file, tag, answer);
        if (answer.HasBody && HttpMethods.IsGet(context.Request.Method)) await SendAsync(context, file, answer.Offset, answer.Count).ConfigureAwait(false);
    }

    private void WriteHead(HttpResponse response, UploadPath path, StoredFile file, EntityTagHeaderValue tag, FileAnswer answer)
    {
        var headers = response.Headers;
        FileHeaders.Isolate(response);
        response.StatusCode = answer.Status;
        headers.ETag = tag.ToString();
        headers.LastModified = HeaderUtilities.FormatDate(file.LastModified);
        headers.AcceptRanges = "bytes";
        if (answer.ContentRange(file.Length) is { } range) headers.ContentRange = range;
        if (!answer.HasBody) return;

        response.ContentType = file.ContentType;
        response.ContentLength = answer.Count;
        var disposition = new ContentDispositionHeaderValue(MayShow(file.ContentType) ? "inline" : "attachment");
        disposition.SetHttpFileName(path.Name);
        headers.ContentDisposition = disposition.ToString();
    }

    /// <summary>Straight from the file into the connection's buffers, a portion at a time.</summary>
    private static async Task SendAsync(HttpContext context, StoredFile file, long offset, long count)
    {
        var body = context.Response.BodyWriter;
        for (var end = offset + count; offset < end;)
        {
            var wanted = (int)Math.Min(Portion, end - offset);
            var read = file.Read(body.GetMemory(wanted).Span[..wanted], offset);

            // Cut off under our hands: the client sees the connection end too early.
            if (read == 0)
            {
                context.Abort();
                return;
            }

            body.Advance(read);
            offset += read;
            if ((await body.FlushAsync(context.RequestAborted).ConfigureAwait(false)).IsCompleted) return;
        }
    }

    private bool MayShow(string type)
    {
        var essence = type.Split(';')[0].Trim();
        return options.InlineTypes.Any(a =>
            a.EndsWith("/*", StringComparison.Ordinal) ? essence.StartsWith(a[..^1], StringComparison.OrdinalIgnoreCase) : a.Equals(essence, StringComparison.OrdinalIgnoreCase));
    }
}
