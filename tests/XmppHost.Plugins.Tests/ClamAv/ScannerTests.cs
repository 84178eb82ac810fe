using XmppHost.Hosting;
using XmppHost.Plugins.ClamAv;
using XmppHost.Testing;
using XmppHost.Testing.Services;

namespace XmppHost.Plugins.Tests.ClamAv;

/// <summary>The scanner against the real clamd.</summary>
public sealed class ScannerTests
{
    private static readonly string[] Addresses = ["unix", "tcp"];

    [Test]
    public async Task Infected_files_are_told_from_clean_ones([ValueSource(nameof(Addresses))] string address)
    {
        using var scanner = new ScannerUnderTest(await OptionsAsync(address));

        Assert.That(await scanner.ScanAsync(ScannerUnderTest.Infected()), Is.EqualTo(UploadVerdict.Quarantine));
        Assert.That(await scanner.ScanAsync(new byte[1000]), Is.EqualTo(UploadVerdict.Serve));
        Assert.That(await scanner.ScanAsync([]), Is.EqualTo(UploadVerdict.Serve));

        Assert.That(scanner.Lines, Is.EqualTo(new[] { $"Warning: found {ClamDaemon.Signature} in random/file.bin of alice@example.org" }));
        Assert.That(scanner.Counts, Is.EqualTo(new[] { "clamav.scans infected 1", "clamav.scanned 38", "clamav.scans clean 1", "clamav.scanned 1000", "clamav.scans clean 1", "clamav.scanned 0" }));
    }

    [Test]
    public async Task What_lies_across_two_chunks_is_found([Values(65_500, 65_536 - 1, 131_072 - 20, 1_000_000)] int before)
    {
        using var scanner = new ScannerUnderTest(await OptionsAsync("unix"));

        Assert.That(await scanner.ScanAsync(ScannerUnderTest.Infected(before, 70_000)), Is.EqualTo(UploadVerdict.Quarantine));
    }

    [Test]
    public async Task A_stream_that_brings_a_byte_at_a_time_is_scanned_all_the_same()
    {
        using var scanner = new ScannerUnderTest(await OptionsAsync("unix"));

        Assert.That(await scanner.ScanAsync(() => new SlowStream(ScannerUnderTest.Infected(40)), 78), Is.EqualTo(UploadVerdict.Quarantine));
    }

    [TestCase(TooLargeChoice.Serve, UploadVerdict.Serve, "served")]
    [TestCase(TooLargeChoice.Quarantine, UploadVerdict.Quarantine, "put into quarantine")]
    public async Task Files_over_our_limit_or_over_that_of_clamd_go_where_config_says(object choice, UploadVerdict verdict, string done)
    {
        foreach (var address in Addresses)
        {
            var options = await OptionsAsync(address) with { WhenTooLarge = (TooLargeChoice)choice, MaxSize = new ByteSize(20 << 20) };
            using var scanner = new ScannerUnderTest(options);

            Assert.That(await scanner.ScanAsync(new byte[10 << 20]), Is.EqualTo(verdict));
            Assert.That(await scanner.ScanAsync(() => throw new AssertionException("such a file need not be opened"), (20 << 20) + 1), Is.EqualTo(verdict));

            Assert.That(scanner.Lines, Is.EqualTo(new[]
            {
                $"Warning: random/file.bin of 10485760 bytes from alice@example.org is too large to be scanned (INSTREAM size limit exceeded. ERROR) and is {done}",
                $"Warning: random/file.bin of 20971521 bytes from alice@example.org is too large to be scanned (over maxSize) and is {done}",
            }));
            Assert.That(scanner.Counts, Is.EqualTo(new[] { "clamav.scans tooLarge 1", "clamav.scans tooLarge 1" }));
        }
    }

    [Test]
    public async Task A_file_of_the_largest_size_that_clamd_takes_is_scanned()
    {
        using var scanner = new ScannerUnderTest(await OptionsAsync("unix"));
        var before = ClamDaemon.MaxStream - ClamDaemon.Pattern.Length;

        Assert.That(await scanner.ScanAsync(ScannerUnderTest.Infected(before)), Is.EqualTo(UploadVerdict.Quarantine));
    }

    [TestCase(UnavailableChoice.Hold, UploadVerdict.Hold, "held")]
    [TestCase(UnavailableChoice.Serve, UploadVerdict.Serve, "served")]
    public async Task While_clamd_is_away_files_go_where_config_says_and_the_log_says_so_once(object choice, UploadVerdict verdict, string done)
    {
        using var folder = new TempFolder("xh-clam");
        using var scanner = new ScannerUnderTest(new ClamAvOptions { Address = $"unix:{folder["clamd.sock"]}", WhenUnavailable = (UnavailableChoice)choice });
        for (var i = 0; i < 3; i++) Assert.That(await scanner.ScanAsync(ScannerUnderTest.Infected()), Is.EqualTo(verdict));
        Assert.That(scanner.Lines.Where(l => l.StartsWith("Error: ", StringComparison.Ordinal)), Has.Exactly(1).Contains("the virus scanner cannot be asked: unix:").And.Contains($"Until it answers again uploads are {done}"));
        Assert.That(scanner.Lines.Count(l => l.EndsWith("is served without having been scanned", StringComparison.Ordinal)), Is.EqualTo(verdict == UploadVerdict.Serve ? 3 : 0), "of each file");

        File.CreateSymbolicLink(folder["clamd.sock"], (await ClamDaemon.SharedAsync()).Socket);

        Assert.That(await scanner.ScanAsync(ScannerUnderTest.Infected()), Is.EqualTo(UploadVerdict.Quarantine));
        Assert.That(scanner.Lines, Has.Exactly(1).EqualTo("Information: the virus scanner answers again"));
    }

    [Test]
    public async Task Clamd_that_hangs_is_given_up_after_the_timeout()
    {
        await using var clamd = await ClamDaemon.StartAsync();
        using var scanner = new ScannerUnderTest(new ClamAvOptions { Address = $"unix:{clamd.Socket}", Timeout = TimeSpan.FromSeconds(1) });
        await clamd.PauseAsync();
        // One that waits for the answer, and one that cannot even send.
        Assert.That(await scanner.ScanAsync(new byte[10]), Is.EqualTo(UploadVerdict.Hold));
        Assert.That(await scanner.ScanAsync(new byte[8 << 20]), Is.EqualTo(UploadVerdict.Hold));
        Assert.That(scanner.Lines, Has.Exactly(1).Matches("was silent for 1 s"));

        await clamd.ContinueAsync();

        using var patient = new ScannerUnderTest(new ClamAvOptions { Address = $"unix:{clamd.Socket}" });
        Assert.That(await patient.ScanAsync(ScannerUnderTest.Infected()), Is.EqualTo(UploadVerdict.Quarantine));
    }

    [Test]
    public async Task More_files_at_once_than_may_be_scanned_wait_their_turn()
    {
        using var scanner = new ScannerUnderTest(await OptionsAsync("tcp") with { Parallel = 2 });

        var verdicts = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => scanner.ScanAsync(i % 2 == 0 ? ScannerUnderTest.Infected(100_000) : new byte[100_000]).AsTask()));

        Assert.That(verdicts, Is.EqualTo(Enumerable.Range(0, 40).Select(i => i % 2 == 0 ? UploadVerdict.Quarantine : UploadVerdict.Serve)));
    }

    [Test]
    public async Task A_file_that_cannot_be_read_is_not_the_scanners_fault()
    {
        using var scanner = new ScannerUnderTest(await OptionsAsync("unix") with { WhenUnavailable = UnavailableChoice.Serve });

        await Assert.ThrowsAsync<IOException>(() => scanner.ScanAsync(() => new BrokenStream(), 100).AsTask());
    }

    private static async Task<ClamAvOptions> OptionsAsync(string address)
    {
        var clamd = await ClamDaemon.SharedAsync();
        return new ClamAvOptions { Address = address == "unix" ? $"unix:{clamd.Socket}" : $"127.0.0.1:{clamd.Port}" };
    }

    private sealed class SlowStream(byte[] content) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => base.ReadAsync(buffer[..1], cancellationToken);
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("the disk is gone");
    }
}
