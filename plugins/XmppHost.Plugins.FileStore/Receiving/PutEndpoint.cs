using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using XmppHost.Hosting;
using XmppHost.Plugins.FileStore.Disk;
using XmppHost.Storage;

namespace XmppHost.Plugins.FileStore.Receiving;

/// <summary>Receives a file that someone with the key signed for.</summary>
internal sealed partial class PutEndpoint(Admission admission, FileDepot depot, BodyReceiver receiver, Arrivals arrivals, ILoggerFactory loggers)
{
    private readonly ILogger _logger = loggers.CreateLogger<PutEndpoint>();

    /// <summary>The answer's status; 0 when there is nobody to answer.</summary>
    internal async Task<int> HandleAsync(HttpContext context, UploadPath path)
    {
        try
        {
            var (upload, status) = await admission.CheckAsync(context.Request, path, context.RequestAborted).ConfigureAwait(false);
            if (upload is not null) return await StoreAsync(context, upload).ConfigureAwait(false);

            // RFC 9110 section 11.6.1.
            if (status == StatusCodes.Status401Unauthorized) context.Response.Headers.WWWAuthenticate = "Bearer";
            return status;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or StorageException)
        {
            LogWriteFailed(e, path.Key);
            return StatusCodes.Status507InsufficientStorage;
        }
    }

    private async Task<int> StoreAsync(HttpContext context, AdmittedUpload upload)
    {
        using var draft = depot.Create(upload.Length);
        var refusal = await receiver.ReceiveAsync(context, draft, upload).ConfigureAwait(false);
        return refusal ?? StatusOf(await arrivals.ArriveAsync(draft, upload).ConfigureAwait(false));
    }

    private static int StatusOf(ArrivalOutcome outcome) => outcome switch
    {
        ArrivalOutcome.Served or ArrivalOutcome.Held => StatusCodes.Status201Created,
        ArrivalOutcome.Conflict => StatusCodes.Status409Conflict,
        _ => StatusCodes.Status403Forbidden,
    };

    [LoggerMessage(1, LogLevel.Error, "the upload {Key} could not be written")]
    private partial void LogWriteFailed(Exception e, string key);
}
