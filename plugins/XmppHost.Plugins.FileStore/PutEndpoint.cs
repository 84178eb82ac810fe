using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace XmppHost.Plugins.FileStore;

/// <summary>Receives a file that someone with the key signed for.</summary>
internal sealed partial class PutEndpoint(FileStoreOptions options, FileDepot depot, UploadTokens tokens, ILoggerFactory loggers)
{
    private const int MaxTypeLength = 255;

    // As much as one write to the disk is worth.
    private const int Batch = 64 << 10;

    private readonly ILogger _logger = loggers.CreateLogger<PutEndpoint>();

    internal async Task HandleAsync(HttpContext context, UploadPath path)
    {
        var status = Check(context.Request, path, out var length);
        if (status == 0) status = await StoreAsync(context, path, length).ConfigureAwait(false);
        if (status != 0) context.Response.StatusCode = status;
    }

    private int Check(HttpRequest request, UploadPath path, out long length)
    {
        length = request.ContentLength ?? -1;
        if (length < 0) return StatusCodes.Status411LengthRequired;
        if (request.ContentType is { } type && (type.Length > MaxTypeLength || type.Any(c => c is < ' ' or > '~'))) return StatusCodes.Status400BadRequest;
        if (!tokens.Verify(request.Query, path, length, request.ContentType)) return StatusCodes.Status403Forbidden;
        if (length > options.MaxFileSize.Bytes) return StatusCodes.Status413PayloadTooLarge;
        if (depot.Has(path)) return StatusCodes.Status409Conflict;
        return depot.HasRoomFor(length) ? 0 : StatusCodes.Status507InsufficientStorage;
    }

    /// <summary>The answer's status; 0 when there is nobody to answer.</summary>
    private async Task<int> StoreAsync(HttpContext context, UploadPath path, long length)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = null;
        try
        {
            using var draft = depot.Create(path, length);
            var refusal = await ReceiveAsync(context.Request.BodyReader, draft, length, context.RequestAborted).ConfigureAwait(false);
            if (refusal is { } status) return status;
            return draft.TryKeep(context.Request.ContentType) ? StatusCodes.Status201Created : StatusCodes.Status409Conflict;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogWriteFailed(e, path.Key);
            return StatusCodes.Status507InsufficientStorage;
        }
    }

    /// <summary>Straight from the connection's buffers to the file. Null when the file is whole, else the status to answer with.</summary>
    private static async Task<int?> ReceiveAsync(PipeReader body, Draft draft, long length, CancellationToken ct)
    {
        var segments = new List<ReadOnlyMemory<byte>>();
        while (draft.Length < length)
        {
            var (read, refusal) = await ReadAsync(body, (int)Math.Min(Batch, length - draft.Length), ct).ConfigureAwait(false);
            if (refusal is not null) return refusal;
            foreach (var segment in read.Buffer) segments.Add(segment);
            draft.Append(segments);
            segments.Clear();
            body.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted) break;
        }

        return draft.Length == length ? null : StatusCodes.Status400BadRequest;
    }

    private static async ValueTask<(ReadResult Read, int? Refusal)> ReadAsync(PipeReader body, int wanted, CancellationToken ct)
    {
        try
        {
            return (await body.ReadAtLeastAsync(wanted, ct).ConfigureAwait(false), null);
        }
        catch (BadHttpRequestException e)
        {
            // The client was too slow or broke off: Kestrel knows which.
            return (default, e.StatusCode);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            return (default, 0);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "the upload {Key} could not be written")]
    private partial void LogWriteFailed(Exception e, string key);
}
