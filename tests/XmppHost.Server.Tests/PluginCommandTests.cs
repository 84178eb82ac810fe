using System.Text.Json.Nodes;

namespace XmppHost.Server.Tests;

/// <summary>Commands that plugins add, by the example of <c>upload url</c>.</summary>
public sealed class PluginCommandTests
{
    private TempFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TempFolder("xh-command");

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_command_works_with_and_without_a_running_server(bool running)
    {
        await using var server = running ? await Cli.StartAsync(null, _folder["data"]) : null;

        var result = await UrlAsync("localhost", "très cool.txt", "5", "--content-type", "text/plain");

        Assert.That((result.ExitCode, result.Error), Is.EqualTo((0, "")));
        Assert.That(result.Output, Does.Match(@"\APUT (https://localhost:\d+/upload/localhost/[0-9a-f]{64}/tr%C3%A8s%20cool\.txt)\?v2=[0-9a-f]{64}\nGET \1\nThe PUT URL is good until \d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ\.\n\z"));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task With_json_the_result_is_one_value(bool running)
    {
        await using var server = running ? await Cli.StartAsync(null, _folder["data"]) : null;

        var result = await UrlAsync("localhost", "a.txt", "5", "--json");

        var json = JsonNode.Parse(result.Output)!;
        Assert.That(json["put"]!["url"]!.GetValue<string>(), Does.StartWith(json["get"]!["url"]!.GetValue<string>()));
        Assert.That(json["put"]!["headers"]!.AsArray(), Is.Empty);
        Assert.That(json["ends"]!.GetValue<DateTimeOffset>(), Is.EqualTo(DateTimeOffset.UtcNow.AddMinutes(5)).Within(TimeSpan.FromMinutes(4)));
        Assert.That(json["key"]!.GetValue<string>(), Does.Match("^[0-9a-f]{64}/a\\.txt$"));
    }

    [TestCase("localhots a.txt 5", "hostNotFound", "there is no host localhots here; did you mean 'localhost'?")]
    [TestCase("localhost a/b 5", "badFileName", "the file's name is a path: it must have no slashes")]
    [TestCase("localhost a.txt 1TiB", "fileTooLarge", "the file is larger than this host allows: the limit is 100 MiB")]
    [TestCase("localhost a.txt 5 --timeout 604801", "badTimeout", "the timeout is longer than 7 days")]
    [TestCase("localhost a.txt 5 --content-type ü", "badContentType", "this is not a content type")]
    [TestCase("localhost a.txt 5 --purpose profile", "purposeNotServed", "this host does not take files for the purpose profile; it takes message")]
    [TestCase("localhost a.txt 5 --expires 2020-01-01T00:00:00Z", "badExpiry", "the time at which the file is to be gone has passed already")]
    [TestCase("localhost a.txt 5 --set hosts:localhost:plugins:HttpUpload=false", "pluginOff", "the plugin HttpUpload, to which 'upload url' belongs, is off in localhost")]
    public async Task What_cannot_be_done_is_told_in_one_line_and_in_json(string command, string code, string message)
    {
        var result = await UrlAsync([.. command.Split(' '), "--json"]);

        Assert.That((result.ExitCode, result.Error), Is.EqualTo((1, $"xmpphost: {message}\n")));
        var error = JsonNode.Parse(result.Output)!["error"]!;
        Assert.That((error["code"]!.GetValue<string>(), error["message"]!.GetValue<string>()), Is.EqualTo((code, message)));
    }

    [Test]
    public async Task Help_needs_no_config()
    {
        var result = await Cli.RunAsync("upload", "url", "--help", "--config", "/nowhere/x.json", "--data", _folder["data"]);

        Assert.That((result.ExitCode, result.Error), Is.EqualTo((0, "")));
        Assert.That(result.Output, Does.Contain("Usage:"));
    }

    [Test]
    public async Task In_a_folder_without_a_server_nothing_is_made()
    {
        var result = await Cli.RunAsync("upload", "url", "localhost", "a.txt", "5", "--set", $"data={_folder["nowhere"]}");

        Assert.That((result.ExitCode, result.Error.Trim()), Is.EqualTo((1, $"xmpphost: there is no data folder {_folder["nowhere"]}: start the server first, or name its place with --data or --config")));
        Assert.That(Directory.Exists(_folder["nowhere"]), Is.False);
    }

    private Task<CliResult> UrlAsync(params string[] arguments) => Cli.RunAsync(["upload", "url", .. arguments, "--data", _folder["data"]]);
}
