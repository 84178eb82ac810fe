using Microsoft.Win32.SafeHandles;

namespace XmppHost.Plugins.FileStore.Disk;

/// <summary>A file that is being received. It is gone again when it is disposed before it was kept.</summary>
internal sealed class Draft : IDisposable
{
    // Below, the disk needs no hint, and is done soon.
    private const long Large = 4 << 20;

    private readonly string _temporary;
    private readonly SafeFileHandle _handle;
    private bool _isKept;

    internal Draft(string temporary, long length)
    {
        _temporary = temporary;
        _handle = File.OpenHandle(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, preallocationSize: length < Large ? 0 : length);
    }

    internal long Length { get; private set; }

    internal void Append(IReadOnlyList<ReadOnlyMemory<byte>> segments)
    {
        RandomAccess.Write(_handle, segments, Length);
        foreach (var segment in segments) Length += segment.Length;
    }

    /// <summary>Puts all of it on the disk.</summary>
    internal async ValueTask CompleteAsync(FileFacts facts)
    {
        RandomAccess.Write(_handle, StoredFile.Trailer(facts), Length);

        // Much may take seconds, in which no thread of the pool is to stand still.
        if (Length < Large) RandomAccess.FlushToDisk(_handle);
        else await Task.Factory.StartNew(() => RandomAccess.FlushToDisk(_handle), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);

        // Others are to read it from now on.
        _handle.Dispose();
    }

    /// <summary>Puts it into a place, once it is complete.</summary>
    internal void MoveTo(string path)
    {
        File.Move(_temporary, path, overwrite: true);
        _isKept = true;
    }

    public void Dispose()
    {
        _handle.Dispose();
        if (!_isKept) File.Delete(_temporary);
    }
}
