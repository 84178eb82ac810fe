using Microsoft.Win32.SafeHandles;
using XmppHost.Hosting;

namespace XmppHost.Plugins.FileStore;

/// <summary>Files on disk: content under its key, the content type beside it. A file appears whole or not at all, and never changes.</summary>
internal sealed class FileDepot(string root, FileStoreOptions options) : IVHostService
{
    private readonly string _temporary = Path.Combine(root, "tmp");

    public ValueTask StartAsync(CancellationToken ct)
    {
        Directory.CreateDirectory(root);
        Directory.CreateDirectory(_temporary);

        // What an earlier run was receiving when it ended.
        foreach (var left in Directory.EnumerateFiles(_temporary)) File.Delete(left);
        return ValueTask.CompletedTask;
    }

    public ValueTask StopAsync(CancellationToken ct) => ValueTask.CompletedTask;

    internal string PathOf(UploadPath path)
    {
        var key = path.Key;
        return Path.Combine(root, key[..2], key);
    }

    internal bool HasRoomFor(long bytes) => new DriveInfo(Path.GetFullPath(root)).AvailableFreeSpace - bytes >= options.MinFreeSpace.Bytes;

    /// <summary>A new place to write to; the file is gone again when it is disposed before it was committed.</summary>
    internal Draft Create() => new(Path.Combine(_temporary, Guid.NewGuid().ToString("N")));

    internal static string ReadType(string path) => File.Exists(path + ".type") ? File.ReadAllText(path + ".type") : "application/octet-stream";

    /// <summary>A file that is being received.</summary>
    internal sealed class Draft(string temporary) : IDisposable
    {
        internal SafeFileHandle Handle { get; } = File.OpenHandle(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None);

        /// <summary>Puts the file in its place, on disk for good. False when there is one already.</summary>
        internal bool TryCommit(string path, string? contentType)
        {
            RandomAccess.FlushToDisk(Handle);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            if (File.Exists(path)) return false;
            if (contentType is not null) File.WriteAllText(path + ".type", contentType);
            try
            {
                File.Move(temporary, path, overwrite: false);
                return true;
            }
            catch (IOException) when (File.Exists(path))
            {
                return false;
            }
        }

        public void Dispose()
        {
            Handle.Dispose();
            File.Delete(temporary);
        }
    }
}
