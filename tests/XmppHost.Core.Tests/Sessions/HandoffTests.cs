using XmppHost.Core.Sessions;
using XmppHost.Core.Tests.Support;
using XmppHost.Stanzas;
using XmppHost.Storage;

namespace XmppHost.Core.Tests.Sessions;

/// <summary>Two devices are handed a message; whichever ends without having got it, the message is kept once, and only if nobody got it.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class HandoffTests
{
    private const long Row = 500, Stream = 100;

    private readonly ManualLog _log = new();
    private readonly Stanza _message = TestCore.Parse("<message to='juliet@localhost' id='m'><body>m</body></message>");
    private Handoff _shared = null!;

    [SetUp]
    public void SetUp()
    {
        _shared = new Handoff(_message);
        _log.Append([new LogRow(Row, _message.To!, default, _message.Bytes, Stream, 1)]);
    }

    [Test]
    public void Nobody_got_it_and_no_row_stands_for_it()
    {
        Hand(0, 0);
        Assert.That(_shared.GiveUp(0, _log), Is.Null);
        Assert.That(_shared.GiveUp(0, _log), Is.SameAs(_message));
    }

    [Test]
    public void Second_device_gets_it_after_the_first_ended()
    {
        Hand(Row, 0);
        Assert.That(_shared.GiveUp(Row, _log), Is.Null);
        _log.EndStream(Stream);
        Assert.That(_log.Offline, Is.Empty, "another may have it yet");
        Assert.That(_log.Rows, Has.Count.EqualTo(1), "and a crash must not lose it");

        _shared.Taken(_log);
        Assert.That(_log.Rows, Is.Empty);
    }

    [Test]
    public void Second_device_had_it_before_the_first_ended()
    {
        Hand(Row, 0);
        _shared.Taken(_log);
        Assert.That(_log.Rows, Has.Count.EqualTo(1), "the first is still to get it");

        Assert.That(_shared.GiveUp(Row, _log), Is.Null);
        Assert.That(_log.Rows, Is.Empty);
    }

    [Test]
    public void Both_end_without_it_and_the_row_waits_offline()
    {
        Hand(Row, 0);
        Assert.That(_shared.GiveUp(Row, _log), Is.Null);
        _log.EndStream(Stream);
        Assert.That(_shared.GiveUp(0, _log), Is.Null);
        Assert.That(_log.Offline.Select(r => r.Id), Is.EqualTo(new[] { Row }));
    }

    [Test]
    public void Copy_ends_first_and_the_row_is_the_streams_until_it_ends_too()
    {
        Hand(Row, 0);
        Assert.That(_shared.GiveUp(0, _log), Is.Null);
        Assert.That(_shared.GiveUp(Row, _log), Is.Null);
        _log.EndStream(Stream);
        Assert.That(_log.Offline.Select(r => r.Id), Is.EqualTo(new[] { Row }));
    }

    [Test]
    public void Device_that_dies_while_others_are_still_handed_it_is_not_the_last()
    {
        _shared.Add(0, null);
        Assert.That(_shared.GiveUp(0, _log), Is.Null);
        _shared.Add(0, null);
        _shared.Taken(_log);
        Assert.That(_shared.GiveUp(0, _log), Is.Null, "handed out, and taken");
    }

    [Test]
    public void Device_that_could_not_take_it_leaves_the_next_one_first()
    {
        _shared.Add(Row, null);
        _shared.Withdraw(Row);
        Assert.That(_shared.HasFirst, Is.False);
        Assert.That(_shared.GiveUp(0, _log), Is.SameAs(_message));
    }

    [Test]
    public void Crash_while_it_is_open_who_gets_it_leaves_it_offline()
    {
        Hand(Row, 0);
        _shared.GiveUp(Row, _log);
        _log.EndStream(Stream);
        _log.Crash();
        Assert.That(_log.Offline.Select(r => r.Id), Is.EqualTo(new[] { Row }));
    }

    private void Hand(params long[] rows)
    {
        foreach (var row in rows) _shared.Add(row, null);
        Assert.That(_shared.GiveUp(0, _log), Is.Null, "all were handed it");
    }
}
