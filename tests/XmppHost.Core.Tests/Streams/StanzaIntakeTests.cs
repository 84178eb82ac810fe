using XmppHost.Core.Tests.Support;
using XmppHost.Handlers;
using XmppHost.Stanzas;

namespace XmppHost.Core.Tests.Streams;

internal sealed class StanzaIntakeTests
{
    private TestCore _core = null!;
    private Device _romeo = null!;
    private Device _juliet = null!;

    [SetUp]
    public void SetUp()
    {
        _core = new TestCore(new RejectAll());
        _romeo = _core.Bind("romeo@localhost/orchard");
        _juliet = _core.Bind("juliet@localhost/balcony");
    }

    [TestCase("<message from='juliet@localhost/balcony' to='romeo@localhost'/>")]
    [TestCase("<message from='romeo@localhost/other' to='romeo@localhost'/>")]
    [TestCase("<message from='@' to='romeo@localhost'/>")]
    public async Task Another_ones_from_ends_the_stream(string xml) =>
        Assert.That((await _core.SendAsync(_romeo, xml)).Error, Is.EqualTo(StreamError.InvalidFrom));

    [TestCase("from='romeo@localhost/orchard' ")]
    [TestCase("from='Romeo@LOCALHOST/orchard' ")]
    [TestCase("from='romeo@localhost' ")]
    [TestCase("")]
    public async Task From_is_stamped_whatever_the_client_says_of_itself(string from)
    {
        var step = await _core.SendAsync(_romeo, $"<message {from}to='juliet@localhost/balcony' type='chat' id='1'><body>x</body></message>");
        Assert.That(step.Kind, Is.EqualTo(StreamStepKind.Continue));
        Assert.That(await _juliet.ReadAsync(), Does.Contain("from=\"romeo@localhost/orchard\"").Or.Contains("from='romeo@localhost/orchard'"));
    }

    [TestCase("<message to='a@b@c' id='1'/>", "jid-malformed")]
    [TestCase("<iq type='get' to='localhost'><x xmlns='y'/></iq>", "bad-request", Description = "no id")]
    [TestCase("<iq type='get' id='1' to='localhost'/>", "bad-request", Description = "no child")]
    [TestCase("<iq type='set' id='1' to='localhost'><x xmlns='y'/><x xmlns='z'/></iq>", "bad-request", Description = "two children")]
    [TestCase("<iq type='gett' id='1' to='localhost'><x xmlns='y'/></iq>", "bad-request")]
    [TestCase("<iq id='1' to='localhost'><x xmlns='y'/></iq>", "bad-request")]
    [TestCase("<presence type='invisible' id='1'/>", "bad-request")]
    [TestCase("<iq type='get' id='1' to='localhost'><nobody xmlns='handles:this'/></iq>", "service-unavailable")]
    [TestCase("<iq type='get' id='1'><nobody xmlns='handles:this'/></iq>", "service-unavailable")]
    [TestCase("<iq type='get' id='1' to='juliet@localhost/gone'><x xmlns='y'/></iq>", "service-unavailable")]
    [TestCase("<message to='elsewhere.example' id='1'><body>x</body></message>", "remote-server-not-found")]
    [TestCase("<message to='localhost' id='1'><body>x</body></message>", "service-unavailable")]
    [TestCase("<message to='reject@localhost' id='1'><body>x</body></message>", "not-allowed", Description = "a filter")]
    public async Task Stanza_that_cannot_go_on_is_answered_with(string xml, string condition)
    {
        Assert.That((await _core.SendAsync(_romeo, xml)).Kind, Is.EqualTo(StreamStepKind.Continue));
        Assert.That(await _romeo.ReadAsync(), Does.Contain($"<{condition} ").And.Match("type=.error."));
    }

    [TestCase("<iq type='result' id='1' to='a@b@c'/>")]
    [TestCase("<iq type='error' id='1' to='juliet@localhost/gone'/>")]
    [TestCase("<message type='error' to='a@b@c' id='1'/>")]
    [TestCase("<iq type='result' id='1' to='localhost'/>")]
    [TestCase("<presence to='nobody@localhost'/>")]
    public async Task Answers_and_presence_are_not_answered(string xml)
    {
        await _core.SendAsync(_romeo, xml);
        Assert.That(await _romeo.ReadAsync(), Is.Empty);
    }

    [Test]
    public async Task Message_without_an_address_is_for_the_own_account()
    {
        var phone = _core.Bind("romeo@localhost/phone");
        await _core.SendAsync(_romeo, "<message type='chat' id='1'><body>x</body></message>");
        Assert.That(await phone.IdsAsync(), Is.EqualTo(new[] { "1" }));
    }

    [Test]
    public async Task Whatever_comes_counts_once_refused_or_not()
    {
        _romeo.Session.Reliability.Enable(null);
        foreach (var xml in (string[])["<message to='a@b@c'/>", "<presence/>", "<iq type='get' id='1'><x xmlns='y'/></iq>", "<message to='juliet@localhost/balcony'><body>x</body></message>"])
            await _core.SendAsync(_romeo, xml);
        Assert.That(_romeo.Session.Reliability.Handled, Is.EqualTo(4));
    }

    private sealed class RejectAll : IStanzaFilter
    {
        public StanzaStage Stage => StanzaStage.Sending;

        public int Order => FilterOrder.Validate;

        public ValueTask<StanzaVerdict> FilterAsync(StanzaContext context, CancellationToken ct) =>
            ValueTask.FromResult(context.Stanza.To?.Local == "reject" ? context.Reject(StanzaError.NotAllowed()) : StanzaVerdict.Continue);
    }
}
