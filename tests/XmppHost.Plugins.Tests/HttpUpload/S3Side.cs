using XmppHost.Plugins.HttpUpload;
using XmppHost.Plugins.HttpUpload.Backends;
using XmppHost.Plugins.HttpUpload.Slots;
using XmppHost.Plugins.Tests.Support;

namespace XmppHost.Plugins.Tests.HttpUpload;

/// <summary>The S3 backend with these options, in a host example.org.</summary>
internal sealed class S3Side : IDisposable
{
    internal S3Side(S3Options options, TimeSpan? ttl = null, TimeProvider? time = null)
    {
        Access = new S3Access(options, time ?? TimeProvider.System);
        Backend = new S3UploadBackend(Access, ttl ?? TimeSpan.FromMinutes(5), () => S3Registration.Downloads(Access, Host));
    }

    internal FakeVHost Host { get; } = new("example.org") { PublicUrl = new Uri("https://example.org:5281/") };

    internal S3Access Access { get; }

    internal S3UploadBackend Backend { get; }

    internal async Task<UploadSlot> SlotAsync(FileRequest file) => await Backend.CreateSlotAsync(file, CancellationToken.None);

    public void Dispose() => Access.Dispose();
}
