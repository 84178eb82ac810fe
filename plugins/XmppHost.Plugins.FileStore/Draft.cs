using Microsoft.Win32.SafeHandles;

namespace XmppHost.Plugins.FileStore;

/// <summary>A file that is being received.</summary>
internal sealed class Draft : IDisposable
{
    private readonly string _temporary;
    private readonly string _path;
    private readonly SafeFileHandle _handle;
    private bool _isKept;

    internal Draft(string temporary, string path, long length)
    {
        _temporary = temporary;
        _path = path;
        _handle = File.OpenHandle(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, preallocationSize: length);
    }

    internal long Length { get; private set; }

    internal void Append(IReadOnlyList<ReadOnlyMemory<byte>> segments)
    {
        RandomAccess.Write(_handle, segments, Length);
        foreach (var segment in segments) Length += segment.Length;
    }

    /// <summary>Puts the file in its place, on disk for good. False when there is one already.</summary>
    internal bool TryKeep(string? contentType)
    {
        RandomAccess.Write(_handle, StoredFile.Trailer(contentType), Length);
        RandomAccess.FlushToDisk(_handle);
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        try
        {
            File.Move(_temporary, _path, overwrite: false);
            return _isKept = true;
        }
        catch (IOException) when (File.Exists(_path))
        {
            return false;
        }
    }

    public void Dispose()
    {
        _handle.Dispose();
        if (!_isKept) File.Delete(_temporary);
    }
}
