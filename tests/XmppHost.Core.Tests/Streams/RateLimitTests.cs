using XmppHost.Core.Streams;
using XmppHost.Core.Tests.Support;
using XmppHost.Plugins;

namespace XmppHost.Core.Tests.Streams;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class RateLimitTests
{
    private readonly ManualTime _time = new();

    [Test]
    public void Burst_is_free_and_what_is_over_it_waits_as_long_as_the_rate_needs()
    {
        var limit = new RateLimit(new ByteSize(100), new ByteSize(1000), _time);
        Assert.That(limit.Take(1000), Is.EqualTo(TimeSpan.Zero));
        Assert.That(limit.Take(50), Is.EqualTo(TimeSpan.FromSeconds(0.5)));
        _time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.That(limit.Take(100), Is.EqualTo(TimeSpan.FromSeconds(1)));
    }

    [Test]
    public void Time_earns_no_more_than_the_burst()
    {
        var limit = new RateLimit(new ByteSize(100), new ByteSize(1000), _time);
        limit.Take(1000);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.That(limit.Take(1000), Is.EqualTo(TimeSpan.Zero));
        Assert.That(limit.Take(100), Is.EqualTo(TimeSpan.FromSeconds(1)));
    }

    [Test]
    public void Steady_sender_below_the_rate_never_waits()
    {
        var limit = new RateLimit(new ByteSize(100), new ByteSize(100), _time);
        for (var i = 0; i < 100; i++)
        {
            Assert.That(limit.Take(90), Is.EqualTo(TimeSpan.Zero));
            _time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    [Test]
    public void Unlimited_is_unlimited()
    {
        var limit = new RateLimit(ByteSize.Unlimited, new ByteSize(1), _time);
        Assert.That(limit.Take(long.MaxValue / 2), Is.EqualTo(TimeSpan.Zero));
    }
}
