using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace XmppHost.Server.Hosting;

/// <summary>The data folder, held by one process at a time.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly FileStream _lock;

    private DataFolder(string path, FileStream @lock)
    {
        Path = path;
        _lock = @lock;
    }

    internal string Path { get; }

    /// <summary>The socket that commands reach the running server at.</summary>
    internal static string ControlSocket(string folder)
    {
        var path = System.IO.Path.Combine(folder, "control.sock");
        // A Unix socket's path has room for some hundred bytes.
        if (Encoding.UTF8.GetByteCount(path) <= 100) return path;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder)))[..16];
        return System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"xmpphost-{hash}.sock");
    }

    /// <summary>Makes the folder where there is none, and locks it.</summary>
    internal static DataFolder Open(string path)
    {
        try
        {
            // Accounts and messages are nobody else's business.
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
            else if (!Directory.Exists(path)) Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new Refusal($"the data folder {path} cannot be made: {e.Message}");
        }

        return new DataFolder(path, TakeLock(path));
    }

    public void Dispose() => _lock.Dispose();

    private static FileStream TakeLock(string folder)
    {
        var path = System.IO.Path.Combine(folder, "lock");
        try
        {
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            // Beside it, since nobody else can open the locked one.
            File.WriteAllText(System.IO.Path.Combine(folder, "pid"), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return file;
        }
        catch (UnauthorizedAccessException e)
        {
            throw new Refusal($"the data folder {folder} cannot be written: {e.Message}");
        }
        catch (IOException)
        {
            throw new Refusal($"the data folder {folder} is in use by another xmpphost{Holder(folder)}");
        }
    }

    private static string Holder(string folder)
    {
        var path = System.IO.Path.Combine(folder, "pid");
        return File.Exists(path) && int.TryParse(File.ReadAllText(path), out var id) ? string.Create(CultureInfo.InvariantCulture, $" (process {id})") : "";
    }
}
