using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using XmppHost.Plugins.FileStore.Disk;

namespace XmppHost.Plugins.FileStore.Serving;

/// <summary>Sends parts of a file.</summary>
internal sealed class FileSender(FileStoreMeters meters)
{
    private const int Portion = 64 << 10;

    internal async Task SendAsync(HttpContext context, StoredFile file, ByteRange[] parts, MultipartBody? multipart)
    {
        var body = context.Response.BodyWriter;
        for (var i = 0; i < parts.Length; i++)
        {
            if (multipart is not null) await body.WriteAsync(multipart.Head(i), context.RequestAborted).ConfigureAwait(false);
            if (await SendAsync(body, file, parts[i], context.RequestAborted).ConfigureAwait(false)) continue;

            // Cut off under our hands, or nobody there: in the first case the client sees the connection end too early.
            context.Abort();
            return;
        }

        if (multipart is not null) await body.WriteAsync(multipart.End, context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>Straight from the file into the connection's buffers, a portion at a time. False when it ends before its time.</summary>
    private async ValueTask<bool> SendAsync(PipeWriter body, StoredFile file, ByteRange part, CancellationToken ct)
    {
        for (long offset = part.Offset, end = part.Offset + part.Count; offset < end;)
        {
            var wanted = (int)Math.Min(Portion, end - offset);
            var read = file.Read(body.GetMemory(wanted).Span[..wanted], offset);
            if (read == 0) return false;
            body.Advance(read);
            offset += read;
            meters.Served(read);
            if ((await body.FlushAsync(ct).ConfigureAwait(false)).IsCompleted) return offset == end;
        }

        return true;
    }
}
