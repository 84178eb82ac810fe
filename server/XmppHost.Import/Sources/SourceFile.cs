namespace XmppHost.Import.Sources;

/// <summary>The text of a config file.</summary>
internal static class SourceFile
{
    /// <summary>No server's config is larger; what is, is another file.</summary>
    private const long MaxBytes = 16 << 20;

    /// <param name="from">Where it is included, or the file itself.</param>
    /// <exception cref="SourceException">It cannot be read.</exception>
    internal static string Read(string path, Place from)
    {
        try
        {
            if (Directory.Exists(path)) throw new SourceException(from, $"{path} is a folder");
            if (new FileInfo(path).Length > MaxBytes) throw new SourceException(from, $"{path} is too large for a config file");
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SourceException(from, from.Line == 0 ? "there is no such file" : $"there is no file {path}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new SourceException(from, $"cannot be read: {e.Message}");
        }
    }
}
