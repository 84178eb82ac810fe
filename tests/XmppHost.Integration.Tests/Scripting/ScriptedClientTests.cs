using XmppHost.Scripting;
using XmppHost.Testing.Services;
using XmppHost.Xml;

namespace XmppHost.Integration.Tests.Scripting;

[TestFixture]
public sealed class ScriptedClientTests
{
    private ProsodyServer _prosody = null!;

    [OneTimeSetUp]
    public async Task StartProsody()
    {
        _prosody = await ProsodyServer.StartAsync();
        await _prosody.CreateAccountAsync("romeo@localhost", "secret");
        await _prosody.CreateAccountAsync("juliet@localhost", "secret");
    }

    [OneTimeTearDown]
    public async Task StopProsody() => await _prosody.DisposeAsync();

    [Test]
    public async Task Login_over_STARTTLS_binds_the_resource_that_was_asked_for()
    {
        await using var romeo = await LoginAsync("romeo@localhost/orchard");

        Assert.That(romeo.Jid, Is.EqualTo("romeo@localhost/orchard"));
        Assert.That(romeo.Tls!.IsEncrypted, Is.True);
        await romeo.CloseAsync();
    }

    [Test]
    public async Task Login_over_direct_TLS_works_without_STARTTLS()
    {
        var options = _prosody.Client("romeo@localhost") with { Tls = TlsMode.Direct };
        await using var romeo = await ScriptedClient.LoginAsync(_prosody.Transport, options);

        Assert.That(romeo.BareJid, Is.EqualTo("romeo@localhost"));
        Assert.That(romeo.Resource, Is.Not.Empty, "the server chose one");
    }

    [TestCase("SCRAM-SHA-256")]
    [TestCase("PLAIN")]
    public async Task Login_works_with(string mechanism)
    {
        var options = _prosody.Client("romeo@localhost/orchard") with { Mechanism = mechanism };
        await using var romeo = await ScriptedClient.LoginAsync(_prosody.Transport, options, LoginStage.Authenticated);

        Assert.That(romeo.Features!.Element("bind", "urn:ietf:params:xml:ns:xmpp-bind"), Is.Not.Null);
    }

    [Test]
    public async Task Login_with_a_wrong_password_says_the_condition()
    {
        var failure = await Assert.ThrowsAsync<ScriptedClientException>(() => ScriptedClient.LoginAsync(_prosody.Transport, _prosody.Client("romeo@localhost", "wrong")));

        Assert.That(failure!.Condition, Is.EqualTo("not-authorized"));
    }

    [Test]
    public async Task A_certificate_that_nobody_vouches_for_is_refused_by_default()
    {
        var options = _prosody.Client("romeo@localhost") with { CertificateValidation = null };

        var failure = await Assert.ThrowsAsync<ScriptedClientException>(() => ScriptedClient.LoginAsync(_prosody.Transport, options));

        Assert.That(failure!.Message, Does.Contain("TLS handshake with localhost failed"));
    }

    [Test]
    public async Task A_message_reaches_the_other_client_and_nothing_else_does()
    {
        await using var romeo = await LoginAsync("romeo@localhost/orchard");
        await using var juliet = await LoginAsync("juliet@localhost/balcony");

        await romeo.SendAsync("<message to='juliet@localhost/balcony' type='chat'><body>Art thou not Romeo?</body></message>");
        var message = await juliet.ReceiveAsync();

        Assert.That(message.Attribute("from"), Is.EqualTo("romeo@localhost/orchard"));
        Assert.That(message.Element("body", XmlNs.Client)!.Text, Is.EqualTo("Art thou not Romeo?"));
        await juliet.ExpectNothingAsync(TimeSpan.FromMilliseconds(100));
    }

    [Test]
    public async Task An_IQ_finds_its_answer_and_keeps_what_came_before_it()
    {
        await using var romeo = await LoginAsync("romeo@localhost/orchard");

        await romeo.SendAsync("<message to='romeo@localhost/orchard' type='chat'><body>to myself</body></message>");
        var pong = await romeo.IqAsync("<iq type='get' to='localhost'><ping xmlns='urn:xmpp:ping'/></iq>");

        Assert.That(pong.Attribute("type"), Is.EqualTo("result"));
        Assert.That((await romeo.ReceiveAsync()).Name, Is.EqualTo("message"));
    }

    [Test]
    public async Task A_receive_that_ran_out_of_time_loses_nothing()
    {
        await using var romeo = await LoginAsync("romeo@localhost/orchard");

        await Assert.ThrowsAsync<ScriptedClientException>(() => romeo.ReceiveAsync(TimeSpan.FromMilliseconds(50)));
        await romeo.SendAsync("<iq type='get' id='late' to='localhost'><ping xmlns='urn:xmpp:ping'/></iq>");

        Assert.That((await romeo.ReceiveAsync()).Attribute("id"), Is.EqualTo("late"));
    }

    [Test]
    public async Task Text_that_is_not_XML_gets_the_stream_error_and_then_the_end()
    {
        await using var romeo = await LoginAsync("romeo@localhost/orchard");

        await romeo.SendAsync("<message><body></message>");

        Assert.That(await romeo.ExpectStreamErrorAsync(), Is.EqualTo("not-well-formed"));
        await romeo.ExpectCloseAsync();
    }

    [Test]
    public async Task A_dropped_stream_is_resumed_and_delivers_what_was_missed()
    {
        await using var romeo = await LoginAsync("romeo@localhost/orchard");
        await using var juliet = await LoginAsync("juliet@localhost/balcony");
        await juliet.SendAsync("<enable xmlns='urn:xmpp:sm:3' resume='true'/>");
        Assert.That((await juliet.ReceiveAsync()).Name, Is.EqualTo("enabled"));

        await juliet.DropAsync();
        await romeo.SendAsync("<message to='juliet@localhost/balcony' type='chat'><body>missed</body></message>");
        await juliet.ResumeAsync();

        Assert.That((await juliet.ReceiveAsync()).Name, Is.EqualTo("resumed"));
        var missed = await juliet.ReceiveAsync(e => e.Name == "message");
        Assert.That(missed.Element("body", XmlNs.Client)!.Text, Is.EqualTo("missed"));
    }

    [Test]
    public async Task An_account_can_be_registered_in_band_and_used()
    {
        var options = _prosody.Client("nurse@localhost/kitchen");
        await using (var stranger = await ScriptedClient.LoginAsync(_prosody.Transport, options, LoginStage.Secured))
        {
            Assert.That((await stranger.RegisterAsync()).Attribute("type"), Is.EqualTo("result"));
        }

        await using var nurse = await ScriptedClient.LoginAsync(_prosody.Transport, options);
        Assert.That(nurse.BareJid, Is.EqualTo("nurse@localhost"));
    }

    private Task<ScriptedClient> LoginAsync(string jid) => ScriptedClient.LoginAsync(_prosody.Transport, _prosody.Client(jid));
}
