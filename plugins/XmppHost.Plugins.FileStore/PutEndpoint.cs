using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace XmppHost.Plugins.FileStore;

/// <summary>Receives a file that someone with the key signed for.</summary>
internal sealed partial class PutEndpoint(FileStoreOptions options, FileDepot depot, UploadTokens tokens, ILoggerFactory loggers)
{
    private readonly ILogger _logger = loggers.CreateLogger<PutEndpoint>();

    internal async Task HandleAsync(HttpContext context, UploadPath path)
    {
        var refusal = Check(context.Request, path, out var length);
        if (refusal != 0)
        {
            context.Response.StatusCode = refusal;
            return;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = null;
        try
        {
            using var draft = depot.Create();
            context.Response.StatusCode = await ReceiveAsync(context.Request.BodyReader, draft, length, context.RequestAborted).ConfigureAwait(false)
                ? draft.TryCommit(depot.PathOf(path), context.Request.ContentType) ? StatusCodes.Status201Created : StatusCodes.Status409Conflict
                : StatusCodes.Status400BadRequest;
        }
        catch (BadHttpRequestException e)
        {
            // The client was too slow or broke off: Kestrel knows which.
            context.Response.StatusCode = e.StatusCode;
        }
        catch (IOException e) when (!context.RequestAborted.IsCancellationRequested)
        {
            LogWriteFailed(e, path.Key);
            context.Response.StatusCode = StatusCodes.Status507InsufficientStorage;
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The client is gone, and so is what it had sent.
        }
    }

    private int Check(HttpRequest request, UploadPath path, out long length)
    {
        length = request.ContentLength ?? -1;
        if (length < 0) return StatusCodes.Status411LengthRequired;
        if (!tokens.Verify(request.Query, path, length, request.ContentType)) return StatusCodes.Status403Forbidden;
        if (length > options.MaxFileSize.Bytes) return StatusCodes.Status413PayloadTooLarge;
        if (File.Exists(depot.PathOf(path))) return StatusCodes.Status409Conflict;
        return depot.HasRoomFor(length) ? 0 : StatusCodes.Status507InsufficientStorage;
    }

    /// <summary>Straight from the connection's buffers to the file. False when the body ended early.</summary>
    private static async Task<bool> ReceiveAsync(PipeReader body, FileDepot.Draft draft, long length, CancellationToken ct)
    {
        var received = 0L;
        var segments = new List<ReadOnlyMemory<byte>>();
        while (true)
        {
            var read = await body.ReadAsync(ct).ConfigureAwait(false);
            foreach (var segment in read.Buffer) segments.Add(segment);
            RandomAccess.Write(draft.Handle, segments, received);
            segments.Clear();
            received += read.Buffer.Length;
            body.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted || received > length) return received == length;
        }
    }

    [LoggerMessage(1, LogLevel.Error, "the upload {Key} could not be written")]
    private partial void LogWriteFailed(Exception e, string key);
}
