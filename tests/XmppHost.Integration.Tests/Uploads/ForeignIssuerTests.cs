using XmppHost.Integration.Tests.Clients;
using XmppHost.Testing;
using XmppHost.Testing.Services;

namespace XmppHost.Integration.Tests.Uploads;

/// <summary>
/// Debian's prosody, ejabberd and another XmppHost hand out slots by every protocol that they speak, clients log in there, and the files go to the FileStore of this project's server.
/// </summary>
public sealed class ForeignIssuerTests
{
    private const string Secret = "the same on both sides, 32 bytes";
    private const string Ejabberd = "ejabberd.test";

    private ServerProcess _store = null!;
    private PeerUnderTest _prosody = null!;
    private PeerUnderTest _ejabberd = null!;
    private PeerUnderTest _other = null!;

    private string BaseUrl => $"https://localhost:{_store.HttpsPort}/upload/localhost/";

    [OneTimeSetUp]
    public async Task StartServers()
    {
        _store = await ServerProcess.StartAsync(new ServerProcessOptions
        {
            Config = $$"""
                { "hosts": { "localhost": { "plugins": { "FileStore": { "secret": "{{Secret}}" } } } } }
                """,
        });
        var prosody = await ProsodyServer.StartAsync(new ProsodyOptions { Hosts = ["v1.test", "v2.test", "jwt.test", "stranger.test"], Extra = UploadComponents() });
        _prosody = new PeerUnderTest(new ProsodyUnderTest(prosody), _store.CertificateFile);
        var ejabberd = await EjabberdServer.StartAsync(Ejabberd, $"put_url: \"{BaseUrl[..^1]}\"", $"external_secret: \"{Secret}\"", "max_size: 1000000", "access: all");
        _ejabberd = new PeerUnderTest(ejabberd, _store.CertificateFile);
        _other = new PeerUnderTest(await ServerProcess.StartAsync(new ServerProcessOptions { Config = OtherConfig() }), _store.CertificateFile);
    }

    [OneTimeTearDown]
    public async Task StopServers()
    {
        if (_other is not null) await _other.DisposeAsync();
        if (_ejabberd is not null) await _ejabberd.DisposeAsync();
        if (_prosody is not null) await _prosody.DisposeAsync();
        if (_store is not null) await _store.DisposeAsync();
    }

    [TearDown]
    public void ShowTheLogsOfAFailure()
    {
        if (TestContext.CurrentContext.Result.FailCount == 0) return;
        foreach (var log in new[] { _store.Log, _prosody.Log, _ejabberd.Log, _other.Log }) TestContext.Out.WriteLine(log[^Math.Min(log.Length, 4_000)..]);
    }

    [Test]
    public async Task Client_uploads_to_the_file_store_and_gets_the_same_bytes(
        [Values("slixmpp", "aioxmpp")] string client, [Values("v1.test", "v2.test", "jwt.test", Ejabberd, "v1.other.test", "v2.other.test", "token.other.test", "jwt.other.test")] string host)
    {
        var output = await ClientProcess.RunScriptAsync(PeerOf(host), $"{client}_upload.py", await AccountAsync(host), OptionsFor(host));
        Assert.That(output, Does.Contain($"url: {BaseUrl}"));
    }

    [Test]
    public async Task Go_sendxmpp_uploads_to_the_file_store([Values("v1.test", "v2.test", "jwt.test", Ejabberd, "v1.other.test", "v2.other.test", "token.other.test", "jwt.other.test")] string host)
    {
        var address = await GoSendXmpp.UploadAndFetchAsync(PeerOf(host), await AccountAsync(host), await AccountAsync(host));
        Assert.That(address.ToString(), Does.StartWith(BaseUrl));
    }

    [TestCase("slixmpp")]
    [TestCase("aioxmpp")]
    public async Task Slot_that_another_secret_signed_is_refused(string client)
    {
        var account = await AccountAsync("stranger.test");
        var failure = await Assert.ThrowsAsync<ClientFailedException>(() => ClientProcess.RunScriptAsync(_prosody, $"{client}_upload.py", account, OptionsFor("stranger.test")));
        Assert.That(failure!.Message, Does.Contain("FAILED").And.Contain(client == "aioxmpp" ? "the PUT answers 403" : "HTTP"));
    }

    // COMPAT: mod_http_upload_external fails on a request above its limit, and so never answers it.
    private static string[] OptionsFor(string host) => host is "v1.test" or "v2.test" or "stranger.test" ? ["--skip-limit"] : [];

    private PeerUnderTest PeerOf(string host) => host == Ejabberd ? _ejabberd : host.EndsWith(".other.test", StringComparison.Ordinal) ? _other : _prosody;

    private async Task<string> AccountAsync(string host)
    {
        var jid = $"uploader-{Guid.NewGuid().ToString("N")[..6]}@{host}";
        await PeerOf(host).AddAccountAsync(jid, Password.Of(jid));
        return jid;
    }

    private string OtherConfig()
    {
        var hosts = new[] { "v1", "v2", "token", "jwt" }.Select(protocol => $$"""
            "{{protocol}}.other.test": { "plugins": { "HttpUpload": { "external": { "protocol": "{{protocol}}", "keepUnicodeNames": true } } } }
            """);
        return $$"""
            {
              "defaults": { "plugins": {
                "Disco": {}, "ServerInfo": {}, "Roster": {}, "Messaging": {}, "StreamManagement": {}, "Accounts": {},
                "HttpUpload": { "backend": "external", "maxFileSize": "2 MiB", "external": { "baseUrl": "{{BaseUrl}}", "secret": "{{Secret}}" } }
              } },
              "hosts": { {{string.Join(",\n", hosts)}} }
            }
            """;
    }

    private string UploadComponents() => $"""
        Component "upload.v1.test" "http_upload_external"
          http_upload_external_base_url = "{BaseUrl}"
          http_upload_external_secret = "{Secret}"
          http_upload_external_file_size_limit = 1000000
        Component "upload.v2.test" "http_upload_external"
          http_upload_external_base_url = "{BaseUrl}"
          http_upload_external_secret = "{Secret}"
          http_upload_external_file_size_limit = 1000000
          http_upload_external_protocol = "v2"
        Component "upload.jwt.test" "http_file_share"
          http_file_share_base_url = "{BaseUrl}"
          http_file_share_secret = "{Secret}"
          http_file_share_size_limit = 1000000
        Component "upload.stranger.test" "http_upload_external"
          http_upload_external_base_url = "{BaseUrl}"
          http_upload_external_secret = "a secret of its own"
          http_upload_external_file_size_limit = 1000000
        """;
}
