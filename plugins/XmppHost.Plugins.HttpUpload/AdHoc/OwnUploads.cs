using Microsoft.Extensions.Logging;
using XmppHost.Addressing;
using XmppHost.Handlers;
using XmppHost.Plugins.HttpUpload.Administration;
using XmppHost.Plugins.HttpUpload.Backends;
using XmppHost.Plugins.HttpUpload.Policy;
using XmppHost.Stanzas;
using XmppHost.Storage;

namespace XmppHost.Plugins.HttpUpload.AdHoc;

/// <summary>A person's own files, for the commands that show and delete them.</summary>
internal sealed partial class OwnUploads(Uploads uploads, AccessPolicy access, IUploadBackend backend, string service, ILoggerFactory loggers)
{
    internal const string FormType = "https://xmpphost.org/uploads";

    /// <summary>So many fit into a stanza, and into a dialog.</summary>
    internal const int MaxShown = 200;

    internal const string CannotDelete = "Files cannot be deleted from here: the service that keeps them does not offer it.";

    private readonly ILogger _logger = loggers.CreateLogger<OwnUploads>();

    internal string Service => service;

    internal bool CanDelete => backend.CanDelete;

    /// <summary>Whoever may upload; and accounts of this host in any case, since they may have been allowed to before.</summary>
    internal bool IsFor(IqRequest request) => access.Of(request.From.Bare, request.Session) is not null || Requesters.IsLocal(request.From.Bare, request.Session, request.Host);

    /// <summary>The newest files, and how many there are.</summary>
    internal Task<(IReadOnlyList<UploadEntry> Entries, int Count)> NewestAsync(IqRequest request, CancellationToken ct) =>
        uploads.NewestAsync(uploads.Query(request.From), null, MaxShown, ct);

    internal async Task<(long Files, long Bytes)> TotalAsync(IqRequest request, CancellationToken ct)
    {
        var (files, bytes) = (0L, 0L);
        await foreach (var page in uploads.OfAsync(request.From.Bare, ct).ConfigureAwait(false))
        {
            files += page.Count;
            bytes += page.Sum(e => e.Size);
        }

        return (files, bytes);
    }

    internal string? UrlOf(UploadEntry entry) => uploads.UrlOf(entry);

    /// <summary>Deletes those of the files that are the requester's.</summary>
    internal async Task<Deletion> DeleteAsync(IqRequest request, IEnumerable<string> keys, CancellationToken ct)
    {
        var entries = new List<UploadEntry>();
        foreach (var key in keys)
            if (await uploads.FindAsync(key, ct).ConfigureAwait(false) is { State: not UploadState.Deleted } entry && IsOf(entry, request.From)) entries.Add(entry);
        return await TryDeleteAsync(entries, ct).ConfigureAwait(false);
    }

    internal async Task<Deletion> DeleteAllAsync(IqRequest request, CancellationToken ct)
    {
        var whole = new Deletion([], []);
        await foreach (var page in uploads.OfAsync(request.From.Bare, ct).ConfigureAwait(false)) whole = whole.And(await TryDeleteAsync(page, ct).ConfigureAwait(false));
        return whole;
    }

    // A store that does not answer is nothing that a person can look into.
    private async Task<Deletion> TryDeleteAsync(IReadOnlyList<UploadEntry> entries, CancellationToken ct)
    {
        try
        {
            return await uploads.DeleteAsync(entries, ct).ConfigureAwait(false);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            LogNotDeleted(e, entries.Count);
            return new Deletion([], entries);
        }
    }

    private static bool IsOf(UploadEntry entry, Jid requester) => entry.Uploader == requester.Bare;

    [LoggerMessage(1, LogLevel.Error, "{Count} uploads that their uploader wants deleted cannot be")]
    private partial void LogNotDeleted(Exception e, int count);
}
