using System.Net;
using System.Net.Sockets;
using System.Text;
using XmppHost.Hosting;
using XmppHost.Plugins.ClamAv;

namespace XmppHost.Plugins.Tests.ClamAv;

/// <summary>Answers that the real clamd cannot be made to give.</summary>
public sealed class OddClamdTests
{
    [TestCase("stream: Can't allocate memory ERROR\0", "clamd answered 'stream: Can't allocate memory ERROR'")]
    [TestCase("UNKNOWN COMMAND\0", "clamd answered 'UNKNOWN COMMAND'")]
    [TestCase("", "clamd closed the connection")]
    [TestCase("stream: OK but not quite\0", "clamd answered 'stream: OK but not quite'")]
    public async Task Anything_but_a_verdict_is_none(string answer, string reason)
    {
        using var scanner = await ScanAsync(answer, UploadVerdict.Hold);

        Assert.That(scanner.Lines, Has.Exactly(1).Contains(reason));
    }

    [Test]
    public async Task A_signatures_name_may_have_any_characters()
    {
        using var scanner = await ScanAsync("stream: Odd: name FOUND here FOUND\0", UploadVerdict.Quarantine);

        Assert.That(scanner.Lines, Has.Exactly(1).StartsWith("Warning: found Odd: name FOUND here in "));
    }

    [Test]
    public async Task An_endless_answer_is_cut_off()
    {
        using var scanner = await ScanAsync(new string('x', 1_000_000), UploadVerdict.Hold);

        Assert.That(scanner.Lines.Single(), Has.Length.LessThan(5000));
    }

    [TestCase("unix:/run/clamd.sock", "unix:/run/clamd.sock")]
    [TestCase("[::1]:3310", "::1:3310")]
    [TestCase("clamav.example.org:3310", "clamav.example.org:3310")]
    [TestCase("unix:relative", null)]
    [TestCase("127.0.0.1", null)]
    [TestCase("127.0.0.1:0", null)]
    [TestCase(":3310", null)]
    [TestCase("a b:3310", null)]
    public void Addresses_are_read(string text, string? address) =>
        Assert.That(ClamdAddress.TryParse(text, out var parsed) ? parsed.ToString() : null, Is.EqualTo(address));

    private static async Task<ScannerUnderTest> ScanAsync(string answer, UploadVerdict verdict)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var served = ServeAsync(listener, answer);
        var scanner = new ScannerUnderTest(new ClamAvOptions { Address = listener.LocalEndpoint.ToString()! });
        Assert.That(await scanner.ScanAsync(new byte[200_000]), Is.EqualTo(verdict));
        await served;
        return scanner;
    }

    // Takes the command, answers at once, and goes.
    private static async Task ServeAsync(TcpListener listener, string answer)
    {
        using var client = await listener.AcceptTcpClientAsync();
        await using var stream = client.GetStream();
        await stream.ReadExactlyAsync(new byte[10]);
        try
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
            client.Client.Shutdown(SocketShutdown.Send);
            await stream.CopyToAsync(Stream.Null);
        }
        catch (IOException)
        {
            // The other side has heard enough.
        }
    }
}
