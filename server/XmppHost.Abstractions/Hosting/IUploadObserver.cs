using XmppHost.Storage;

namespace XmppHost.Hosting;

/// <summary>
/// Is told of every file that has arrived whole and is not served yet, and may keep it from being served: a scanner, an indexer, a webhook. All observers of a host are asked; the
/// strictest verdict holds. An exception counts as <see cref="UploadVerdict.Hold"/>. The embedded store asks before it answers the PUT; for other backends the file is found some time after it arrived.
/// </summary>
public interface IUploadObserver
{
    ValueTask<UploadVerdict> UploadedAsync(FinishedUpload upload, CancellationToken ct);
}

/// <summary>In the order of strictness.</summary>
public enum UploadVerdict
{
    Serve = 0,

    /// <summary>Do not serve it yet; ask again in a while.</summary>
    Hold = 1,

    /// <summary>Never serve it; keep it aside where the backend can, else delete it.</summary>
    Quarantine = 2,
}

/// <summary>A file that has arrived.</summary>
/// <param name="Entry">What the ledger knows of it.</param>
/// <param name="Url">Where it is or will be served.</param>
/// <param name="OpenAsync">Opens its content for reading from the start; the caller disposes the stream.</param>
public sealed record FinishedUpload(UploadEntry Entry, Uri Url, Func<CancellationToken, ValueTask<Stream>> OpenAsync);
