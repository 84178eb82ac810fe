using XmppHost.Plugins;

namespace XmppHost.Core.Tests.Configuration;

public sealed class ValueTests
{
    [TestCase("1024", 1024)]
    [TestCase("0", 0)]
    [TestCase("100 MiB", 104857600)]
    [TestCase("2GB", 2000000000)]
    [TestCase("1.5 KiB", 1536)]
    [TestCase(" 7 b ", 7)]
    [TestCase("unlimited", long.MaxValue)]
    public void A_size_is_read(string text, long bytes) => Assert.That(ByteSize.Parse(text, null).Bytes, Is.EqualTo(bytes));

    [TestCase("")]
    [TestCase("MiB")]
    [TestCase("-1")]
    [TestCase("1.5")]
    [TestCase("1/2 KB")]
    [TestCase("10 M")]
    [TestCase("99999999 TiB")]
    public void What_is_no_size_is_refused(string text) => Assert.That(ByteSize.TryParse(text, null, out _), Is.False);

    [TestCase(104857600, "100 MiB")]
    [TestCase(2000000000, "2 GB")]
    [TestCase(1500, "1500 B")]
    [TestCase(0, "0 B")]
    [TestCase(long.MaxValue, "unlimited")]
    public void A_size_is_written_so_that_it_reads_back(long bytes, string text)
    {
        Assert.That(new ByteSize(bytes).ToString(), Is.EqualTo(text));
        Assert.That(ByteSize.Parse(text, null).Bytes, Is.EqualTo(bytes));
    }

    [TestCase("30s", "00:00:30")]
    [TestCase("5 min", "00:05:00")]
    [TestCase("7 days", "7.00:00:00")]
    [TestCase("1 h 30 min", "01:30:00")]
    [TestCase("1.5 hours", "01:30:00")]
    [TestCase("500 ms", "00:00:00.5000000")]
    [TestCase("2 weeks", "14.00:00:00")]
    [TestCase("00:05:00", "00:05:00")]
    [TestCase("0", "00:00:00")]
    public void A_duration_is_read(string text, string expected)
    {
        var span = Duration.TryParse(text);
        Assert.That(span?.ToString("c"), Is.EqualTo(expected));
        Assert.That(Duration.TryParse(Duration.ToText(span!.Value)), Is.EqualTo(span), "it reads back as it is written");
    }

    [TestCase("")]
    [TestCase("5")]
    [TestCase("min")]
    [TestCase("5 fortnights")]
    [TestCase("-5 min")]
    [TestCase("-00:05:00")]
    [TestCase("99999999999 days")]
    public void What_is_no_duration_is_refused(string text) => Assert.That(Duration.TryParse(text), Is.Null);
}
