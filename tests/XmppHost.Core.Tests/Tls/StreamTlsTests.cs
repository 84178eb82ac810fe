using System.IO.Pipelines;
using System.Net.Security;
using System.Security.Authentication;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using XmppHost.Core.Streams;
using XmppHost.Core.Tls;

namespace XmppHost.Core.Tests.Tls;

internal sealed class StreamTlsTests
{
    [TestCase("")]
    [TestCase("\n")]
    [TestCase(" \r\n\t ")]
    public async Task White_space_after_starttls_is_skipped(string before) => Assert.That(await HandshakeAsync(before, direct: false), Is.True);

    [TestCase("<auth/>", false)]
    [TestCase("\n<auth/>", false)]
    [TestCase("\n", true, Description = "where nothing came before TLS nothing may")]
    public void Anything_else_before_the_hello_fails_the_handshake(string before, bool direct) =>
        Assert.That(async () => await HandshakeAsync(before, direct), Throws.InstanceOf<AuthenticationException>());

    private static async Task<bool> HandshakeAsync(string before, bool direct)
    {
        using var files = new TlsFixture();
        using var store = files.Store("a.example");
        Assert.That(store.Load(), Is.Empty);
        var tls = new TlsServer(store, new TlsProbe(store, NullLogger<TlsProbe>.Instance));
        var (toServer, toClient) = (new Pipe(), new Pipe());
        await toServer.Writer.WriteAsync(Encoding.ASCII.GetBytes(before));
        var accepting = StreamTls.AcceptAsync(new Duplex(toServer.Reader, toClient.Writer), tls, "a.example", direct, TimeSpan.FromSeconds(20), default);
        await using var client = new SslStream(new DuplexPipeStream(new Duplex(toClient.Reader, toServer.Writer)));
        var options = new SslClientAuthenticationOptions { TargetHost = "a.example", RemoteCertificateValidationCallback = (_, served, _, _) => store.For(null).Certificate.Equals(served) };
        var connecting = client.AuthenticateAsClientAsync(options);
        try
        {
            await using var accepted = await accepting;
            await connecting;
            return accepted.Ssl.IsAuthenticated;
        }
        finally
        {
            await toClient.Writer.CompleteAsync();
            await connecting.ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
