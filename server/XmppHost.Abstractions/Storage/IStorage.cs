namespace XmppHost.Storage;

/// <summary>The process's durable storage; one for all virtual hosts.</summary>
public interface IStorage : IAsyncDisposable
{
    IAccountStore Accounts { get; }

    IKeyValueStore Values { get; }

    IMessageLog Log { get; }

    IMessageArchive Archive { get; }

    IUploadLedger Uploads { get; }

    /// <summary>Opens it and brings the schema up to date; throws with a readable message when it cannot.</summary>
    ValueTask OpenAsync(CancellationToken ct);
}
