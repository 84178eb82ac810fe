using System.Text.RegularExpressions;

namespace XmppHost.Server.Tests.Import;

/// <summary>Other servers' configs as ours: what is printed, and that a server takes it.</summary>
public sealed partial class ConfigImportTests
{
    private static readonly bool Update = Environment.GetEnvironmentVariable("UPDATE") == "1";

    private TempFolder _folder = null!;

    private static string Here { get; } = Path.Combine(Repository.Root, "tests", "XmppHost.Server.Tests", "Import");

    private static string Samples { get; } = Path.Combine(Here, "Samples");

    [SetUp]
    public void MakeFolder() => _folder = new TempFolder("xh-import");

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    private static IEnumerable<TestCaseData> AllSamples() => Directory.EnumerateFiles(Samples).Order(StringComparer.Ordinal).Select(f => new TestCaseData(f).SetArgDisplayNames(Path.GetFileName(f)));

    // Expected/ has what was looked through by eye; run with UPDATE=1 to write it anew, and look again.
    [TestCaseSource(nameof(AllSamples))]
    public async Task Every_sample_becomes_what_is_expected_with_every_warning(string sample)
    {
        var result = await ImportAsync(sample);

        Assert.That(result.ExitCode, Is.Zero, result.Error);
        Compare(Path.GetFileName(sample) + ".json", result.Output);
        Compare(Path.GetFileName(sample) + ".messages", result.Error);
    }

    [TestCaseSource(nameof(AllSamples))]
    public async Task Every_imported_config_is_in_order(string sample)
    {
        Environment.SetEnvironmentVariable("SHARE_SECRET", "from-the-environment");
        var result = await ImportAsync(sample, "--output", _folder["xmpphost.json"]);
        Assert.That((result.ExitCode, result.Output), Is.EqualTo((0, "")), result.Error);

        var check = await Cli.RunAsync("config", "check", "--config", _folder["xmpphost.json"], "--data", _folder["data"]);

        Assert.That(check, Is.EqualTo(new CliResult(0, check.Output, "")));
        Assert.That(check.Output, Does.StartWith("The configuration is in order: "));
    }

    [TestCaseSource(nameof(AllSamples))]
    public async Task Secrets_go_to_files_for_their_owner_alone_and_nowhere_else(string sample)
    {
        Environment.SetEnvironmentVariable("SHARE_SECRET", "from-the-environment");
        var inline = await ImportAsync(sample);
        var result = await ImportAsync(sample, "--output", _folder["xmpphost.json"], "--secrets", _folder["secrets"]);
        Assert.That(result.ExitCode, Is.Zero, result.Error);
        var config = File.ReadAllText(_folder["xmpphost.json"]);

        var secrets = SecretValue().Matches(inline.Output).Select(m => System.Text.Json.JsonSerializer.Deserialize<string>(m.Groups[1].Value)!).Where(s => !s.StartsWith("${", StringComparison.Ordinal)).Distinct().Order().ToArray();
        var files = Directory.Exists(_folder["secrets"]) ? Directory.GetFiles(_folder["secrets"]) : [];
        Assert.That(files.Select(f => File.ReadAllText(f).TrimEnd('\n')).Order(), Is.EqualTo(secrets));
        foreach (var secret in secrets) Assert.That(config + result.Error + inline.Error, Does.Not.Contain(secret).And.Not.Contain(secret.Replace("\"", "\\\"", StringComparison.Ordinal)));
        if (!OperatingSystem.IsWindows())
            foreach (var file in files.Append(_folder["xmpphost.json"])) Assert.That(File.GetUnixFileMode(file), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite), file);
        var check = await Cli.RunAsync("config", "check", "--config", _folder["xmpphost.json"], "--data", _folder["data"]);
        Assert.That((check.ExitCode, check.Error), Is.EqualTo((0, "")));
    }

    // With the old config a slot's URLs began so, too; only the random part is another.
    [TestCase("prosody-s3-component.cfg.lua", "xmpp.host", "https://xmppbucket.objects.example.net/uploads/*/a.jpg?X-Amz-", "https://download.xmpp.host/uploads/*/a.jpg")]
    [TestCase("prosody-s3-module.cfg.lua", "two.example", "https://s3.eu-west-2.amazonaws.com/the_best_bucket/http_uploads/*/a.jpg?X-Amz-", "https://s3.eu-west-2.amazonaws.com/the_best_bucket/http_uploads/*/a.jpg")]
    [TestCase("prosody-external.cfg.lua", "example.org", "https://files.example.org/share.php/*/a.jpg?v=", "https://files.example.org/share.php/*/a.jpg")]
    [TestCase("prosody-external.cfg.lua", "example.net", "https://files.example.net/upload/*/a.jpg?v2=", "https://files.example.net/upload/*/a.jpg")]
    [TestCase("prosody-file-share-external.cfg.lua", "example.org", "https://files.example.org/share/*/a.jpg", "https://files.example.org/share/*/a.jpg")]
    [TestCase("ejabberd-s3.yml", "example.net", "https://my-bucket.s3.us-east-2.amazonaws.com/*/a.jpg?X-Amz-", "https://my-bucket.s3.us-east-2.amazonaws.com/*/a.jpg")]
    [TestCase("ejabberd-http-upload.yml", "a.example", "https://a.example:5443/upload/a.example/*/a.jpg?v=", "https://a.example:5443/upload/a.example/*/a.jpg")]
    [TestCase("ejabberd-http-upload.yml", "b.example", "https://files.b.example/upload/*/a.jpg?v=", "https://files.b.example/upload/*/a.jpg")]
    [TestCase("ejabberd-http-upload.yml", "c.example", "https://store.example/bucket/*/a.jpg?X-Amz-", "https://cdn.c.example/*/a.jpg")]
    [TestCase("mongooseim.toml", "localhost", "https://s3-eu-west-1.amazonaws.com/mybucket/custom/prefix/*/a.jpg?X-Amz-", "https://s3-eu-west-1.amazonaws.com/mybucket/custom/prefix/*/a.jpg")]
    public async Task Slots_of_the_imported_config_have_the_urls_of_before(string sample, string host, string put, string get)
    {
        Environment.SetEnvironmentVariable("SHARE_SECRET", "from-the-environment");
        await ImportAsync(Path.Combine(Samples, sample), "--output", _folder["xmpphost.json"]);

        var slot = await Cli.RunAsync("upload", "url", host, "a.jpg", "100", "--config", _folder["xmpphost.json"], "--data", _folder["data"]);

        Assert.That(slot.ExitCode, Is.Zero, slot.Error);
        Assert.That(slot.Output, Does.Match($"(?m)^PUT {Pattern(put)}").And.Match($"(?m)^GET {Pattern(get)}$"));

        static string Pattern(string url) => Regex.Escape(url).Replace("\\*", "[0-9a-f]{16,}", StringComparison.Ordinal);
    }

    [TestCase("prosody", "VirtualHost \"a.example\"\nmodules_enabled = { \"roster\"\nx = 1", "3: 'x' where '}' of the table of line 2 is expected")]
    [TestCase("prosody", "x = 1", " there is no VirtualHost in it")]
    [TestCase("ejabberd", "hosts:\n  - a.example\n modules:", "3: *")]
    [TestCase("ejabberd", "hosts: []", " there is no host in it: 'hosts' is missing or empty")]
    [TestCase("mongooseim", "[general]\nhosts = [\"a.example\"\n[listen]", "3: '[' where ']' of the array is expected")]
    [TestCase("mongooseim", "[general]", " there is no host in it: general.hosts is missing or empty")]
    [TestCase("prosody", "hosts:\n  - a.example", "1: 'hosts' is followed by ':' where '=' is expected; of Lua only values, VirtualHost, Component and Include are read here")]
    public async Task File_that_cannot_be_read_is_refused_with_its_line_and_nothing_is_printed(string from, string text, string problem)
    {
        File.WriteAllText(_folder["config"], text);
        var result = await Cli.RunAsync("config", "import", "--from", from, _folder["config"]);

        Assert.That((result.ExitCode, result.Output), Is.EqualTo((1, "")));
        Assert.That(result.ErrorLines, Has.Length.EqualTo(1));
        Assert.That(result.ErrorLines[0], Does.Match($"^{Regex.Escape($"xmpphost: {_folder["config"]}:{problem}").Replace("\\*", ".*", StringComparison.Ordinal)}$"));
    }

    [TestCase("prosody")]
    [TestCase("ejabberd")]
    [TestCase("mongooseim")]
    public async Task Missing_file_is_refused(string from)
    {
        var result = await Cli.RunAsync("config", "import", "--from", from, _folder["nowhere"]);

        Assert.That((result.ExitCode, result.Output, result.Error), Is.EqualTo((1, "", $"xmpphost: {_folder["nowhere"]}: there is no such file\n")));
    }

    [Test]
    public async Task Unknown_server_and_missing_server_are_not_understood()
    {
        var unknown = await Cli.RunAsync("config", "import", "--from", "openfire", Path.Combine(Samples, "ejabberd-s3.yml"));
        var missing = await Cli.RunAsync("config", "import", Path.Combine(Samples, "ejabberd-s3.yml"));

        Assert.That((unknown.ExitCode, missing.ExitCode), Is.EqualTo((2, 2)));
        Assert.That(unknown.Error, Does.Contain("openfire").And.Contain("prosody").And.Contain("mongooseim"));
        Assert.That(missing.Error, Does.Contain("--from"));
    }

    [Test]
    public async Task Nothing_is_overwritten()
    {
        File.WriteAllText(_folder["xmpphost.json"], "mine");
        var sample = Path.Combine(Samples, "ejabberd-s3.yml");
        var config = await ImportAsync(sample, "--output", _folder["xmpphost.json"], "--secrets", _folder["secrets"]);
        Assert.That((config.ExitCode, config.ErrorLines[^1]), Is.EqualTo((1, $"xmpphost: {_folder["xmpphost.json"]} exists; it is not overwritten")));
        Assert.That(Directory.Exists(_folder["secrets"]), Is.False);
        Assert.That(File.ReadAllText(_folder["xmpphost.json"]), Is.EqualTo("mine"));

        Assert.That((await ImportAsync(sample, "--secrets", _folder["secrets"])).ExitCode, Is.Zero);
        var again = await ImportAsync(sample, "--secrets", _folder["secrets"]);
        Assert.That((again.ExitCode, again.Output), Is.EqualTo((1, "")));
    }

    [Test]
    public async Task Configs_as_the_packages_bring_them_are_read()
    {
        foreach (var (from, file) in new[] { ("prosody", "/etc/prosody/prosody.cfg.lua"), ("ejabberd", "/etc/ejabberd/ejabberd.yml") })
        {
            File.Delete(_folder["xmpphost.json"]);
            var result = await Cli.RunAsync("config", "import", "--from", from, file, "--output", _folder["xmpphost.json"]);
            Assert.That(result.ExitCode, Is.Zero, result.Error);
            var check = await Cli.RunAsync("config", "check", "--config", _folder["xmpphost.json"], "--data", _folder["data"]);
            Assert.That((check.ExitCode, check.Error), Is.EqualTo((0, "")), File.ReadAllText(_folder["xmpphost.json"]));
            Assert.That(check.Output, Does.Contain("localhost with "));
        }
    }

    [Test]
    public async Task Server_that_runs_has_nothing_of_the_import_in_memory()
    {
        await using var server = await ServerProcess.StartAsync();

        var mapped = File.ReadAllText($"/proc/{server.ProcessId}/maps");

        Assert.That(mapped, Does.Contain("XmppHost.Core.dll"));
        Assert.That(mapped, Does.Not.Contain("YamlDotNet").And.Not.Contain("XmppHost.Import"));
    }

    private static Task<CliResult> ImportAsync(string sample, params string[] more) => Cli.RunAsync(["config", "import", "--from", Path.GetFileName(sample).Split('-', '.')[0], sample, .. more]);

    private static void Compare(string name, string actual)
    {
        var file = Path.Combine(Here, "Expected", name);
        var text = actual.Replace(Samples + Path.DirectorySeparatorChar, "", StringComparison.Ordinal).Replace(Samples, "", StringComparison.Ordinal);
        if (Update) File.WriteAllText(file, text);
        else Assert.That(text, Is.EqualTo(File.ReadAllText(file)));
    }

    [GeneratedRegex("""\"(?:secret|secretAccessKey)\": ("(?:[^"\\]|\\.)*")""")]
    private static partial Regex SecretValue();
}
