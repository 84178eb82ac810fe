using System.Security.Cryptography;
using XmppHost.Addressing;
using XmppHost.Plugins.HttpUpload;
using XmppHost.Plugins.HttpUpload.Slots;
using XmppHost.Storage;
using XmppHost.Testing.Services;

namespace XmppHost.Plugins.Tests.HttpUpload;

/// <summary>What becomes of files later: found, read and deleted at a real S3 server.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class S3StoreTests
{
    private static readonly HttpClient Http = new();

    private RadosGateway _gateway = null!;
    private Uri _bucket = null!;

    [OneTimeSetUp]
    public async Task StartGateway()
    {
        _gateway = await RadosGateway.SharedAsync();
        _bucket = await _gateway.CreateBucketAsync();
    }

    [TestCase("plain.txt")]
    [TestCase("1+1 = zwölf & 100%? <'\">.txt")]
    [TestCase("日本語 🦊.png")]
    public async Task File_of_any_name_is_found_read_and_deleted(string name)
    {
        using var side = Side();
        var content = RandomNumberGenerator.GetBytes(3000);
        var entry = await UploadAsync(side, name, content);
        Assert.That(await side.Backend.ExistsAsync(entry, default), Is.True);
        Assert.That(await ReadAsync(side, entry), Is.EqualTo(content));
        Assert.That(await side.Backend.DeleteAsync([entry], default), Is.EqualTo(new[] { entry.Key }));
        Assert.That(await side.Backend.ExistsAsync(entry, default), Is.False);
    }

    [Test]
    public async Task Slot_that_was_never_used_is_known_to_be_empty()
    {
        using var side = Side();
        var slot = await side.SlotAsync(new FileRequest("never", "used.txt", 5, null));
        Assert.That(await side.Backend.ExistsAsync(EntryOf(slot.Key), default), Is.False);
        Assert.That(async () => await side.Backend.OpenAsync(EntryOf(slot.Key), default), Throws.Exception);
    }

    [Test]
    public async Task Missing_bucket_is_not_taken_for_missing_files()
    {
        using var side = Side(o => o with { BucketUrl = new Uri(_gateway.Endpoint, "no-such-bucket") });
        Assert.That(await Outcome(side.Backend.DeleteAsync([EntryOf("a/b")], default)), Is.Null, "nothing is said to be gone");
    }

    [Test]
    public async Task More_files_than_one_request_takes_are_deleted()
    {
        using var side = Side();
        UploadEntry[] there = [await UploadAsync(side, "first", [1]), await UploadAsync(side, "last", [2])];
        UploadEntry[] all = [there[0], .. Enumerable.Range(0, 2100).Select(i => EntryOf($"none/{i}")), there[1]];
        Assert.That(await side.Backend.DeleteAsync(all, default), Is.EqualTo(all.Select(e => e.Key)));
        foreach (var entry in there) Assert.That(await side.Backend.ExistsAsync(entry, default), Is.False);
    }

    [Test]
    public async Task File_that_the_store_keeps_is_not_said_to_be_gone()
    {
        var bucket = await _gateway.CreateBucketAsync();
        using var side = Side(o => o with { BucketUrl = bucket });
        UploadEntry[] all = [await UploadAsync(side, "free.txt", [1], "a/"), await UploadAsync(side, "kept.txt", [2], "kept/")];
        await _gateway.Client.PutBucketPolicyAsync(bucket.AbsolutePath[1..], $$"""
            {"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":["s3:DeleteObject","s3:DeleteObjectVersion"],"Resource":"arn:aws:s3:::{{bucket.AbsolutePath[1..]}}/kept/*"}]}
            """);
        Assert.That(await side.Backend.DeleteAsync(all, default), Is.EqualTo(new[] { all[0].Key }));
        Assert.That(await side.Backend.ExistsAsync(all[1], default), Is.True);
    }

    [Test]
    public async Task Purpose_is_a_prefix_of_the_object()
    {
        using var side = Side(o => o with { Prefix = "uploads" });
        var entry = await UploadAsync(side, "a b.txt", [1], "profile/");
        var objects = await _gateway.Client.ListObjectsV2Async(new() { BucketName = _bucket.AbsolutePath[1..], Prefix = "uploads/profile/" });
        Assert.That(objects.S3Objects.Single().Key, Is.EqualTo("uploads/" + entry.Key));
        Assert.That(side.Backend.GetUrl(entry.Key), Is.EqualTo($"{_bucket}/uploads/{entry.Key.Replace(" ", "%20")}"));
    }

    [Test]
    public void Key_is_found_in_every_url_that_was_ever_handed_out()
    {
        using var side = Side(o => o with { GetBaseUrl = new Uri("https://cdn.example.org/files") });
        const string key = "message/0123/1+1 = zwölf%2F?.txt";
        Assert.That(side.Backend.KeyOf(new Uri(side.Backend.GetUrl(key))), Is.EqualTo(key));
        Assert.That(side.Backend.KeyOf(new Uri(side.Backend.GetUrl(key) + "?download")), Is.EqualTo(key));
        Assert.That(side.Backend.KeyOf(new Uri(side.Access.Location.ObjectsUrl + "a/b%20c")), Is.EqualTo("a/b c"));
        Assert.That(side.Backend.KeyOf(new Uri("https://elsewhere.example.org/files/a/b")), Is.Null);
    }

    internal static UploadEntry EntryOf(string key) =>
        new("example.org", key, "s3", Jid.Parse("romeo@example.org"), key.Split('/')[^1], 1, null, "message", DateTimeOffset.UnixEpoch, null, null, UploadState.Issued);

    internal static async Task<byte[]> ReadAsync(S3Side side, UploadEntry entry)
    {
        await using var stream = await side.Backend.OpenAsync(entry, default);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        return copy.ToArray();
    }

    private static async Task<UploadEntry> UploadAsync(S3Side side, string name, byte[] content, string prefix = "")
    {
        var slot = await side.SlotAsync(new FileRequest(Guid.NewGuid().ToString("N"), name, content.Length, null, prefix));
        using var response = await Http.PutAsync(new Uri(slot.PutUrl), new ByteArrayContent(content));
        Assert.That(response.IsSuccessStatusCode, Is.True);
        return EntryOf(slot.Key);
    }

    private static async Task<IReadOnlyList<string>?> Outcome(ValueTask<IReadOnlyList<string>> deletion)
    {
        try
        {
            return await deletion;
        }
        catch (Amazon.S3.AmazonS3Exception)
        {
            return null;
        }
    }

    private S3Side Side(Func<S3Options, S3Options>? change = null)
    {
        var options = new S3Options
        {
            BucketUrl = _bucket,
            Region = RadosGateway.Region,
            AccessKeyId = new Secret(RadosGateway.AccessKeyId),
            SecretAccessKey = new Secret(RadosGateway.SecretAccessKey),
        };
        return new S3Side(change?.Invoke(options) ?? options);
    }
}
