using System.Diagnostics.Metrics;

namespace XmppHost.Plugins.FileStore;

/// <summary>What the store tells of its work.</summary>
internal sealed class FileStoreMeters(Meter meter)
{
    private readonly Counter<long> _received = meter.CreateCounter<long>("xmpphost.filestore.received", "By", "Bytes of files received, of uploads that failed too.");
    private readonly Counter<long> _served = meter.CreateCounter<long>("xmpphost.filestore.served", "By", "Bytes of files sent.");
    private readonly Counter<long> _files = meter.CreateCounter<long>("xmpphost.filestore.stored.files", "{file}", "Files that arrived and are served.");
    private readonly Counter<long> _bytes = meter.CreateCounter<long>("xmpphost.filestore.stored", "By", "Bytes of files that arrived and are served.");
    private readonly Counter<long> _deleted = meter.CreateCounter<long>("xmpphost.filestore.deleted.files", "{file}", "Files that expired or were deleted.");
    private readonly Counter<long> _refused = meter.CreateCounter<long>("xmpphost.filestore.refused", "{request}", "Requests that were refused, by status.");

    internal void Received(long bytes) => _received.Add(bytes);

    internal void Served(long bytes) => _served.Add(bytes);

    internal void Stored(long bytes)
    {
        _files.Add(1);
        _bytes.Add(bytes);
    }

    internal void Deleted(int files) => _deleted.Add(files);

    internal void Refused(string method, int status) => _refused.Add(1, new("method", method), new("status", status));
}
