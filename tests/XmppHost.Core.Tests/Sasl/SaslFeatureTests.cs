using System.Net;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using XmppHost.Addressing;
using XmppHost.Core.Observability;
using XmppHost.Core.Streams.Sasl;
using XmppHost.Core.VHosts;
using XmppHost.Handlers;
using XmppHost.Hosting;
using XmppHost.Stanzas;
using XmppHost.Xml;

namespace XmppHost.Core.Tests.Sasl;

internal sealed class SaslFeatureTests
{
    private SaslFixture _sasl = null!;
    private SaslFeature _feature = null!;
    private FakeStream _stream = null!;

    [SetUp]
    public void SetUp() => Use(new AuthOptions());

    [Test]
    public void Mechanisms_are_listed_strongest_first()
    {
        Assert.That(Offered(), Is.EqualTo("SCRAM-SHA-512 SCRAM-SHA-256 SCRAM-SHA-1 PLAIN"));

        _stream.Bindings = SaslFixture.Bindings;
        Assert.That(Offered(), Is.EqualTo("SCRAM-SHA-512-PLUS SCRAM-SHA-256-PLUS SCRAM-SHA-1-PLUS SCRAM-SHA-512 SCRAM-SHA-256 SCRAM-SHA-1 PLAIN"));
    }

    [Test]
    public void Nothing_is_on_offer_before_tls_where_it_is_required_and_never_plain()
    {
        _stream.IsSecure = false;
        Assert.That(Offered(), Is.Null);

        Use(new AuthOptions { RequireTls = false, Anonymous = true });
        _stream.IsSecure = false;
        Assert.That(Offered(), Is.EqualTo("SCRAM-SHA-512 SCRAM-SHA-256 SCRAM-SHA-1 ANONYMOUS"));
    }

    [Test]
    public void Bindings_are_listed_where_there_are_any()
    {
        var feature = new ChannelBindingFeature();
        Assert.That(feature.Advertise(_stream), Is.Null);

        _stream.Bindings = SaslFixture.Bindings;
        Assert.That(feature.Advertise(_stream)!.Elements().Select(e => e.Attribute("type")), Is.EqualTo(new[] { "tls-server-end-point", "tls-exporter" }));
    }

    [Test]
    public async Task Scram_goes_through_challenge_response_and_success()
    {
        var client = new ScramClient(SaslFixture.HashOf("SCRAM-SHA-256"), "juliet", SaslFixture.Password);

        Assert.That(await AuthAsync("SCRAM-SHA-256", Convert.ToBase64String(client.First())), Is.EqualTo(StreamStep.Continue));
        var challenge = _stream.Sent.Single();
        var step = await SendAsync("response", Convert.ToBase64String(client.Final(Convert.FromBase64String(challenge.Text))));

        Assert.That(challenge.Is("challenge", Ns.Sasl), Is.True);
        Assert.That(step, Is.EqualTo(StreamStep.Restart));
        Assert.That(_stream.Sent[1].Is("success", Ns.Sasl), Is.True);
        Assert.That(client.IsServer(Convert.FromBase64String(_stream.Sent[1].Text)), Is.True);
        Assert.That((_stream.Account, _stream.IsAnonymous), Is.EqualTo((Jid.Parse("juliet@capulet.example"), false)));
    }

    [Test]
    public async Task Success_without_data_is_empty()
    {
        Use(new AuthOptions { Anonymous = true });

        Assert.That(await AuthAsync("ANONYMOUS", "="), Is.EqualTo(StreamStep.Restart));
        Assert.That(_stream.Sent.Single().IsEmpty, Is.True);
        Assert.That(_stream.IsAnonymous, Is.True);
    }

    [Test]
    public async Task Missing_first_message_is_asked_for()
    {
        Assert.That(await AuthAsync("PLAIN", ""), Is.EqualTo(StreamStep.Continue));
        Assert.That(_stream.Sent.Single().Is("challenge", Ns.Sasl), Is.True);
        Assert.That(await SendAsync("response", Base64("\0juliet\0Wherefore art thou")), Is.EqualTo(StreamStep.Restart));
    }

    [TestCase("PLAIN", "AGp1bGlldAB3cm9uZw==", "not-authorized")]
    [TestCase("PLAIN", "AGp1bGlldAB3cm9uZw", "incorrect-encoding", Description = "no padding")]
    [TestCase("PLAIN", "AGp1bGlldAB3\ncm9uZw==", "incorrect-encoding", Description = "a line break")]
    [TestCase("PLAIN", " AGp1bGlldAB3cm9uZw== ", "incorrect-encoding")]
    [TestCase("PLAIN", "=AAA", "incorrect-encoding")]
    [TestCase("PLAIN", "BBBB=CCC", "incorrect-encoding")]
    [TestCase("PLAIN", "-_-_", "incorrect-encoding")]
    [TestCase("PLAIN", "anVsaWV0", "malformed-request")]
    [TestCase("DIGEST-MD5", "", "invalid-mechanism")]
    [TestCase("plain", "", "invalid-mechanism")]
    [TestCase("SCRAM-SHA-256-PLUS", "", "invalid-mechanism", Description = "there is nothing to bind to")]
    [TestCase("ANONYMOUS", "", "invalid-mechanism")]
    [TestCase(null, "", "invalid-mechanism")]
    public async Task Failure_has_the_condition_of_the_rfc(string? mechanism, string text, string condition)
    {
        Assert.That(await AuthAsync(mechanism, text), Is.EqualTo(StreamStep.Continue));
        Assert.That(LastFailure(), Is.EqualTo(condition));
        Assert.That(_stream.Account, Is.Null);
    }

    [Test]
    public async Task Before_tls_encryption_is_required()
    {
        _stream.IsSecure = false;
        await AuthAsync("PLAIN", Base64("\0juliet\0Wherefore art thou"));

        Assert.That(LastFailure(), Is.EqualTo("encryption-required"));
    }

    [Test]
    public async Task Abort_ends_the_exchange()
    {
        await AuthAsync("PLAIN", "");
        await SendAsync("abort", "");
        Assert.That(LastFailure(), Is.EqualTo("aborted"));

        await SendAsync("response", Base64("\0juliet\0Wherefore art thou"));
        Assert.That(LastFailure(), Is.EqualTo("malformed-request"));
    }

    [Test]
    public async Task Message_over_the_limit_is_malformed()
    {
        await AuthAsync("PLAIN", new string('A', 20_000));

        Assert.That(LastFailure(), Is.EqualTo("malformed-request"));
    }

    [Test]
    public async Task Sixth_failure_closes_the_stream()
    {
        for (var i = 0; i < 5; i++) Assert.That(await AuthAsync("X", ""), Is.EqualTo(StreamStep.Continue));

        Assert.That(await AuthAsync("X", ""), Is.EqualTo(StreamStep.Close(StreamError.PolicyViolation)));
        Assert.That(_stream.Sent, Has.Count.EqualTo(6));
    }

    [Test]
    public async Task Broken_store_is_a_temporary_failure()
    {
        _sasl.Store.Broken = new IOException("disk");
        await AuthAsync("PLAIN", Base64("\0juliet\0Wherefore art thou"));

        Assert.That(LastFailure(), Is.EqualTo("temporary-auth-failure"));
    }

    [Test]
    public async Task Too_many_failures_from_an_address_are_a_temporary_failure()
    {
        for (var i = 0; i < 14; i++) _sasl.Throttle.Failed($"victim{i}", IPAddress.Loopback);
        var queued = AuthAsync("PLAIN", Base64("\0juliet\0Wherefore art thou"));
        Use(_sasl);
        await AuthAsync("PLAIN", Base64("\0juliet\0Wherefore art thou"));

        Assert.That(LastFailure(), Is.EqualTo("temporary-auth-failure"));
        _sasl.Time.Advance(LoginThrottle.MaxWait);
        Assert.That(await queued, Is.EqualTo(StreamStep.Restart), "who queued in time gets in");
    }

    [Test]
    public async Task Unknown_element_ends_the_stream() =>
        Assert.That(await SendAsync("authenticate", ""), Is.EqualTo(StreamStep.Close(StreamError.UnsupportedStanzaType)));

    private void Use(AuthOptions options) => Use(new SaslFixture(options));

    private void Use(SaslFixture sasl)
    {
        _sasl = sasl;
        _feature = new SaslFeature(sasl.Options, sasl.Mechanisms, sasl.Throttle, new HostMetrics(new ServerMeters(), new VHostSettings("localhost", null, sasl.Options)), NullLogger<SaslFeature>.Instance);
        _stream = new FakeStream(sasl.Host);
    }

    private string? Offered() => _feature.Advertise(_stream) is { } list ? string.Join(' ', list.Elements().Select(e => e.Text)) : null;

    private Task<StreamStep> AuthAsync(string? mechanism, string text) => HandleAsync(new XmppElement("auth", Ns.Sasl).With("mechanism", mechanism).Add(text));

    private Task<StreamStep> SendAsync(string name, string text) => HandleAsync(new XmppElement(name, Ns.Sasl).Add(text));

    private Task<StreamStep> HandleAsync(XmppElement element) => _feature.HandleAsync(_stream, element, default).AsTask();

    private string LastFailure()
    {
        var failure = _stream.Sent[^1];
        Assert.That(failure.Is("failure", Ns.Sasl), Is.True);
        return failure.FirstElement()!.Name;
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private sealed class FakeStream(IVHost host) : ISaslStream
    {
        internal List<XmppElement> Sent { get; } = [];

        internal bool IsAnonymous { get; private set; }

        public ChannelBindings Bindings { get; set; } = ChannelBindings.None;

        public SaslAttempts Sasl { get; } = new();

        public IVHost Host => host;

        public bool IsSecure { get; set; } = true;

        public Jid? Account { get; private set; }

        public ISession? Session => null;

        public EndPoint RemoteEndPoint { get; } = new IPEndPoint(IPAddress.Loopback, 5000);

        public void Authenticated(Jid bare, bool isAnonymous) => (Account, IsAnonymous) = (bare, isAnonymous);

        public void Send(XmppElement element) => Sent.Add(element);

        public ValueTask<ResumeOutcome> ResumeAsync(string resumptionId, uint peerHandled, Func<uint, XmppElement> resumed, CancellationToken ct) => throw new NotSupportedException();
    }
}
