using System.Collections.Concurrent;
using XmppHost.Plugins.HttpUpload.Backends;
using XmppHost.Plugins.HttpUpload.Slots;
using XmppHost.Storage;

namespace XmppHost.Plugins.Tests.HttpUpload;

/// <summary>A store whose files a test puts there itself, and which can be down.</summary>
internal sealed class FakeBackend(TimeProvider time) : IUploadBackend
{
    public string Name { get; init; } = "s3";

    public bool KeepsLedger { get; init; }

    public bool CanDelete { get; init; } = true;

    /// <summary>Whether it can say what is there.</summary>
    public bool Knows { get; init; } = true;

    public bool IsDown { get; set; }

    /// <summary>Keys that it does not delete.</summary>
    public HashSet<string> Refused { get; } = [];

    public ConcurrentDictionary<string, byte> Files { get; } = new();

    /// <summary>Keys that were to be deleted, in the order of the calls.</summary>
    public ConcurrentQueue<string> Deleted { get; } = new();

    /// <summary>How often it was asked for anything but slots.</summary>
    public int Calls { get; private set; }

    public FileRequest? Last { get; private set; }

    public ValueTask<UploadSlot> CreateSlotAsync(FileRequest file, CancellationToken ct)
    {
        ThrowIfDown();
        Last = file;
        var key = $"{file.Prefix}{file.Token}/{file.Name}";
        return ValueTask.FromResult(new UploadSlot(key, "https://put.example/" + key, GetUrl(key)) { Ends = KeepsLedger ? null : time.GetUtcNow() + (file.Lifetime ?? TimeSpan.FromMinutes(5)) });
    }

    public string? KeyOf(Uri url) => BaseUrl.KeyOf("https://get.example/", url);

    public string GetUrl(string key) => BaseUrl.Append("https://get.example/", key);

    public ValueTask<bool?> ExistsAsync(UploadEntry entry, CancellationToken ct)
    {
        Calls++;
        ThrowIfDown();
        return ValueTask.FromResult<bool?>(Knows ? Files.ContainsKey(entry.Key) : null);
    }

    public ValueTask<IReadOnlyList<string>> DeleteAsync(IReadOnlyList<UploadEntry> entries, CancellationToken ct)
    {
        Calls++;
        ThrowIfDown();
        if (!CanDelete) return ValueTask.FromResult<IReadOnlyList<string>>([]);
        string[] gone = [.. entries.Select(e => e.Key).Where(k => !Refused.Contains(k))];
        foreach (var key in gone)
        {
            Files.TryRemove(key, out _);
            Deleted.Enqueue(key);
        }

        return ValueTask.FromResult<IReadOnlyList<string>>(gone);
    }

    public ValueTask<Stream> OpenAsync(UploadEntry entry, CancellationToken ct) => ValueTask.FromResult<Stream>(new MemoryStream(new byte[entry.Size]));

    private void ThrowIfDown()
    {
        if (IsDown) throw new IOException("the store is down");
    }
}
