using System.Diagnostics.Metrics;

namespace XmppHost.Plugins.FileStore;

/// <summary>What the store tells of its work.</summary>
internal sealed class FileStoreMeters(Meter meter)
{
    // As HttpUpload's instruments have it: what is received can be set against what was promised.
    private readonly KeyValuePair<string, object?> _backend = new("backend", "fileStore");
    private readonly Counter<long> _received = meter.CreateCounter<long>("xmpphost.filestore.received", "By", "Bytes of files received, of uploads that failed too.");
    private readonly Counter<long> _served = meter.CreateCounter<long>("xmpphost.filestore.served", "By", "Bytes of files sent.");
    private readonly Counter<long> _files = meter.CreateCounter<long>("xmpphost.filestore.stored.files", "{file}", "Files that arrived and are served.");
    private readonly Counter<long> _bytes = meter.CreateCounter<long>("xmpphost.filestore.stored", "By", "Bytes of files that arrived and are served.");
    private readonly Counter<long> _deleted = meter.CreateCounter<long>("xmpphost.filestore.deleted.files", "{file}", "Files that expired or were deleted.");
    private readonly Counter<long> _refused = meter.CreateCounter<long>("xmpphost.filestore.refused", "{request}", "Requests that were refused, by status.");

    internal void Received(string purpose, long bytes) => _received.Add(bytes, _backend, Label(purpose));

    internal void Served(long bytes) => _served.Add(bytes, _backend);

    internal void Stored(string purpose, long bytes)
    {
        _files.Add(1, _backend, Label(purpose));
        _bytes.Add(bytes, _backend, Label(purpose));
    }

    internal void Deleted(int files) => _deleted.Add(files, _backend);

    internal void Refused(string method, int status) => _refused.Add(1, _backend, new("method", method), new("status", status));

    private static KeyValuePair<string, object?> Label(string purpose) => new("purpose", purpose);
}
