using System.Buffers.Binary;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace XmppHost.Plugins.FileStore.Disk;

/// <summary>
/// A file of the depot, open for reading. On disk the content is followed by what is known of it, in one file, so that both are there or neither: the lines of <see cref="FileFacts"/>, their
/// length in two bytes (little endian), and four bytes that say what this is.
/// </summary>
internal sealed class StoredFile : IDisposable
{
    // More than the longest path and type take.
    private const int MaxTrailer = 4096;

    private readonly SafeFileHandle _handle;

    private StoredFile(SafeFileHandle handle, long length, FileFacts facts)
    {
        _handle = handle;
        Length = length;
        Facts = facts;

        // HTTP knows whole seconds.
        var written = File.GetLastWriteTimeUtc(handle);
        LastModified = new DateTimeOffset(written.AddTicks(-(written.Ticks % TimeSpan.TicksPerSecond)), TimeSpan.Zero);
    }

    /// <summary>Of the content alone.</summary>
    internal long Length { get; }

    internal FileFacts Facts { get; }

    internal DateTimeOffset LastModified { get; }

    private static ReadOnlySpan<byte> Mark => "XHF1"u8;

    internal static StoredFile? Open(string path)
    {
        SafeFileHandle handle;
        try
        {
            handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        if (Read(handle) is { } file) return file;
        handle.Dispose();
        return null;
    }

    /// <summary>What follows the content.</summary>
    internal static byte[] Trailer(FileFacts facts)
    {
        var lines = Encoding.UTF8.GetBytes(facts.ToLines());
        var trailer = new byte[lines.Length + 2 + Mark.Length];
        lines.CopyTo(trailer, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(trailer.AsSpan(lines.Length), (ushort)lines.Length);
        Mark.CopyTo(trailer.AsSpan(lines.Length + 2));
        return trailer;
    }

    /// <summary>Bytes of the content from a place on; fewer than asked for only at its end.</summary>
    internal int Read(Span<byte> buffer, long offset) =>
        RandomAccess.Read(_handle, Length - offset < buffer.Length ? buffer[..(int)(Length - offset)] : buffer, offset);

    public void Dispose() => _handle.Dispose();

    private static StoredFile? Read(SafeFileHandle handle)
    {
        Span<byte> end = stackalloc byte[MaxTrailer];
        var total = RandomAccess.GetLength(handle);
        end = end[..RandomAccess.Read(handle, end, Math.Max(0, total - MaxTrailer))];
        if (!end.EndsWith(Mark) || end.Length < Mark.Length + 2) return null;
        end = end[..^Mark.Length];
        var lines = BinaryPrimitives.ReadUInt16LittleEndian(end[^2..]);
        if (lines > end.Length - 2) return null;
        return new StoredFile(handle, total - Mark.Length - 2 - lines, FileFacts.Parse(Encoding.UTF8.GetString(end[(end.Length - 2 - lines)..^2])));
    }
}
