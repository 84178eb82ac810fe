using XmppHost.Plugins.HttpUpload;
using XmppHost.Plugins.HttpUpload.Slots;
using XmppHost.Plugins.Tests.Support;
using XmppHost.Testing;

namespace XmppHost.Plugins.Tests.HttpUpload;

/// <summary>Where keys come from, and that they can be changed while the server runs.</summary>
public sealed class S3KeyTests
{
    private readonly TempFolder _folder = new("keys");
    private readonly ManualTime _time = new();

    [TearDown]
    public void Clean() => _folder.Dispose();

    [Test]
    public async Task Key_and_secret_that_both_changed_in_their_files_are_used_at_once()
    {
        Write("FIRST", "one");
        using var side = FromFiles();
        Assert.That(await KeyOfSlotAsync(side, "one"), Is.EqualTo("FIRST"));
        Write("SECOND", "two");
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.That(await KeyOfSlotAsync(side, "two"), Is.EqualTo("SECOND"));
    }

    [Test]
    public async Task Half_of_a_change_is_not_used()
    {
        Write("FIRST", "one");
        using var side = FromFiles();
        await File.WriteAllTextAsync(_folder["id"], "SECOND\n");
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.That(await KeyOfSlotAsync(side, "one"), Is.EqualTo("FIRST"));
        await File.WriteAllTextAsync(_folder["secret"], "two\n");
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.That(await KeyOfSlotAsync(side, "two"), Is.EqualTo("SECOND"));
    }

    [Test]
    public async Task Change_of_one_file_that_stays_is_used()
    {
        Write("SAME", "mistyped");
        using var side = FromFiles();
        await File.WriteAllTextAsync(_folder["secret"], "right\n");
        foreach (var secret in new[] { "mistyped", "right" })
        {
            _time.Advance(TimeSpan.FromSeconds(3));
            Assert.That(await KeyOfSlotAsync(side, secret), Is.EqualTo("SAME"));
        }
    }

    [Test]
    public async Task File_that_is_gone_or_empty_changes_nothing()
    {
        Write("FIRST", "one");
        using var side = FromFiles();
        File.Delete(_folder["secret"]);
        await File.WriteAllTextAsync(_folder["id"], "");
        for (var i = 0; i < 3; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(3));
            Assert.That(await KeyOfSlotAsync(side, "one"), Is.EqualTo("FIRST"));
        }
    }

    [Test]
    public async Task Profile_of_a_shared_file_is_found_and_read_again_when_it_changes()
    {
        var file = _folder["credentials"];
        await File.WriteAllTextAsync(file, "[uploads]\naws_access_key_id = FIRST\naws_secret_access_key = one\n[other]\naws_access_key_id = X\naws_secret_access_key = x\n");
        using var side = new S3Side(new S3Options { BucketUrl = new Uri("http://localhost:9000/b"), Region = "us-east-1", Credentials = S3Credentials.Chain, Profile = "uploads", ProfilesFile = file });
        Assert.That(side.Backend.MayWait, Is.True);
        Assert.That(await KeyOfSlotAsync(side, "one"), Is.EqualTo("FIRST"));
        await File.WriteAllTextAsync(file, "[uploads]\naws_access_key_id = SECOND\naws_secret_access_key = two\n");
        File.SetLastWriteTimeUtc(file, new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.That(() => KeyOfSlotAsync(side, null).Result, Is.EqualTo("SECOND").After(30_000, 200));
        Assert.That(await KeyOfSlotAsync(side, "two"), Is.EqualTo("SECOND"));
    }

    [Test]
    public void Keys_without_a_file_are_not_looked_for()
    {
        using var side = new S3Side(Options() with { AccessKeyId = new Secret("ID"), SecretAccessKey = new Secret("secret") }, time: _time);
        _time.Advance(TimeSpan.FromDays(1));
        Assert.That(side.Backend.MayWait, Is.False);
        Assert.That(KeyOfSlotAsync(side, "secret").Result, Is.EqualTo("ID"));
    }

    private void Write(string id, string secret)
    {
        File.WriteAllText(_folder["id"], id + "\n");
        File.WriteAllText(_folder["secret"], secret + "\n");
    }

    private S3Side FromFiles()
    {
        var options = Options() with
        {
            AccessKeyId = new Secret(File.ReadAllText(_folder["id"]).Trim(), _folder["id"]),
            SecretAccessKey = new Secret(File.ReadAllText(_folder["secret"]).Trim(), _folder["secret"]),
        };
        return new S3Side(options, time: _time);
    }

    private static S3Options Options() => new() { BucketUrl = new Uri("http://localhost:9000/b"), Region = "us-east-1" };

    /// <summary>The key that a slot is signed with, which must have this secret.</summary>
    private static async Task<string> KeyOfSlotAsync(S3Side side, string? secret)
    {
        var url = (await side.SlotAsync(new FileRequest("t", "a.txt", 5, null))).PutUrl;
        if (secret is not null) Assert.That(SigV4.QueryOf(url)["X-Amz-Signature"], Is.EqualTo(SigV4.SignatureOf("PUT", url, secret, ("content-length", "5"))));
        return SigV4.QueryOf(url)["X-Amz-Credential"].Split('/')[0];
    }
}
