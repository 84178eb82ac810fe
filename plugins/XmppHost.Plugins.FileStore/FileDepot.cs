using XmppHost.Hosting;

namespace XmppHost.Plugins.FileStore;

/// <summary>Files on disk, by the digest of their path. A file appears whole or not at all, and never changes.</summary>
internal sealed class FileDepot(string root, FileStoreOptions options) : IVHostService
{
    private readonly string _temporary = Path.Combine(root, "tmp");

    public ValueTask StartAsync(CancellationToken ct)
    {
        Directory.CreateDirectory(_temporary);

        // What an earlier run was receiving when it ended.
        foreach (var left in Directory.EnumerateFiles(_temporary)) File.Delete(left);
        return ValueTask.CompletedTask;
    }

    public ValueTask StopAsync(CancellationToken ct) => ValueTask.CompletedTask;

    internal bool Has(UploadPath path) => File.Exists(PathOf(path.Key));

    /// <summary>The file for reading, or null when there is none.</summary>
    internal StoredFile? Open(UploadPath path) => StoredFile.Open(PathOf(path.Key));

    internal bool HasRoomFor(long bytes) => new DriveInfo(Path.GetFullPath(root)).AvailableFreeSpace - bytes >= options.MinFreeSpace.Bytes;

    /// <summary>A new place to write to; the file is gone again when it is disposed before it was kept.</summary>
    /// <param name="length">Its size to be, which the disk sets aside where it can.</param>
    internal Draft Create(UploadPath path, long length) => new(Path.Combine(_temporary, Guid.NewGuid().ToString("N")), PathOf(path.Key), length);

    /// <summary>False when there was none.</summary>
    internal bool Delete(string key)
    {
        var path = PathOf(key);
        if (!File.Exists(path)) return false;
        File.Delete(path);
        return true;
    }

    private string PathOf(string key) => Path.Combine(root, key[..2], key);
}
