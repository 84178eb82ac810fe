using System.Text;

namespace XmppHost.Import.Output;

/// <summary>Files for their owner's eyes. One that exists is never overwritten.</summary>
internal static class PrivateFile
{
    /// <exception cref="IOException">It exists, or cannot be written.</exception>
    internal static void Write(string path, string content)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        // From the first moment on: between creating and changing the mode anybody could open it.
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var stream = new FileStream(path, options);
        stream.Write(Encoding.UTF8.GetBytes(content));
    }
}
