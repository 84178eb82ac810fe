using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace XmppHost.Plugins.FileStore;

/// <summary>Serves a file: ranges, conditional requests, and nothing that a browser would run.</summary>
internal sealed class GetEndpoint(FileStoreOptions options, FileDepot depot)
{
    internal Task HandleAsync(HttpContext context, UploadPath path)
    {
        var file = new FileInfo(depot.PathOf(path));
        if (!file.Exists)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        var type = FileDepot.ReadType(file.FullName);
        FileHeaders.Isolate(context.Response);
        var disposition = new ContentDispositionHeaderValue(MayShow(type) ? "inline" : "attachment");
        disposition.SetHttpFileName(path.Name);
        context.Response.Headers.ContentDisposition = disposition.ToString();

        // The content under a key never changes, but a key may be used anew after its file was deleted.
        var tag = new EntityTagHeaderValue($"\"{path.Key[..16]}-{file.LastWriteTimeUtc.Ticks:x}\"");
        return TypedResults.PhysicalFile(file.FullName, type, null, file.LastWriteTimeUtc, tag, enableRangeProcessing: true).ExecuteAsync(context);
    }

    private bool MayShow(string type)
    {
        var essence = type.Split(';')[0].Trim();
        return options.InlineTypes.Any(a =>
            a.EndsWith("/*", StringComparison.Ordinal) ? essence.StartsWith(a[..^1], StringComparison.OrdinalIgnoreCase) : a.Equals(essence, StringComparison.OrdinalIgnoreCase));
    }
}
