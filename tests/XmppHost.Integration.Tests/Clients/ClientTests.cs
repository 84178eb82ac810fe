using XmppHost.Testing;

namespace XmppHost.Integration.Tests.Clients;

/// <summary>Off-the-shelf clients on a server, each logged in over TLS. The scripts in tests/clients say what they check.</summary>
public abstract class ClientTests
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(60);
    private IServerUnderTest _server = null!;

    private protected abstract Task<IServerUnderTest> StartServerAsync();

    [OneTimeSetUp]
    public async Task StartServer() => _server = await StartServerAsync();

    [OneTimeTearDown]
    public async Task StopServer()
    {
        if (_server is not null) await _server.DisposeAsync();
    }

    [TearDown]
    public void ShowTheLogOfAFailure()
    {
        if (TestContext.CurrentContext.Result.FailCount > 0) TestContext.Out.WriteLine(_server.Log[^Math.Min(_server.Log.Length, 4_000)..]);
    }

    [TestCase("slixmpp", "slixmpp")]
    [TestCase("aioxmpp", "aioxmpp")]
    [TestCase("slixmpp", "aioxmpp", "--direct-tls")]
    [TestCase("aioxmpp", "slixmpp", "--direct-tls")]
    public async Task Two_people_find_each_other_subscribe_chat_and_part(string caller, string answerer, params string[] options)
    {
        var (one, two) = (await AccountAsync("one"), await AccountAsync("two"));
        var answer = RunAsync($"{answerer}_chat.py", two, [.. options, "--role", "answer", "--peer", one]);
        var call = RunAsync($"{caller}_chat.py", one, [.. options, "--role", "call", "--peer", two]);
        await Task.WhenAll(call, answer);
    }

    [TestCase("slixmpp", "aioxmpp")]
    [TestCase("aioxmpp", "slixmpp")]
    public async Task Messages_wait_for_a_recipient_who_is_away(string sender, string recipient)
    {
        var (from, to) = (await AccountAsync("from"), await AccountAsync("to"));
        await RunAsync($"{sender}_chat.py", from, "--role", "leave", "--peer", to);
        await RunAsync($"{recipient}_chat.py", to, "--role", "collect", "--peer", from);
    }

    [TestCase("slixmpp")]
    [TestCase("aioxmpp")]
    [TestCase("aioxmpp", "--direct-tls")]
    public async Task File_is_uploaded_and_downloaded_again(string client, params string[] options) =>
        await RunAsync($"{client}_upload.py", await AccountAsync("uploader"), options);

    [Test]
    public async Task Wrong_password_is_refused()
    {
        var account = await AccountAsync("careless");
        var failure = await Assert.ThrowsAsync<ClientFailedException>(() => RunAsync("slixmpp_chat.py", account, "--role", "echo", "--password", "wrong"));
        Assert.That(failure!.Message, Does.Contain("FAILED: authentication failed"));
    }

    [Test]
    public async Task Certificate_that_a_client_does_not_trust_ends_its_login()
    {
        var account = await AccountAsync("careful");
        using var folder = new TempFolder("message");
        await File.WriteAllTextAsync(folder["text"], "for nobody");
        var failure = await Assert.ThrowsAsync<ClientFailedException>(() => GoSendXmpp.SendAsync(_server, account, account, folder["text"], trust: "/dev/null"));
        Assert.That(failure!.Message, Does.Contain("certificate signed by unknown authority"));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Go_sendxmpp_sends_and_listens(bool directTls)
    {
        var (from, to) = (await AccountAsync("from"), await AccountAsync("to"));
        using var folder = new TempFolder("message");
        await File.WriteAllTextAsync(folder["text"], "Grüße an <alle> & 世界");
        await using var listener = await GoSendXmpp.ListenAsync(_server, to, directTls);
        await GoSendXmpp.SendAsync(_server, from, to, folder["text"], directTls: directTls);
        await listener.WaitForOutputAsync($"{from}: Grüße an <alle> & 世界", Wait);
    }

    [Test]
    public async Task Go_sendxmpp_uploads_a_file_and_sends_its_address()
    {
        var (from, to) = (await AccountAsync("from"), await AccountAsync("to"));
        var address = await GoSendXmpp.UploadAndFetchAsync(_server, from, to);
        Assert.That(address.Scheme, Is.EqualTo("https"));
    }

    [Test]
    public async Task Profanity_chats_in_a_terminal()
    {
        var (person, peer) = (await AccountAsync("person"), await AccountAsync("peer"));
        var echo = RunAsync("slixmpp_chat.py", peer, "--role", "echo");
        var chat = RunAsync("profanity_chat.py", person, "--peer", peer);
        await Task.WhenAll(chat, echo);
    }

    [TestCase("strict", "strict")]
    [TestCase("slixmpp", "slixmpp")]
    public async Task Numbered_messages_arrive_once_though_connections_are_cut(string sender, string receiver)
    {
        await using var run = await NumberedMessages.StartAsync(_server, sender, receiver, await AccountAsync("from"), await AccountAsync("to"), "--count", "500", "--rate", "100", "--cut-every", "0.7");
        var result = await run.FinishAsync();
        Assert.That(result.Sender.Resumed + result.Receiver.Resumed, Is.GreaterThan(0), "connections were cut");
        result.AssertNothingLostOrDoubled(inOrder: sender == "strict");
    }

    private protected async Task<string> AccountAsync(string name)
    {
        var jid = $"{name}-{Guid.NewGuid().ToString("N")[..6]}@localhost";
        await _server.AddAccountAsync(jid, Password.Of(jid));
        return jid;
    }

    private protected Task<string> RunAsync(string script, string jid, params string[] arguments) => ClientProcess.RunScriptAsync(_server, script, jid, arguments);
}
