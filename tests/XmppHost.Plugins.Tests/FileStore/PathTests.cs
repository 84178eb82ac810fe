using FsCheck;
using FsCheck.Fluent;
using XmppHost.Plugins.FileStore;

namespace XmppHost.Plugins.Tests.FileStore;

public sealed class PathTests
{
    [TestCase("/upload/example.org/a/b", "a/b")]
    [TestCase("/upload/example.org/a/b?v=x/y", "a/b")]
    [TestCase("/upload/EXAMPLE.org/a/b%20c", "a/b c")]
    [TestCase("/%75pload/example.org/a/b", null)]
    [TestCase("/upload/example%2Eorg/a/tr%c3%A8s", "a/très")]
    [TestCase("/upload/example.org/a/...", "a/...")]
    [TestCase("http://x:1/upload/example.org/a/b?c", "a/b")]
    [TestCase("/upload/example.org/a/%25", "a/%")]
    [TestCase("/upload/example.org/a/..", null)]
    [TestCase("/upload/example.org/a/%2e%2E", null)]
    [TestCase("/upload/example.org/../b", null)]
    [TestCase("/upload/example.org/a/b%2Fc", null)]
    [TestCase("/upload/example.org/a/b%5cc", null)]
    [TestCase("/upload/example.org/a/b%00", null)]
    [TestCase("/upload/example.org/a/b%0a", null)]
    [TestCase("/upload/example.org/a/b%7f", null)]
    [TestCase("/upload/example.org/a/b%c3", null)]
    [TestCase("/upload/example.org/a/b%ed%a0%80", null)]
    [TestCase("/upload/example.org/a/b%c0%af", null)]
    [TestCase("/upload/example.org/a/b%", null)]
    [TestCase("/upload/example.org/a/b%2", null)]
    [TestCase("/upload/example.org/a/b%zz", null)]
    [TestCase("/upload/example.org/a/b c", null)]
    [TestCase("/upload/example.org/a/è", null)]
    [TestCase("/upload/example.org/a/", null)]
    [TestCase("/upload/example.org//b", null)]
    [TestCase("/upload/example.org/a", null)]
    [TestCase("/upload/example.org/a/b/", null)]
    [TestCase("/upload/example.org/a/b/c", "a/b/c")]
    [TestCase("/upload/example.org/a/b%2Fc/d", null)]
    [TestCase("/upload/example.org/a/../c", null)]
    [TestCase("/upload/example.org/a/%2e/c", null)]
    [TestCase("/upload/example.org/a//c", null)]
    [TestCase("/upload/example.org/1/2/3/4/5/6/7/8", "1/2/3/4/5/6/7/8")]
    [TestCase("/upload/example.org/1/2/3/4/5/6/7/8/9", null)]
    [TestCase("/upload/example.org", null)]
    [TestCase("/upload/example.net/a/b", null)]
    [TestCase("upload/example.org/a/b", null)]
    [TestCase("http://x", null)]
    [TestCase("://", null)]
    [TestCase("", null)]
    public void Path_is_two_names_or_a_few_more_or_nothing(string target, string? expected) => Assert.That(UploadPath.TryParse(target, "example.org")?.Decoded, Is.EqualTo(expected));

    [Test]
    public void Name_has_at_most_255_bytes()
    {
        Assert.That(UploadPath.TryParse("/upload/h/a/" + new string('x', 255), "h"), Is.Not.Null);
        Assert.That(UploadPath.TryParse("/upload/h/a/" + new string('x', 256), "h"), Is.Null);
        Assert.That(UploadPath.TryParse("/upload/h/a/" + string.Concat(Enumerable.Repeat("%41", 255)), "h"), Is.Not.Null);
        Assert.That(UploadPath.TryParse("/upload/h/a/" + string.Concat(Enumerable.Repeat("%41", 256)), "h"), Is.Null);
    }

    [Test]
    public void Whole_path_has_at_most_1024_bytes()
    {
        var long1 = new string('x', 255);
        Assert.That(UploadPath.TryParse($"/upload/h/{long1}/{long1}/{long1}/{long1}", "h")?.Decoded, Has.Length.EqualTo(4 * 255 + 3));
        Assert.That(UploadPath.TryParse($"/upload/h/{long1}/{long1}/{long1}/{long1}/x", "h"), Is.Null);
    }

    [Test]
    public void No_target_is_too_odd() => Prop.ForAll<NonNull<string>, NonNull<string>>((a, b) =>
    {
        foreach (var target in new[] { a.Get, $"/upload/h/{a.Get}/{b.Get}", $"/upload/h/%{a.Get}/{Uri.EscapeDataString(b.Get)}" })
            if (UploadPath.TryParse(target, "h") is { } path)
                foreach (var segment in path.Decoded.Split('/'))
                    Assert.That(segment, Does.Not.Contain("\\").And.Not.Contain("\0").And.Not.EqualTo("..").And.Not.EqualTo(".").And.Not.Empty);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [TestCase("GET")]
    [TestCase("PUT")]
    public async Task Nothing_leads_out_of_the_store(string method)
    {
        await using var store = await FileStoreHost.StartAsync();
        var prefix = new Uri(store.BaseUrl).AbsolutePath;
        foreach (var path in new[] { "a/..%2f..%2fsecret", "%2e%2e/secret", "a/%2e%2e", "a/b%00c", "a//b", "a/b/../../../../secret", "../secret", "a/" + new string('x', 300), "a%2fb/c", "a/b/..%2f..%2fc", "a/%2e%2e/%2e%2e/c" })
        {
            // A GET leaves no body behind, so that every answer is one to the path.
            var status = await store.StatusOfAsync(method, prefix + path, method == "PUT" ? "Content-Length: 0\r\n" : "");
            Assert.That(status, Is.EqualTo(400).Or.EqualTo(404), path);
        }

        Assert.That(store.FilesOnDisk(), Is.Empty);
    }
}
