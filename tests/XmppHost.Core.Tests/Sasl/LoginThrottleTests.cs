using System.Net;
using XmppHost.Core.Streams.Sasl;
using XmppHost.Core.Tests.Support;

namespace XmppHost.Core.Tests.Sasl;

internal sealed class LoginThrottleTests
{
    private static readonly IPAddress Address = IPAddress.Parse("192.0.2.1");

    private readonly ManualTime _time = new();
    private LoginThrottle _throttle = null!;

    [SetUp]
    public void SetUp() => _throttle = new LoginThrottle(_time);

    [Test]
    public void One_mistake_costs_nothing()
    {
        _throttle.Failed("juliet", Address);

        Assert.That(Admit("juliet", Address).IsCompleted, Is.True);
    }

    [Test]
    public async Task Delays_of_an_account_double_up_to_four_seconds()
    {
        var waits = new List<double>();
        for (var failure = 0; failure < 9; failure++)
        {
            _throttle.Failed("juliet", null);
            waits.Add((await MeasureAsync("juliet", null)).TotalSeconds);
        }

        Assert.That(waits, Is.EqualTo(new[] { 0, 0.25, 0.5, 1, 2, 4, 4, 4, 4 }));
    }

    [Test]
    public async Task Success_resets_the_account()
    {
        for (var i = 0; i < 6; i++) _throttle.Failed("juliet", null);
        Assert.That(await MeasureAsync("juliet", null), Is.GreaterThan(TimeSpan.Zero));

        _throttle.Succeeded("juliet");

        Assert.That(await MeasureAsync("juliet", null), Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public async Task Address_that_guesses_many_accounts_is_slowed_and_others_are_not()
    {
        for (var i = 0; i < 10; i++) _throttle.Failed($"victim{i}", Address);

        Assert.That(await MeasureAsync("juliet", Address), Is.EqualTo(TimeSpan.FromSeconds(4)));
        Assert.That(await MeasureAsync("juliet", IPAddress.Parse("192.0.2.2")), Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public async Task Attempts_of_one_address_queue_and_a_long_queue_is_refused()
    {
        // Eleven failures put 8 seconds between attempts.
        for (var i = 0; i < 11; i++) _throttle.Failed($"victim{i}", Address);
        var queue = Enumerable.Range(0, 4).Select(i => Admit($"name{i}", Address)).ToArray();

        Assert.That(await queue[3], Is.False, "32 s is beyond the limit");
        foreach (var next in queue[..3])
        {
            Assert.That(_time.NextDue - _time.GetUtcNow(), Is.EqualTo(TimeSpan.FromSeconds(8)));
            Assert.That(next.IsCompleted, Is.False);
            _time.Advance(TimeSpan.FromSeconds(8));
            Assert.That(await next, Is.True);
        }
    }

    [Test]
    public async Task Addresses_of_one_ipv6_network_count_as_one()
    {
        for (var i = 0; i < 10; i++) _throttle.Failed($"victim{i}", IPAddress.Parse($"2001:db8::{i:x}"));

        Assert.That(await MeasureAsync("juliet", IPAddress.Parse("2001:db8::ffff")), Is.GreaterThan(TimeSpan.Zero));
        Assert.That(await MeasureAsync("juliet", IPAddress.Parse("2001:db8:0:1::1")), Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public async Task Failures_are_forgotten_after_a_quarter_of_an_hour()
    {
        for (var i = 0; i < 20; i++) _throttle.Failed("juliet", Address);

        _time.Advance(TimeSpan.FromMinutes(15.1));

        Assert.That(await MeasureAsync("juliet", Address), Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public void Memory_is_bounded()
    {
        for (var i = 0; i < 3 * LoginThrottle.Capacity; i++) _throttle.Failed($"name{i}", new IPAddress(i));

        Assert.That(_throttle.Count, Is.EqualTo(2 * LoginThrottle.Capacity));
    }

    [Test]
    public void Waiting_ends_with_the_connection()
    {
        for (var i = 0; i < 5; i++) _throttle.Failed("juliet", null);
        using var connection = new CancellationTokenSource();
        var waiting = _throttle.AdmitAsync("juliet", null, connection.Token).AsTask();

        connection.Cancel();

        Assert.That(async () => await waiting, Throws.InstanceOf<OperationCanceledException>());
    }

    private Task<bool> Admit(string account, IPAddress? address) => _throttle.AdmitAsync(account, address, default).AsTask();

    private async Task<TimeSpan> MeasureAsync(string account, IPAddress? address)
    {
        var admitted = Admit(account, address);
        var wait = admitted.IsCompleted ? TimeSpan.Zero : _time.NextDue - _time.GetUtcNow();
        _time.Advance(wait);
        Assert.That(await admitted, Is.True);
        return wait;
    }
}
