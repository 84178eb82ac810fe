using XmppHost.Hosting;

namespace XmppHost.Plugins.Tests.HttpUpload;

internal sealed class FakeUploadStore : IUploadStore
{
    public Uri BaseUrl { get; } = new("https://example.org:5281/upload/example.org/");

    public string Secret => "secret string";

    public long MaxFileSize { get; set; } = long.MaxValue;

    public List<string> Deleted { get; } = [];

    public ValueTask<bool> DeleteAsync(string key, CancellationToken ct)
    {
        Deleted.Add(key);
        return ValueTask.FromResult(true);
    }
}
