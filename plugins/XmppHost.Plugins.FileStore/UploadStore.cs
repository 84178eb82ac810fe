using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using XmppHost.Hosting;
using XmppHost.Plugins.FileStore.Disk;

namespace XmppHost.Plugins.FileStore;

/// <summary>The store's address and key, for whoever hands out places in it.</summary>
internal sealed class UploadStore(IVHost host, FileStoreOptions options, FileDepot depot, string secretFile) : IUploadStore, IVHostService
{
    private readonly Lazy<string> _secret = new(() => LoadOrMake(secretFile));

    public Uri BaseUrl => new(PublicUrl, $"upload/{Uri.EscapeDataString(Label(host))}/");

    /// <summary>Our own and nobody else's: what it signed is in the ledger, or was.</summary>
    public string Secret => _secret.Value;

    public long MaxFileSize => options.MaxFileSize.Bytes;

    /// <summary>Where a file is served, percent-encoded.</summary>
    internal Uri UrlOf(string path) => new(BaseUrl, string.Join('/', path.Split('/').Select(Uri.EscapeDataString)));

    private Uri PublicUrl => host.PublicUrl ?? throw new InvalidOperationException("the plugin FileStore needs an http or https endpoint, or the host's publicUrl");

    /// <summary>The host in the path of its files, in ASCII.</summary>
    internal static string Label(IVHost host) => Uri.CheckHostName(host.Name) == UriHostNameType.Dns ? new IdnMapping().GetAscii(host.Name) : host.Name;

    public ValueTask<bool> DeleteAsync(string key, CancellationToken ct) => ValueTask.FromResult(depot.Delete(UploadPath.KeyOf(key)));

    public ValueTask StartAsync(CancellationToken ct)
    {
        _ = PublicUrl;
        return ValueTask.CompletedTask;
    }

    public ValueTask StopAsync(CancellationToken ct) => ValueTask.CompletedTask;

    private static string LoadOrMake(string path)
    {
        if (File.Exists(path)) return File.ReadAllText(path).Trim() is { Length: > 0 } kept ? kept : throw new InvalidDataException($"{path} is empty: delete it, and a new secret is made");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var temporary = $"{path}.{Guid.NewGuid():N}";
        var how = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(temporary, how))
        {
            file.Write(Encoding.ASCII.GetBytes(secret));
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: false);
        return secret;
    }
}
