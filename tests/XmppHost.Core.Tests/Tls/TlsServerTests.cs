using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using XmppHost.Core.Streams.Sasl;
using XmppHost.Core.Tls;

namespace XmppHost.Core.Tests.Tls;

/// <summary>Real handshakes over sockets, with OpenSSL under both ends.</summary>
internal sealed class TlsServerTests
{
    private TlsFixture _tls = null!;
    private CertificateStore _store = null!;
    private TlsProbe _probe = null!;
    private TlsServer _server = null!;

    [SetUp]
    public void SetUp()
    {
        _tls = new TlsFixture();
        _store = _tls.Store("a.example", "b.example");
        Assert.That(_store.Load(), Is.Empty);
        _probe = new TlsProbe(_store, NullLogger<TlsProbe>.Instance);
        _server = new TlsServer(_store, _probe);
    }

    [TearDown]
    public void TearDown()
    {
        _store.Dispose();
        _tls.Dispose();
    }

    [Test]
    public async Task Probe_finds_the_way_into_openssl() => Assert.That(await _probe.GetAsync(), Is.Not.Null);

    [TestCase(SslProtocols.Tls12)]
    [TestCase(SslProtocols.Tls13)]
    public async Task Both_ends_have_the_same_exporter_and_data_passes_with_released_buffers(SslProtocols version)
    {
        await using var pair = await ConnectAsync("a.example", version: version);
        var access = (await _probe.GetAsync())!;

        Assert.That(pair.Server.SslProtocol, Is.EqualTo(version));
        Assert.That(pair.Bindings.Find(ChannelBindings.ExporterType), Is.EqualTo(access.Export(pair.Client)).And.Length.EqualTo(32));
        var sent = RandomNumberGenerator.GetBytes(100_000);
        var writing = pair.Server.WriteAsync(sent).AsTask();
        var received = new byte[sent.Length];
        await pair.Client.ReadExactlyAsync(received);
        await writing;
        Assert.That(received, Is.EqualTo(sent));
    }

    // slixmpp binds to it with whatever version Python negotiates; its SSLSocket reads the same two messages as here.
    [TestCase(SslProtocols.Tls12, false)]
    [TestCase(SslProtocols.Tls12, true)]
    [TestCase(SslProtocols.Tls13, false)]
    [TestCase(SslProtocols.Tls13, true)]
    public async Task Tls_unique_is_the_first_finished_message_that_the_client_sees(SslProtocols version, bool again)
    {
        if (again)
        {
            await using var first = await ConnectAsync("a.example", version: version);
            await first.Server.WriteAsync(new byte[1]);
            await first.Client.ReadExactlyAsync(new byte[1]);   // a ticket of TLS 1.3 comes with the first data
        }

        await using var pair = await ConnectAsync("a.example", version: version);
        var (isReused, finished) = ClientFinished.Of(pair.Client);

        Assert.That(isReused, Is.EqualTo(again), "resumed");
        Assert.That(finished, Has.Length.GreaterThanOrEqualTo(12));
        Assert.That(pair.Bindings.Find(ChannelBindings.UniqueType), Is.EqualTo(finished));
        Assert.That(pair.Bindings.Types, Has.None.EqualTo(ChannelBindings.UniqueType), "taken, not announced");
        Assert.That(pair.Bindings.Takes(ChannelBindings.UniqueType), Is.True);
    }

    [Test]
    public async Task Two_connections_have_different_exporters()
    {
        await using var first = await ConnectAsync("a.example");
        await using var second = await ConnectAsync("a.example");

        Assert.That(first.Bindings.Find(ChannelBindings.ExporterType), Is.Not.EqualTo(second.Bindings.Find(ChannelBindings.ExporterType)));
    }

    [Test]
    public async Task Closed_connection_exports_nothing()
    {
        var pair = await ConnectAsync("a.example");
        await pair.DisposeAsync();

        Assert.That(pair.Bindings.Find(ChannelBindings.ExporterType), Is.Null);
    }

    [Test]
    public async Task Server_end_point_is_the_hash_of_the_certificate_that_was_served()
    {
        await using var pair = await ConnectAsync("b.example");

        Assert.That(pair.Client.RemoteCertificate!.GetCertHashString(), Is.EqualTo(_store.For("b.example").Certificate.GetCertHashString()));
        Assert.That(pair.Bindings.Find(ChannelBindings.EndPointType), Is.EqualTo(SHA256.HashData(pair.Client.RemoteCertificate.GetRawCertData())));
        Assert.That(pair.Bindings.Types, Is.EqualTo(new[] { "tls-server-end-point", "tls-exporter" }));
    }

    [Test]
    public void End_point_hash_follows_the_certificates_signature()
    {
        using var ecdsa = _tls.Make("x");
        using var rsa = _tls.Make("x", rsa: true);

        Assert.That(EndPointBinding.Of(ecdsa), Is.EqualTo(SHA384.HashData(ecdsa.RawData)));
        Assert.That(EndPointBinding.Of(rsa), Is.EqualTo(SHA512.HashData(rsa.RawData)));
    }

    [Test]
    public async Task Direct_tls_speaks_alpn_and_starttls_does_not()
    {
        await using var direct = await ConnectAsync("a.example", direct: true, alpn: "xmpp-client");
        await using var plain = await ConnectAsync("a.example", direct: true);
        await using var startTls = await ConnectAsync("a.example", alpn: "xmpp-client");

        Assert.That(direct.Client.NegotiatedApplicationProtocol.ToString(), Is.EqualTo("xmpp-client"));
        Assert.That(plain.Client.NegotiatedApplicationProtocol.Protocol.Length, Is.Zero, "a client without ALPN is let in");
        Assert.That(startTls.Client.NegotiatedApplicationProtocol.Protocol.Length, Is.Zero);
        Assert.That(async () => await ConnectAsync("a.example", direct: true, alpn: "h2"), Throws.InstanceOf<AuthenticationException>());
    }

    [Test]
    public void Https_offers_http_2_and_1() =>
        Assert.That(_server.ForHttps("upload.b.example").ApplicationProtocols!.Select(p => p.ToString()), Is.EqualTo(new[] { "h2", "http/1.1" }));

    private async Task<Pair> ConnectAsync(string name, bool direct = false, string? alpn = null, SslProtocols version = SslProtocols.None)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var clientSocket = new TcpClient();
        var connecting = clientSocket.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        var serverSocket = await listener.AcceptTcpClientAsync();
        await connecting;
        var server = new SslStream(serverSocket.GetStream());
        var client = new SslStream(clientSocket.GetStream());
        var accepting = server.AuthenticateAsServerAsync((_, hello, _, _) => ValueTask.FromResult(_server.Select(hello.ServerName, null, direct)), null);
        try
        {
            var options = new SslClientAuthenticationOptions { TargetHost = name, EnabledSslProtocols = version, RemoteCertificateValidationCallback = (_, served, _, _) => _store.For(name).Certificate.Equals(served) };
            if (alpn is not null) options.ApplicationProtocols = [new SslApplicationProtocol(alpn)];
            await Task.WhenAll(client.AuthenticateAsClientAsync(options), accepting);
            return new Pair(server, client, await _server.SecuredAsync(server));
        }
        catch
        {
            await server.DisposeAsync();
            await client.DisposeAsync();
            throw;
        }
    }

    private sealed record Pair(SslStream Server, SslStream Client, ChannelBindings Bindings) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Client.DisposeAsync();
            await Server.DisposeAsync();
        }
    }
}
