using XmppHost.Plugins.Roster.Subscriptions;
using XmppHost.Stanzas;

namespace XmppHost.Plugins.Tests.Roster;

internal sealed class SubscriptionRulesTests
{
    private static readonly PresenceType[] Types = [PresenceType.Subscribe, PresenceType.Subscribed, PresenceType.Unsubscribe, PresenceType.Unsubscribed];

    [Test]
    public void Outbound_stanzas_follow_appendix_A_2()
    {
        Assert.That(SubscriptionTables.Outbound, Has.Count.EqualTo(36));
        foreach (var ((state, type), (pass, next)) in SubscriptionTables.Outbound)
        {
            var step = SubscriptionRules.Outbound(SubscriptionTables.States[state], approved: false, type);
            Assert.That((step.Action == SubscriptionAction.Pass, step.State), Is.EqualTo((pass, SubscriptionTables.States[next])), $"{type} in {state}");
        }
    }

    [Test]
    public void Inbound_stanzas_follow_appendix_A_3()
    {
        Assert.That(SubscriptionTables.Inbound, Has.Count.EqualTo(36));
        foreach (var ((state, type), (pass, next)) in SubscriptionTables.Inbound)
        {
            var step = SubscriptionRules.Inbound(SubscriptionTables.States[state], approved: false, type);
            Assert.That((step.Action == SubscriptionAction.Pass, step.State), Is.EqualTo((pass, SubscriptionTables.States[next])), $"{type} in {state}");
        }
    }

    [TestCase("None", true)]
    [TestCase("None+Out", true)]
    [TestCase("To", true)]
    [TestCase("From", false)]
    [TestCase("From+Out", false)]
    [TestCase("Both", false)]
    public void Subscribed_without_a_request_approves_in_advance_where_nothing_is_granted(string state, bool approved) =>
        Assert.That(SubscriptionRules.Outbound(SubscriptionTables.States[state], false, PresenceType.Subscribed).Approved, Is.EqualTo(approved));

    [TestCase("None+In")]
    [TestCase("None+Out+In")]
    [TestCase("To+In")]
    public void Answer_to_a_request_is_no_approval_of_later_ones(string state) =>
        Assert.That(SubscriptionRules.Outbound(SubscriptionTables.States[state], false, PresenceType.Subscribed).Approved, Is.False);

    [Test]
    public void Approval_in_advance_holds_until_it_is_taken_back()
    {
        foreach (var state in SubscriptionTables.States.Values)
        {
            foreach (var type in Types)
            {
                Assert.That(SubscriptionRules.Outbound(state, true, type).Approved, Is.EqualTo(type != PresenceType.Unsubscribed), $"{type} out in {state}");
                Assert.That(SubscriptionRules.Inbound(state, true, type).Approved, Is.True, $"{type} in in {state}");
            }
        }
    }

    [TestCase("None", "From")]
    [TestCase("None+Out", "From+Out")]
    [TestCase("To", "Both")]
    [TestCase("From", "From")]
    [TestCase("Both", "Both")]
    public void Request_that_was_approved_in_advance_is_granted_at_once(string state, string next)
    {
        var step = SubscriptionRules.Inbound(SubscriptionTables.States[state], true, PresenceType.Subscribe);
        Assert.That(step, Is.EqualTo(new SubscriptionStep(SubscriptionTables.States[next], true, SubscriptionAction.Approve)));
    }

    [TestCase("From")]
    [TestCase("From+Out")]
    [TestCase("Both")]
    public void Request_for_what_is_granted_is_granted_again(string state)
    {
        var step = SubscriptionRules.Inbound(SubscriptionTables.States[state], false, PresenceType.Subscribe);
        Assert.That(step, Is.EqualTo(new SubscriptionStep(SubscriptionTables.States[state], false, SubscriptionAction.Approve)));
    }
}
