using Microsoft.Extensions.Logging;
using XmppHost.Hosting;
using XmppHost.Storage;

namespace XmppHost.Plugins.ClamAv;

/// <summary>Keeps a file from being served until clamd has found nothing in it.</summary>
internal sealed partial class UploadScanner(Clamd clamd, ClamAvOptions options, ScanMetrics metrics, TimeProvider clock, ILogger<UploadScanner> logger) : IUploadObserver, IDisposable
{
    private readonly SemaphoreSlim _turns = new(options.Parallel);
    private bool _isAway;

    public async ValueTask<UploadVerdict> UploadedAsync(FinishedUpload upload, CancellationToken ct)
    {
        var entry = upload.Entry;
        if (entry.Size <= options.MaxSize.Bytes) return Judge(await ScanAsync(upload, ct).ConfigureAwait(false), entry);
        metrics.Counted(ScanOutcome.TooLarge);
        return TooLarge(entry, "over maxSize");
    }

    public void Dispose() => _turns.Dispose();

    private async Task<ScanResult> ScanAsync(FinishedUpload upload, CancellationToken ct)
    {
        await _turns.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            await using var content = await upload.OpenAsync(ct).ConfigureAwait(false);
            var started = clock.GetTimestamp();
            var result = await clamd.ScanAsync(content, ct).ConfigureAwait(false);
            metrics.Scanned(result.Outcome, upload.Entry.Size, clock.GetElapsedTime(started));
            return result;
        }
        finally
        {
            _turns.Release();
        }
    }

    private UploadVerdict Judge(ScanResult result, UploadEntry entry)
    {
        if (result.Outcome == ScanOutcome.Unavailable) return Unavailable(entry, result.Text);
        if (Interlocked.Exchange(ref _isAway, false)) LogBack();
        if (result.Outcome == ScanOutcome.TooLarge) return TooLarge(entry, result.Text);
        if (result.Outcome == ScanOutcome.Clean) return UploadVerdict.Serve;
        LogInfected(result.Text, entry.Key, UploaderOf(entry));
        return UploadVerdict.Quarantine;
    }

    private UploadVerdict TooLarge(UploadEntry entry, string why)
    {
        var serve = options.WhenTooLarge == TooLargeChoice.Serve;
        LogTooLarge(entry.Key, entry.Size, UploaderOf(entry), why, serve ? "served" : "put into quarantine");
        return serve ? UploadVerdict.Serve : UploadVerdict.Quarantine;
    }

    private UploadVerdict Unavailable(UploadEntry entry, string why)
    {
        // A held file is asked about again and again: the log says once that nobody answers.
        if (!Interlocked.Exchange(ref _isAway, true)) LogAway(why, options.WhenUnavailable == UnavailableChoice.Hold ? "held" : "served");
        if (options.WhenUnavailable == UnavailableChoice.Hold) return UploadVerdict.Hold;
        LogUnscanned(entry.Key, UploaderOf(entry));
        return UploadVerdict.Serve;
    }

    private static string UploaderOf(UploadEntry entry) => entry.Uploader?.ToString() ?? "somebody unknown";

    [LoggerMessage(1, LogLevel.Warning, "found {Signature} in {File} of {Uploader}")]
    private partial void LogInfected(string signature, string file, string uploader);

    [LoggerMessage(2, LogLevel.Warning, "{File} of {Size} bytes from {Uploader} is too large to be scanned ({Reason}) and is {Done}")]
    private partial void LogTooLarge(string file, long size, string uploader, string reason, string done);

    [LoggerMessage(3, LogLevel.Error, "the virus scanner cannot be asked: {Reason}. Until it answers again uploads are {Done}")]
    private partial void LogAway(string reason, string done);

    [LoggerMessage(4, LogLevel.Information, "the virus scanner answers again")]
    private partial void LogBack();

    [LoggerMessage(5, LogLevel.Warning, "{File} of {Uploader} is served without having been scanned")]
    private partial void LogUnscanned(string file, string uploader);
}
