using Microsoft.Extensions.Logging;
using XmppHost.Hosting;
using XmppHost.Plugins.HttpUpload.Backends;
using XmppHost.Storage;

namespace XmppHost.Plugins.HttpUpload.Ledger;

/// <summary>
/// Asks observers about files that have arrived in a store that serves them by itself, and does what they say as far as it goes there: holding a file back is only written down, a
/// harmful one is deleted.
/// </summary>
internal sealed partial class ArrivalVerdicts(
    IVHost host, IUploadBackend backend, IUploadLedger ledger, Lazy<IEnumerable<IUploadObserver>> observers, UploadService uploads, UploadMetrics metrics, ILoggerFactory loggers)
{
    private readonly ILogger _logger = loggers.CreateLogger<ArrivalVerdicts>();

    /// <summary>For a file of which nobody can say whether it is there: it counts as if it were, and nobody is asked again.</summary>
    internal async ValueTask AssumeArrivedAsync(UploadEntry entry, CancellationToken ct) => await MoveAsync(entry, UploadState.Stored, ct).ConfigureAwait(false);

    internal async ValueTask DecideAsync(UploadEntry entry, CancellationToken ct)
    {
        var verdict = await AskAsync(entry, ct).ConfigureAwait(false);
        if (verdict == UploadVerdict.Quarantine) await DeleteAsync(entry, ct).ConfigureAwait(false);
        else if (verdict == UploadVerdict.Serve) await MoveAsync(entry, UploadState.Stored, ct).ConfigureAwait(false);
        else if (entry.State != UploadState.Held) await MoveAsync(entry, UploadState.Held, ct).ConfigureAwait(false);
    }

    private async ValueTask<UploadVerdict> AskAsync(UploadEntry entry, CancellationToken ct)
    {
        var strictest = UploadVerdict.Serve;
        foreach (var observer in observers.Value)
        {
            var verdict = await AskAsync(observer, entry, ct).ConfigureAwait(false);
            if (verdict > strictest) strictest = verdict;
            if (strictest == UploadVerdict.Quarantine) break;
        }

        return strictest;
    }

    private async ValueTask<UploadVerdict> AskAsync(IUploadObserver observer, UploadEntry entry, CancellationToken ct)
    {
        try
        {
            return await observer.UploadedAsync(new FinishedUpload(entry, new Uri(backend.GetUrl(entry.Key)), token => backend.OpenAsync(entry, token)), ct).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            LogObserverFailed(e, entry.Key);
            return UploadVerdict.Hold;
        }
    }

    private async ValueTask DeleteAsync(UploadEntry entry, CancellationToken ct)
    {
        LogHarmful(entry.Key, entry.Uploader?.ToString() ?? "somebody unknown");
        if ((await uploads.DeleteAsync([entry], ct).ConfigureAwait(false)).Count > 0) metrics.Swept(entry, "harmful");
        else await MoveAsync(entry, UploadState.Quarantined, ct).ConfigureAwait(false);
    }

    private ValueTask<bool> MoveAsync(UploadEntry entry, UploadState to, CancellationToken ct) => ledger.MoveAsync(host.Name, entry.Key, to, ct, UploadState.Issued, UploadState.Held);

    [LoggerMessage(1, LogLevel.Error, "an observer of uploads failed on {Path}; it is asked again")]
    private partial void LogObserverFailed(Exception e, string path);

    [LoggerMessage(2, LogLevel.Warning, "the upload {Path} of {Uploader} was found harmful and is deleted")]
    private partial void LogHarmful(string path, string uploader);
}
