using System.Security.Cryptography;
using System.Text;
using XmppHost.Hosting;

namespace XmppHost.Plugins.FileStore;

/// <summary>The store's address and key, for whoever hands out places in it.</summary>
internal sealed class UploadStore(IVHost host, FileStoreOptions options, string secretFile) : IUploadStore
{
    private readonly Lazy<string> _secret = new(() => options.Secret?.Reveal() ?? LoadOrMake(secretFile));

    public Uri BaseUrl { get; } = new((host.PublicUrl ?? throw new InvalidOperationException("FileStore needs an http or https endpoint")) + Prefix(host)[1..]);

    public string Secret => _secret.Value;

    public long MaxFileSize => options.MaxFileSize.Bytes;

    /// <summary>The path of all files of a host: <c>/upload/example.org/</c>.</summary>
    internal static string Prefix(IVHost host) => $"/upload/{host.Name}/";

    private static string LoadOrMake(string path)
    {
        if (File.Exists(path)) return File.ReadAllText(path).Trim();
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var temporary = $"{path}.{Guid.NewGuid():N}";
        var how = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(temporary, how)) file.Write(Encoding.ASCII.GetBytes(secret));
        File.Move(temporary, path, overwrite: false);
        return secret;
    }
}
