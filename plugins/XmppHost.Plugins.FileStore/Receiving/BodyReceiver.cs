using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using XmppHost.Plugins.FileStore.Disk;

namespace XmppHost.Plugins.FileStore.Receiving;

/// <summary>Takes a request's body from the connection's buffers to the disk.</summary>
internal sealed class BodyReceiver(FileStoreOptions options, FileStoreMeters meters)
{
    // As much as one write to the disk is worth.
    private const int Batch = 64 << 10;

    // What a line may pause whatever its speed.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    // At the lowest rate, this is what one batch may take.
    private readonly TimeSpan _batchTime = Patience + TimeSpan.FromSeconds((double)Batch / options.MinUploadRate.Bytes);

    /// <summary>Null when the file is whole, else the status to answer with: 0 where there is nobody to answer.</summary>
    internal async Task<int?> ReceiveAsync(HttpContext context, Draft draft, AdmittedUpload upload)
    {
        var length = upload.Length;
        // The length was signed for, and is compared with what comes.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = null;
        using var slow = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        var segments = new List<ReadOnlyMemory<byte>>();
        var body = context.Request.BodyReader;
        while (draft.Length < length)
        {
            slow.CancelAfter(_batchTime);
            var (read, refusal) = await ReadAsync(context, body, (int)Math.Min(Batch, length - draft.Length), slow.Token).ConfigureAwait(false);
            if (refusal is not null) return refusal;
            foreach (var segment in read.Buffer) segments.Add(segment);
            draft.Append(segments);
            segments.Clear();
            meters.Received(upload.Entry.Purpose, read.Buffer.Length);
            body.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted) break;
        }

        return draft.Length == length ? null : StatusCodes.Status400BadRequest;
    }

    private static async ValueTask<(ReadResult Read, int? Refusal)> ReadAsync(HttpContext context, PipeReader body, int wanted, CancellationToken ct)
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
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            // The rest is not waited for either.
            context.Response.Headers.Connection = "close";
            return (default, StatusCodes.Status408RequestTimeout);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            return (default, 0);
        }
    }
}
