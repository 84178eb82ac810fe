using Microsoft.Win32.SafeHandles;

namespace XmppHost.Plugins.FileStore.Disk;

/// <summary>A file that is being received. It is gone again when it is disposed before it was kept.</summary>
internal sealed class Draft : IDisposable
{
    private readonly string _temporary;
    private readonly SafeFileHandle _handle;
    private bool _isKept;

    internal Draft(string temporary, long length)
    {
        _temporary = temporary;
        _handle = File.OpenHandle(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, preallocationSize: length);
    }

    internal long Length { get; private set; }

    internal void Append(IReadOnlyList<ReadOnlyMemory<byte>> segments)
    {
        RandomAccess.Write(_handle, segments, Length);
        foreach (var segment in segments) Length += segment.Length;
    }

    /// <summary>Puts the file into a place, on disk for good.</summary>
    internal void Keep(string path, FileFacts facts)
    {
        RandomAccess.Write(_handle, StoredFile.Trailer(facts), Length);
        RandomAccess.FlushToDisk(_handle);

        // Others are to read it from now on.
        _handle.Dispose();
        File.Move(_temporary, path, overwrite: true);
        _isKept = true;
    }

    public void Dispose()
    {
        _handle.Dispose();
        if (!_isKept) File.Delete(_temporary);
    }
}
