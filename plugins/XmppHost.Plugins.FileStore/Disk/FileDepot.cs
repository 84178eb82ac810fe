using XmppHost.Hosting;

namespace XmppHost.Plugins.FileStore.Disk;

/// <summary>
/// Files on disk, by the digest of their path. A file is received in <c>tmp</c>, waits whole in <c>held</c> until it is in the ledger and nobody objects, and is then served from a folder of two digits,
/// or never from <c>quarantine</c>. Each step is a rename, so that it appears whole or not at all; it never changes.
/// </summary>
internal sealed class FileDepot(string root, FileStoreOptions options) : IVHostService
{
    private const int KeyLength = 64;

    private readonly string _temporary = Path.Combine(root, "tmp");
    private readonly string _held = Path.Combine(root, "held");
    private readonly string _quarantine = Path.Combine(root, "quarantine");

    public ValueTask StartAsync(CancellationToken ct)
    {
        foreach (var folder in new[] { _temporary, _held, _quarantine }) Directory.CreateDirectory(folder);

        // What an earlier run was receiving when it ended.
        foreach (var left in Directory.EnumerateFiles(_temporary)) File.Delete(left);
        return ValueTask.CompletedTask;
    }

    public ValueTask StopAsync(CancellationToken ct) => ValueTask.CompletedTask;

    /// <summary>In whatever state, but whole.</summary>
    internal bool Has(string key) => File.Exists(ServedPath(key)) || IsHeld(key) || File.Exists(Path.Combine(_quarantine, key));

    internal bool IsHeld(string key) => File.Exists(Path.Combine(_held, key));

    /// <summary>A file that may be served, or null.</summary>
    internal StoredFile? Open(string key) => StoredFile.Open(ServedPath(key));

    internal StoredFile? OpenHeld(string key) => StoredFile.Open(Path.Combine(_held, key));

    /// <summary>Files that nothing is decided about.</summary>
    internal IEnumerable<string> HeldKeys() => Directory.EnumerateFiles(_held).Select(p => Path.GetFileName(p)).Where(n => n.Length == KeyLength);

    internal bool HasRoomFor(long bytes) => new DriveInfo(Path.GetFullPath(root)).AvailableFreeSpace - bytes >= options.MinFreeSpace.Bytes;

    /// <summary>A new place to write to.</summary>
    /// <param name="length">Its size to be, which the disk sets aside where it can.</param>
    internal Draft Create(long length) => new(Path.Combine(_temporary, Guid.NewGuid().ToString("N")), length);

    /// <summary>Holds a file that is complete. False when there is one of that key. Nobody else may be at that key meanwhile.</summary>
    internal bool TryHold(Draft draft, string key)
    {
        if (Has(key)) return false;
        draft.MoveTo(Path.Combine(_held, key));
        return true;
    }

    /// <summary>Lets a held file be served.</summary>
    internal void Release(string key) => MoveHeld(key, ServedPath(key));

    /// <summary>Puts a held file aside for good.</summary>
    internal void Quarantine(string key) => MoveHeld(key, Path.Combine(_quarantine, key));

    /// <summary>Whatever its state; false when there was none.</summary>
    internal bool Delete(string key)
    {
        var found = false;
        foreach (var path in new[] { ServedPath(key), Path.Combine(_held, key), Path.Combine(_quarantine, key) })
        {
            if (!File.Exists(path)) continue;
            File.Delete(path);
            found = true;
        }

        return found;
    }

    private void MoveHeld(string key, string to)
    {
        var from = Path.Combine(_held, key);
        try
        {
            File.Move(from, to, overwrite: true);
        }
        catch (IOException) when (File.Exists(from))
        {
            // The folder is missing. Whatever the error says: if another thread makes it meanwhile, the runtime takes the file to be what was not found.
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Move(from, to, overwrite: true);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // Deleted meanwhile.
        }
    }

    private string ServedPath(string key) => Path.Combine(root, key[..2], key);
}
