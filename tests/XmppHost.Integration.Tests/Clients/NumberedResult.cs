namespace XmppHost.Integration.Tests.Clients;

internal sealed record NumberedResult(NumberedSide Sender, NumberedSide Receiver)
{
    /// <summary>Everything that the server has acknowledged arrived once, and every session that it was to keep was kept.</summary>
    /// <param name="inOrder">Also in the order of sending; slixmpp may overtake itself when it sends again.</param>
    public void AssertNothingLostOrDoubled(bool inOrder)
    {
        TestContext.Out.WriteLine($"sender:   {Sender}\nreceiver: {Receiver}");
        Assert.Multiple(() =>
        {
            Assert.That(Sender.Breaches.Concat(Receiver.Breaches), Is.Empty, "breaches of the protocol");
            Assert.That(Sender.RefusedResumptions + Receiver.RefusedResumptions, Is.Zero, "refused resumptions");
            Assert.That(Sender.Acknowledged, Is.Unique.And.Not.Empty, "acknowledged");
            Assert.That(Sender.Acknowledged.Except(Receiver.Received), Is.Empty, "lost");
            Assert.That(Receiver.Received.GroupBy(n => n).Where(g => g.Count() > 1).Select(g => g.Key), Is.Empty, "doubled");
            if (inOrder) Assert.That(Receiver.Received, Is.Ordered, "order of arrival");
            Assert.That(Sender.Finished && Receiver.Finished, $"finished:\n{Sender.Output}\n{Receiver.Output}");
        });
    }
}
