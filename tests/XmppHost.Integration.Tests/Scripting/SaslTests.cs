using System.IO.Pipelines;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using XmppHost.Scripting;
using XmppHost.Scripting.Sasl;
using XmppHost.Testing;
using XmppHost.Xml;

namespace XmppHost.Integration.Tests.Scripting;

[TestFixture]
public sealed class SaslTests
{
    [TestCase("SCRAM-SHA-1", "fyko+d2lbbFgONRv9qkxdawL", "r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096",
        "c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=", "v=rmF9pqV8S7suAoZWja4dJRkFsKQ=", TestName = "Scram_follows_the_example_of_RFC_5802")]
    [TestCase("SCRAM-SHA-256", "rOprNGfwEbeRWgbNEkqO", "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
        "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=", "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=", TestName = "Scram_follows_the_example_of_RFC_7677")]
    public void Scram_follows_the_example(string mechanism, string nonce, string serverFirst, string clientFinal, string serverFinal)
    {
        var exchange = new ScramExchange(mechanism, "user", "pencil", ChannelBinding.None, nonce);

        Assert.That(Text(exchange.Begin()), Is.EqualTo($"n,,n=user,r={nonce}"));
        Assert.That(Text(exchange.Answer(Bytes(serverFirst))), Is.EqualTo(clientFinal));
        Assert.That(exchange.Verify(Bytes(serverFinal)), Is.Null);
        Assert.That(exchange.Verify(Bytes("v=AAAA")), Does.Contain("signature is wrong"));
        Assert.That(exchange.Verify([]), Does.Contain("signature is wrong or missing"));
    }

    [TestCase("r=abc,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096", Description = "only our own nonce")]
    [TestCase("r=abcdef,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=0")]
    [TestCase("r=abcdef,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4000000000")]
    [TestCase("r=abcdef,s=not base64,i=4096")]
    [TestCase("r=abcdef")]
    public void A_challenge_that_cannot_be_used_is_refused(string serverFirst)
    {
        var exchange = new ScramExchange("SCRAM-SHA-256", "user", "pencil", ChannelBinding.None, "abc");

        Assert.That(() => exchange.Answer(Bytes(serverFirst)), Throws.InstanceOf<ScriptedClientException>());
    }

    [TestCase("PLAIN SCRAM-SHA-1 SCRAM-SHA-256", null, "n,,")]
    [TestCase("PLAIN", "no mechanism in common", "")]
    public void Without_TLS_a_password_is_never_sent_in_the_clear(string offered, string? problem, string begin)
    {
        var options = new ScriptedClientOptions { Jid = "user@localhost", Password = "pencil" };

        if (problem is not null) Assert.That(() => SaslSelection.Choose(options, Offer(offered), null), Throws.InstanceOf<ScriptedClientException>().With.Message.Contains(problem));
        else Assert.That(Text(SaslSelection.Choose(options, Offer(offered), null).Begin()), Does.StartWith(begin));
    }

    [Test]
    public async Task Both_ends_of_a_TLS_connection_export_the_same_keying_material()
    {
        using var one = await TlsPair.ConnectAsync();
        using var other = await TlsPair.ConnectAsync();

        var exported = TlsExporter.TryExport(one.Client);
        Assert.That(exported, Has.Length.EqualTo(32));
        Assert.That(TlsExporter.TryExport(one.Server), Is.EqualTo(exported));
        Assert.That(TlsExporter.TryExport(other.Client), Is.Not.EqualTo(exported));
    }

    [TestCase("tls-exporter tls-server-end-point", "p=tls-exporter,,")]
    [TestCase("tls-server-end-point tls-unique", "p=tls-server-end-point,,")]
    [TestCase("tls-unique", "n,,")]
    public async Task The_best_binding_that_both_know_is_used(string offered, string begin)
    {
        using var tls = await TlsPair.ConnectAsync();
        var options = new ScriptedClientOptions { Jid = "user@localhost", Password = "pencil" };

        var exchange = SaslSelection.Choose(options, Offer("SCRAM-SHA-256 SCRAM-SHA-256-PLUS", offered), tls.Client);

        Assert.That(Text(exchange.Begin()), Does.StartWith(begin));
        Assert.That(exchange.Mechanism.EndsWith("-PLUS", StringComparison.Ordinal), Is.EqualTo(begin[0] == 'p'));
    }

    [Test]
    public async Task Where_the_server_offers_no_binding_the_client_says_that_it_could()
    {
        using var tls = await TlsPair.ConnectAsync();
        var options = new ScriptedClientOptions { Jid = "user@localhost", Password = "pencil" };

        Assert.That(Text(SaslSelection.Choose(options, Offer("SCRAM-SHA-256"), tls.Client).Begin()), Does.StartWith("y,,"));
    }

    [Test]
    public async Task The_end_point_is_the_hash_of_the_certificate()
    {
        using var tls = await TlsPair.ConnectAsync();

        Assert.That(ChannelBindings.DataFor(ChannelBindings.EndPoint, tls.Client), Is.EqualTo(SHA384.HashData(tls.Certificate.RawData)));
    }

    private static XmppElement Offer(string mechanisms, string bindings = "")
    {
        const string sasl = "urn:ietf:params:xml:ns:xmpp-sasl", cb = "urn:xmpp:sasl-cb:0";
        return new XmppElement("features", XmlNs.Streams)
            .Add(new XmppElement("mechanisms", sasl).Add(mechanisms.Split(' ').Select(m => new XmppElement("mechanism", sasl).Add(m))))
            .Add(new XmppElement("sasl-channel-binding", cb).Add(bindings.Split(' ').Select(b => new XmppElement("channel-binding", cb).With("type", b))));
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);

    private sealed class TlsPair(SslStream client, SslStream server, X509Certificate2 certificate) : IDisposable
    {
        public SslStream Client => client;

        public SslStream Server => server;

        public X509Certificate2 Certificate => certificate;

        public static async Task<TlsPair> ConnectAsync()
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
            var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA384).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
            var (up, down) = (new Pipe(), new Pipe());
            var client = new SslStream(new TwoWayStream(down.Reader.AsStream(), up.Writer.AsStream()), false, (_, c, _, _) => c?.GetCertHashString() == certificate.GetCertHashString());
            var server = new SslStream(new TwoWayStream(up.Reader.AsStream(), down.Writer.AsStream()));
            await Task.WhenAll(
                server.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate, EnabledSslProtocols = SslProtocols.Tls13 }),
                client.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost", EnabledSslProtocols = SslProtocols.Tls13 }));
            return new TlsPair(client, server, certificate);
        }

        public void Dispose()
        {
            client.Dispose();
            server.Dispose();
            certificate.Dispose();
        }
    }
}
