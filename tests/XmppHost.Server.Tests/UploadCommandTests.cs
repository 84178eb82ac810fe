using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace XmppHost.Server.Tests;

/// <summary><c>upload ...</c> on a server with files in its own store, and on its data when it does not run.</summary>
public sealed class UploadCommandTests
{
    private const string Purposes = "hosts:localhost:plugins:HttpUpload:purposes:profile:maxFileSize=1 MiB";

    private readonly HttpClient _http = new(new HttpClientHandler { ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator });
    private readonly string _https = $"endpoints:https:listen:0=127.0.0.1:{LoopbackPorts.Take(1)[0]}";
    private TempFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TempFolder("xh-upload");

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [OneTimeTearDown]
    public void CloseClient() => _http.Dispose();

    [TestCase(false)]
    [TestCase(true)]
    public async Task Files_are_listed_counted_told_whose_they_are_and_deleted(bool running)
    {
        string alices, bobs;
        await using (var server = await Cli.StartAsync(null, _folder["data"], Purposes, _https))
        {
            alices = await UploadAsync("a.txt", 5, "--user", "alice@localhost");
            bobs = await UploadAsync("face.png", 2048, "--user", "bob@localhost", "--purpose", "profile", "--content-type", "image/png");
            if (running) await CheckAsync(alices, bobs);
            if (running) Assert.That((await _http.GetAsync(new Uri(alices))).StatusCode, Is.AnyOf(HttpStatusCode.NotFound, HttpStatusCode.Gone));
        }

        if (!running) await CheckAsync(alices, bobs);
    }

    [Test]
    public async Task Slot_that_nobody_has_used_is_listed_as_issued_and_can_be_deleted()
    {
        await using var server = await Cli.StartAsync(null, _folder["data"], _https);
        var slot = JsonNode.Parse((await RunAsync("url", "localhost", "a.txt", "5", "--json")).Output)!;
        var key = Text(slot["key"]);

        Assert.That((await RunAsync("list", "localhost")).Output, Does.Match(@"\A\S+ \S+Z  5 bytes  issued  message  -  https://\S+/a\.txt\n\z"));
        Assert.That((await RunAsync("delete", "localhost", key)).Output, Is.EqualTo("Deleted 1 file, 5 bytes.\n"));
        Assert.That((await RunAsync("list", "localhost")).Output, Is.Empty);
        Assert.That((await RunAsync("list", "localhost", "--state", "deleted", "--json")).Output, Does.Contain(key));
        using var content = new ByteArrayContent(new byte[5]);
        Assert.That((await _http.PutAsync(new Uri(Text(slot["put"]!["url"])), content)).IsSuccessStatusCode, Is.False, "the slot went with it");
    }

    [Test]
    public async Task List_shows_the_newest_first_and_says_what_is_left_out()
    {
        foreach (var name in new[] { "1", "2", "3" }) await RunAsync("url", "localhost", name, "5");

        var lines = (await RunAsync("list", "localhost", "--limit", "2")).Output.Split('\n');

        Assert.That(lines[0], Does.EndWith("/3"));
        Assert.That(lines[1], Does.EndWith("/2"));
        Assert.That(lines[2], Is.EqualTo("... and 1 file more: --limit shows them."));
    }

    [Test]
    public async Task What_is_not_there_is_told()
    {
        const string url = "https://example.org/nothing";

        Assert.That(await RunAsync("whose", "localhost", url), Is.EqualTo(new CliResult(1, "", "xmpphost: no upload of localhost has this URL, or it was deleted more than a day ago\n")));
        Assert.That(await RunAsync("delete", "localhost", url, "some/key"), Is.EqualTo(new CliResult(
            1, $"Nothing was deleted.\nThere is no file: {url}\nThere is no file: some/key\n", "xmpphost: 2 files of what was named are not there\n")));
        Assert.That(await RunAsync("delete", "localhost", "--user", "nobody@localhost"), Is.EqualTo(new CliResult(0, "Nothing was deleted.\n", "")));
        Assert.That(await RunAsync("usage", "localhost"), Is.EqualTo(new CliResult(0, "together  0 files  0 bytes  \n", "")));
    }

    private async Task CheckAsync(string alices, string bobs)
    {
        Assert.That((await RunAsync("list", "localhost", "--user", "bob@localhost", "--purpose", "profile")).Output, Does.Match($@"\A\S+ \S+Z  2 KiB  stored  profile  bob@localhost  {bobs}\n\z"));
        Assert.That((await RunAsync("list", "localhost", "--purpose", "ephemeral")).Output, Is.Empty);
        var list = JsonNode.Parse((await RunAsync("list", "localhost", "--json")).Output)!;
        Assert.That(list["count"]!.GetValue<int>(), Is.EqualTo(2));
        Assert.That(list["files"]!.AsArray().Select(f => Text(f!["user"])), Is.EqualTo(new[] { "bob@localhost", "alice@localhost" }));

        Assert.That((await RunAsync("usage", "localhost")).Output, Is.EqualTo(
            "bob@localhost     1 file    2 KiB  profile: 1 file, 2 KiB\n"
            + "alice@localhost   1 file  5 bytes  message: 1 file, 5 bytes\n"
            + "together         2 files    2 KiB  message: 1 file, 5 bytes; profile: 1 file, 2 KiB\n"));
        Assert.That(JsonNode.Parse((await RunAsync("usage", "localhost", "--user", "bob@localhost", "--json")).Output)!["bytes"]!.GetValue<long>(), Is.EqualTo(2048));

        Assert.That((await RunAsync("whose", "localhost", bobs)).Output, Does.Contain("uploader    bob@localhost\n").And.Contain("type        image/png\n").And.Contain($"url         {bobs}\n"));
        Assert.That(Text(JsonNode.Parse((await RunAsync("whose", "localhost", alices, "--json")).Output)!["user"]), Is.EqualTo("alice@localhost"));

        Assert.That((await RunAsync("delete", "localhost", alices)).Output, Is.EqualTo("Deleted 1 file, 5 bytes.\n"));
        Assert.That((await RunAsync("delete", "localhost", alices)).ExitCode, Is.EqualTo(1), "it is gone");
        Assert.That((await RunAsync("delete", "localhost", "--user", "bob@localhost")).Output, Is.EqualTo("Deleted 1 file, 2 KiB.\n"));
        Assert.That((await RunAsync("list", "localhost")).Output, Is.Empty);
        Assert.That((await RunAsync("whose", "localhost", bobs)).Output, Does.Contain("state       deleted\n"), "for a day it is still known");
        Assert.That(Directory.EnumerateFiles(_folder["data"], "*", SearchOption.AllDirectories).Where(f => f.Contains("FileStore", StringComparison.Ordinal) && new FileInfo(f).Length is 5 or 2048), Is.Empty);
    }

    // The URL to download it from.
    private async Task<string> UploadAsync(string name, int size, params string[] options)
    {
        var slot = JsonNode.Parse((await RunAsync(["url", "localhost", name, $"{size}", .. options, "--json"])).Output)!;
        using var content = new ByteArrayContent(new byte[size]);
        if (Array.IndexOf(options, "--content-type") is >= 0 and var at) content.Headers.ContentType = MediaTypeHeaderValue.Parse(options[at + 1]);
        var answer = await _http.PutAsync(new Uri(Text(slot["put"]!["url"])), content);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        return Text(slot["get"]!["url"]);
    }

    private static string Text(JsonNode? node) => node!.GetValue<string>();

    private Task<CliResult> RunAsync(params string[] arguments) => Cli.RunAsync(["upload", .. arguments, "--data", _folder["data"], "--set", Purposes, "--set", _https]);
}
