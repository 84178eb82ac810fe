namespace XmppHost.Import.Tests;

/// <summary>Every option of every upload module is in the config or in a message, and in the documentation; and so is one that nobody knows.</summary>
public sealed class EveryOptionTests
{
    private static readonly Lazy<string> Page = new(() => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "moving.md")));

    private string _file = null!;

    [SetUp]
    public void MakeFile() => _file = Path.GetTempFileName();

    [TearDown]
    public void RemoveFile() => File.Delete(_file);

    [TestCase("access_key_id", "AK")]
    [TestCase("access_key_secret", "'12345678'")]
    [TestCase("region", "us-east-2")]
    [TestCase("bucket_url", "https://b.s3.example/")]
    [TestCase("download_url", "https://cdn.example/")]
    [TestCase("max_size", "1000")]
    [TestCase("put_ttl", "60")]
    [TestCase("set_public", "true")]
    [TestCase("service_name", "Files")]
    [TestCase("access", "all")]
    [TestCase("hosts", "[files.@HOST@]")]
    [TestCase("unknown_option", "1")]
    public void Of_mod_s3_upload(string option, string value) => Ejabberd("mod_s3_upload", option, value);

    [TestCase("host", "files.@HOST@")]
    [TestCase("hosts", "[files.@HOST@]")]
    [TestCase("name", "Files")]
    [TestCase("vcard", "{fn: Files}")]
    [TestCase("access", "none")]
    [TestCase("max_size", "infinity")]
    [TestCase("secret_length", "30")]
    [TestCase("jid_in_url", "node")]
    [TestCase("file_mode", "'0640'")]
    [TestCase("dir_mode", "'0750'")]
    [TestCase("docroot", "/var/upload")]
    [TestCase("put_url", "https://@HOST@:5443/upload")]
    [TestCase("get_url", "https://@HOST@:5443/upload")]
    [TestCase("service_url", "https://old.example")]
    [TestCase("external_secret", "'12345678'")]
    [TestCase("content_types", "{.webm: video/webm}")]
    [TestCase("custom_headers", "{X-A: b}")]
    [TestCase("rm_on_unregister", "false")]
    [TestCase("thumbnail", "true")]
    [TestCase("append_module_config", "{}")]
    [TestCase("unknown_option", "1")]
    public void Of_ejabberds_mod_http_upload(string option, string value) => Ejabberd("mod_http_upload", option, value);

    [TestCase("max_days", "30")]
    [TestCase("access_hard_quota", "hard")]
    [TestCase("access_soft_quota", "soft")]
    [TestCase("unknown_option", "1")]
    public void Of_mod_http_upload_quota(string option, string value) => Ejabberd("mod_http_upload: {}\n  mod_http_upload_quota", option, value);

    [TestCase("iqdisc.type", "'no_queue'")]
    [TestCase("host", "'files.@HOST@'")]
    [TestCase("backend", "'s4'")]
    [TestCase("expiration_time", "120")]
    [TestCase("token_bytes", "8")]
    [TestCase("max_file_size", "1000")]
    [TestCase("s3.bucket_url", "'https://s3.example/bucket'")]
    [TestCase("s3.add_acl", "true")]
    [TestCase("s3.region", "'https://s3-eu-west-1.amazonaws.com/mybucket'")]
    [TestCase("s3.access_key_id", "'AK'")]
    [TestCase("s3.secret_access_key", "'12345678'")]
    [TestCase("unknown_option", "1")]
    [TestCase("s3.unknown_option", "{ a = 1 }")]
    public void Of_MongooseIMs_mod_http_upload(string option, string value) =>
        Mentioned(ImportSource.MongooseIM, $"[general]\nhosts = ['a.example']\n[modules.mod_http_upload]\n{option} = {value}\n", option);

    [TestCase("region", "'eu-west-2'")]
    [TestCase("access_id", "'AK'")]
    [TestCase("secret_key", "'12345678'")]
    [TestCase("bucket", "'bucket'")]
    [TestCase("path", "'uploads'")]
    [TestCase("base_domain", "'cdn.example'")]
    [TestCase("endpoint_url", "'https://s3.example'")]
    [TestCase("file_size_limit", "1000")]
    [TestCase("access", "{ 'a@b.example' }")]
    [TestCase("unknown_option", "1")]
    public void Of_the_component_http_upload_s3(string option, string value) => Component("http_upload_s3", option, value);

    [TestCase("region", "'eu-west-2'")]
    [TestCase("access_id", "'AK'")]
    [TestCase("secret_key", "'12345678'")]
    [TestCase("bucket", "'bucket'")]
    [TestCase("path", "'uploads'")]
    [TestCase("file_size_limit", "1000")]
    [TestCase("unknown_option", "1")]
    public void Of_the_module_http_upload_s3(string option, string value) =>
        Mentioned(ImportSource.Prosody, $"modules_enabled = {{ 'http_upload_s3' }}\nhttp_upload_s3_{option} = {value}\nVirtualHost 'a.example'", $"http_upload_s3_{option}");

    [TestCase("base_url", "'https://files.example/'")]
    [TestCase("secret", "'12345678'")]
    [TestCase("file_size_limit", "1000")]
    [TestCase("access", "{ 'b.example' }")]
    [TestCase("protocol", "'v2'")]
    [TestCase("unknown_option", "1")]
    public void Of_http_upload_external(string option, string value) => Component("http_upload_external", option, value);

    [TestCase("size_limit", "1000")]
    [TestCase("allowed_file_types", "{ 'image/*' }")]
    [TestCase("safe_file_types", "{ 'image/*' }")]
    [TestCase("expires_after", "86400")]
    [TestCase("daily_quota", "5000")]
    [TestCase("global_quota", "5000")]
    [TestCase("access", "{ 'b.example' }")]
    [TestCase("secret", "'12345678'")]
    [TestCase("base_url", "'https://files.example/'")]
    [TestCase("unknown_option", "1")]
    public void Of_http_file_share(string option, string value) => Component("http_file_share", option, value);

    [TestCase("file_size_limit", "1000")]
    [TestCase("allowed_file_types", "{ 'image/*' }")]
    [TestCase("expire_after", "86400")]
    [TestCase("quota", "5000")]
    [TestCase("path", "'/var/upload'")]
    [TestCase("unknown_option", "1")]
    public void Of_http_upload(string option, string value) => Component("http_upload", option, value);

    [TestCase("name", "'Files'")]
    [TestCase("ssl", "{ key = 'k' }")]
    [TestCase("modules_enabled", "{ 'x' }")]
    [TestCase("http_host", "'x.example'")]
    [TestCase("http_external_url", "'https://x.example/'")]
    [TestCase("http_paths", "{ file_share = '/x' }")]
    [TestCase("certificate", "'c'")]
    [TestCase("parent_host", "'a.example'")]
    [TestCase("modules_disabled", "{ 'x' }")]
    [TestCase("unknown_option", "1")]
    public void Of_a_components_section(string option, string value) =>
        Mentioned(ImportSource.Prosody, $"VirtualHost 'a.example'\nComponent 'upload.a.example' 'http_upload_external'\n{option} = {value}", option);

    [Test]
    public void Of_a_module_that_is_not_switched_on()
    {
        var messages = Import(ImportSource.Prosody, "http_file_share_size_limit = 5\nVirtualHost 'a.example'\nhttp_upload_s3_region = 'x'").Messages;

        Assert.That(messages.Select(m => m.ToString()[_file.Length..]), Is.SupersetOf(new[]
        {
            ":1: warning: http_file_share_size_limit: no module that reads it is switched on; not imported",
            ":3: warning: http_upload_s3_region: no module that reads it is switched on (in a.example); not imported",
        }));
    }

    private void Ejabberd(string module, string option, string value) => Mentioned(ImportSource.Ejabberd, $"hosts: [a.example]\nmodules:\n  {module}:\n    {option}: {value}\n", option);

    private void Component(string module, string option, string value) =>
        Mentioned(ImportSource.Prosody, $"VirtualHost 'a.example'\nComponent 'upload.a.example' '{module}'\n{module}_{option} = {value}", $"{module}_{option}");

    // The line is that of the option: a message about something else that it lacks does not count.
    private void Mentioned(ImportSource source, string config, string option)
    {
        var line = config.Split('\n').ToList().FindLastIndex(l => l.Contains(option, StringComparison.Ordinal)) + 1;
        var import = Import(source, config);
        var (place, comment) = ($"{_file}:{line}", $"// {Path.GetFileName(_file)}:{line} ");
        var isKnown = !option.EndsWith("unknown_option", StringComparison.Ordinal);
        var told = import.Messages.Any(m => m.Place == place && m.Text.Contains(option, StringComparison.Ordinal) && m.Text.Contains("unknown option", StringComparison.Ordinal) != isKnown);

        Assert.That(told || import.ToJson().Split('\n').Any(l => l.Contains(comment, StringComparison.Ordinal) && l.Contains(option, StringComparison.Ordinal)), Is.True, $"{import.ToJson()}\n{string.Join('\n', import.Messages)}");
        if (!isKnown) Assert.That(import.Messages.Single(m => m.Place == place).ToString(), Does.Contain(": warning: ").And.Contain("unknown option"));
        else Assert.That(Page.Value, Does.Contain($"`{Short(option)}`"), "moving.md has them all");
    }

    // The page says a module's prefix once, above its table.
    private static string Short(string option) => Array.Find(["http_upload_s3_", "http_upload_external_", "http_file_share_", "http_upload_"], p => option.StartsWith(p, StringComparison.Ordinal)) is { } prefix ? option[prefix.Length..] : option;

    private ConfigImport Import(ImportSource source, string config)
    {
        File.WriteAllText(_file, config);
        return ConfigImport.Read(source, _file);
    }
}
