using XmppHost.Addressing;
using XmppHost.Core.Sessions;
using XmppHost.Core.Tests.Support;

namespace XmppHost.Core.Tests.Sessions;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class SessionTableTests
{
    private readonly TestCore _core = new();
    private readonly Jid _juliet = Jid.Parse("juliet@localhost");

    private SessionTable Table => _core.Host.Sessions;

    [Test]
    public void Resource_is_bound_once_and_free_again_when_its_session_is_gone()
    {
        var first = New("balcony");
        Assert.That(Table.TryAdd(first), Is.True);
        Assert.That(Table.TryAdd(New("balcony")), Is.False);
        Assert.That(Table.TryAdd(New("garden")), Is.True);
        Assert.That(Table.Count, Is.EqualTo(2));
        Assert.That(Table.FindSession(first.Jid), Is.SameAs(first));

        Table.Remove(first);
        Table.Remove(first);
        Assert.That(Table.Count, Is.EqualTo(1));
        Assert.That(Table.FindSession(first.Jid), Is.Null);
        Assert.That(Table.TryAdd(New("balcony")), Is.True);
    }

    [Test]
    public void Account_without_sessions_leaves_nothing_behind()
    {
        var session = New("balcony");
        Table.TryAdd(session);
        Table.Remove(session);
        Assert.That(Table.Of(_juliet), Is.Empty);
        Assert.That(Table.All(), Is.Empty);
        Assert.That(Table.Of(Jid.Parse("localhost")), Is.Empty, "a domain has none");
    }

    [Test]
    public async Task Sessions_that_come_and_go_at_the_same_time_are_counted_right()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(() =>
        {
            for (var i = 0; i < 500; i++)
            {
                var session = New($"r{n}-{i}");
                Assert.That(Table.TryAdd(session), Is.True);
                if (i % 10 != 0) Table.Remove(session);
            }
        })));
        Assert.That(Table.Count, Is.EqualTo(8 * 50));
        Assert.That(Table.Of(_juliet), Has.Count.EqualTo(8 * 50));
    }

    [Test]
    public void Session_opens_when_nothing_was_kept_since_it_last_looked_or_in_any_case()
    {
        var session = New("balcony");
        session.IsCatchingUp = true;
        session.KeptMeanwhile = 2;
        Assert.That(Table.TryOpen(session, kept: 1, anyway: false), Is.False);
        Assert.That(session.IsCatchingUp, Is.True);
        Assert.That(Table.TryOpen(session, kept: 2, anyway: false), Is.True);
        Assert.That(session.IsCatchingUp, Is.False);

        session.IsCatchingUp = true;
        Assert.That(Table.TryOpen(session, kept: 1, anyway: true), Is.True);
        Assert.That(session.IsCatchingUp, Is.False);
    }

    [Test]
    public void Resumable_session_is_found_by_the_hash_of_its_id_until_it_ends()
    {
        var session = New("balcony");
        var id = session.Reliability.Enable(TimeSpan.FromMinutes(1))!;
        Assert.That(Table.FindResumable(id), Is.Null, "the id itself is kept nowhere");
        Assert.That(Table.FindResumable(SessionAcks.TokenOf(id)), Is.SameAs(session));

        session.End();
        Assert.That(Table.FindResumable(SessionAcks.TokenOf(id)), Is.Null);
    }

    private Session New(string resource) => new Device(_core, $"juliet@localhost/{resource}").Session;
}
