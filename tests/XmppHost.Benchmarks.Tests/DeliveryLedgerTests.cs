using XmppHost.Benchmarks.Load.Measuring;

namespace XmppHost.Benchmarks.Tests;

internal sealed class DeliveryLedgerTests
{
    [Test]
    public void What_never_arrives_is_lost()
    {
        var ledger = Sent(1000);
        for (uint i = 0; i < 1000; i++)
            if (i % 100 != 3) ledger.Arrive(i);
        Assert.That(ledger, Has.Property(nameof(ledger.Lost)).EqualTo(10).And.Property(nameof(ledger.Arrived)).EqualTo(990).And.Property(nameof(ledger.Duplicated)).Zero);
    }

    [Test]
    public void What_arrives_again_is_a_duplicate_and_not_an_arrival()
    {
        var ledger = Sent(3);
        foreach (var number in new uint[] { 0, 1, 2, 1 }) ledger.Arrive(number);
        Assert.That(ledger, Has.Property(nameof(ledger.Lost)).Zero.And.Property(nameof(ledger.Arrived)).EqualTo(3).And.Property(nameof(ledger.Duplicated)).EqualTo(1));
    }

    [Test]
    public void What_overtakes_is_out_of_order()
    {
        var ledger = Sent(3);
        foreach (var number in new uint[] { 0, 2, 1 }) ledger.Arrive(number);
        Assert.That(ledger, Has.Property(nameof(ledger.Lost)).Zero.And.Property(nameof(ledger.OutOfOrder)).GreaterThan(0));
    }

    [Test]
    public void What_was_never_sent_is_unknown()
    {
        var ledger = Sent(1);
        Assert.That(ledger.Arrive(1), Is.False);
        Assert.That(ledger, Has.Property(nameof(ledger.Unknown)).EqualTo(1).And.Property(nameof(ledger.Arrived)).Zero);
    }

    private static DeliveryLedger Sent(int count)
    {
        var ledger = new DeliveryLedger();
        for (var i = 0; i < count; i++) ledger.TakeNumber();
        return ledger;
    }
}
