using XmppHost.Testing;

namespace XmppHost.Integration.Tests.Clients;

/// <summary>The clients on the server as it comes: built-in configuration, certificate made on first run, uploads into its own file store.</summary>
public sealed class XmppHostClientTests : ClientTests
{
    private protected override async Task<IServerUnderTest> StartServerAsync() => await ServerProcess.StartAsync();

    /// <summary>It knows tls-unique alone, of which the server only takes it.</summary>
    [TestCase("--direct-tls")]
    [TestCase]
    public async Task Slixmpp_binds_its_login_to_the_channel(params string[] options)
    {
        var (from, to) = (await AccountAsync("from"), await AccountAsync("to"));

        var output = await RunAsync("slixmpp_chat.py", from, [.. options, "--role", "leave", "--peer", to]);

        Assert.That(output, Does.Match("logged in by SCRAM-SHA-[0-9]+-PLUS over TLSv1.3"));
    }

    [TestCase("slixmpp")]
    [TestCase("aioxmpp")]
    public async Task Own_uploads_are_listed_and_deleted_by_ad_hoc_commands(string client) => await RunAsync($"{client}_commands.py", await AccountAsync("uploader"));
}
