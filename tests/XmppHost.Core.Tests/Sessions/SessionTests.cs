using XmppHost.Core.Sessions;
using XmppHost.Core.Tests.Support;
using XmppHost.Hosting;
using XmppHost.Stanzas;
using XmppHost.Xml;

namespace XmppHost.Core.Tests.Sessions;

internal sealed class SessionTests
{
    private TestCore _core = null!;
    private Device _juliet = null!;

    private IReliableDelivery Acks => _juliet.Session.Reliability;

    [SetUp]
    public void SetUp()
    {
        _core = new TestCore(new KeepAll());
        _juliet = _core.Bind("juliet@localhost/balcony");
    }

    [Test]
    public void Nothing_counts_before_stream_management_is_on()
    {
        _juliet.Session.Send(Message("1"));
        _juliet.Session.CountHandled();

        Assert.That((Acks.Enabled, Acks.Sent, Acks.Handled, Acks.Unacknowledged), Is.EqualTo((false, 0u, 0u, 0)));
        Assert.That(Acks.Acknowledge(0), Is.False);
    }

    [Test]
    public async Task Stanzas_count_and_elements_do_not_and_a_flush_asks_for_an_acknowledgement_once()
    {
        Acks.Enable(null);
        _juliet.Session.Send(Message("1"));
        _juliet.Session.SendElement(Device.Element("note"));
        _juliet.Session.Send(Message("2"));
        var read = await _juliet.ReadAsync();

        Assert.That((Acks.Sent, Acks.Unacknowledged), Is.EqualTo((2u, 2)));
        Assert.That(read.Split("<r ").Length - 1, Is.EqualTo(1));
        Assert.That(Acks.Acknowledge(3), Is.False);
        Assert.That(Acks.Acknowledge(1), Is.True);
        Assert.That(Acks.Unacknowledged, Is.EqualTo(1));
        _juliet.Session.Send(Message("3"));
        Assert.That(await _juliet.ReadAsync(), Does.Contain("<r "), "answered, so it asks again");
    }

    [Test]
    public void Without_resumption_nothing_is_stored_and_the_session_ends_with_its_connection()
    {
        Assert.That(Acks.Enable(null), Is.Null);
        Assert.That(_core.Log.Streams, Is.Empty);
        Assert.That(_juliet.Session.CanResume, Is.False);
        Assert.That(_juliet.Session.Detach(_juliet.Outbox, keep: true), Is.EqualTo(Detachment.MustEnd));
    }

    [Test]
    public void Anonymous_session_is_never_stored()
    {
        var guest = _core.Bind("guest@localhost/x", ephemeral: true);
        Assert.That(guest.Session.Reliability.Enable(TimeSpan.FromMinutes(1)), Is.Null);
        guest.Session.Deliver(Message("1"), Durability.Account);
        Assert.That((_core.Log.Streams.Count, _core.Log.Rows.Count), Is.EqualTo((0, 0)));
    }

    [Test]
    public void Presence_and_notes_are_stored_with_the_stream_and_read_back()
    {
        Acks.Enable(TimeSpan.FromMinutes(5));
        _juliet.Session["carbons"] = "on & <off>";
        _juliet.Session["gone"] = "x";
        _juliet.Session["gone"] = null;
        _juliet.Session.SetPresence(TestCore.Parse("<presence from='juliet@localhost/balcony'><priority>-3</priority></presence>"));

        var restored = new Session(_core.Host, _juliet.Session.Jid, null, _core.Log, default, 1000);
        restored.Restore(_core.Log.Streams.Single(), []);

        Assert.That((restored["carbons"], restored["gone"], restored.Priority, restored.TakesMessages), Is.EqualTo(("on & <off>", (string?)null, -3, false)));
        Assert.That(restored.ResumptionWindow, Is.EqualTo(TimeSpan.FromMinutes(5)));
        Assert.That(restored.IsAttached, Is.False);
    }

    [Test]
    public async Task Answer_waits_until_the_count_is_on_disk_and_tells_the_latest_one()
    {
        Acks.Enable(TimeSpan.FromMinutes(5));
        _core.Log.AutoCommit = false;
        _juliet.Session.CountHandled();
        var first = Acks.AnswerDurablyAsync(Answer);
        _juliet.Session.CountHandled();
        var second = Acks.AnswerDurablyAsync(Answer);
        Assert.That(await _juliet.ReadAsync(), Is.Empty);

        _core.Log.Commit();
        await first;
        await second;
        Assert.That(await _juliet.ReadAsync(), Does.EndWith("h='2'/>").Or.EndWith("h=\"2\"/>"));
    }

    [Test]
    public void Answer_fails_when_the_disk_does_and_fails_from_then_on()
    {
        Acks.Enable(TimeSpan.FromMinutes(5));
        _core.Log.AutoCommit = false;
        _juliet.Session.CountHandled();
        var answer = Acks.AnswerDurablyAsync(Answer).AsTask();
        _core.Log.Fail();
        Assert.That(async () => await answer, Throws.InstanceOf<Storage.StorageException>());

        _core.Log.AutoCommit = true;
        _juliet.Session.CountHandled();
        Assert.That(async () => await Acks.AnswerDurablyAsync(Answer), Throws.InstanceOf<Storage.StorageException>());
    }

    [Test]
    public async Task Resumed_session_sends_again_what_was_not_acknowledged_and_drops_the_old_connection()
    {
        Acks.Enable(TimeSpan.FromMinutes(5));
        foreach (var id in (string[])["1", "2", "3"]) _juliet.Session.Deliver(Message(id), Durability.Account);
        _juliet.Session.CountHandled();
        var next = new Device(_core);
        Assert.That(await _juliet.Session.ReleaseAsync(StreamError.Conflict, TimeSpan.FromMinutes(1)), Is.True);
        Assert.That(_juliet.IsStopped, Is.True);
        Assert.That(_juliet.Session.TryAttach(next.Outbox, next, 1, h => Device.Element("resumed").With("h", $"{h}"), null), Is.True);
        Assert.That(_juliet.Session.Detach(_juliet.Outbox, keep: false), Is.EqualTo(Detachment.CarriedByAnother));
        _juliet.Session.Refuse(_juliet.Outbox);

        _juliet.Session.Deliver(Message("4"), Durability.Account);
        Assert.That(await next.ReadAsync(), Does.StartWith("<resumed").And.Contains("1"));
        Assert.That(Acks.Acknowledge(4), Is.True);
        Assert.That(_core.Log.Rows, Is.Empty);
    }

    [Test]
    public async Task Session_waits_for_what_the_old_connection_still_handles()
    {
        Acks.Enable(TimeSpan.FromMinutes(5));
        _juliet.LetsGo = false;
        var release = _juliet.Session.ReleaseAsync(StreamError.Conflict, TimeSpan.FromSeconds(10)).AsTask();
        _juliet.Session.CountHandled();
        Assert.That(release.IsCompleted, Is.False);
        _juliet.EndLoop();
        Assert.That(await release, Is.True);
        Assert.That(_core.Log.Streams.Single().Handled, Is.EqualTo(1), "told only when it is on disk");
    }

    [Test]
    public async Task Session_whose_count_could_not_be_stored_or_whose_connection_does_not_let_go_is_not_resumed()
    {
        Acks.Enable(TimeSpan.FromMinutes(5));
        _juliet.LetsGo = false;
        var release = _juliet.Session.ReleaseAsync(StreamError.Conflict, TimeSpan.FromSeconds(10)).AsTask();
        _core.Time.Advance(TimeSpan.FromSeconds(11));
        Assert.That(await release, Is.False);

        _juliet.EndLoop();
        _core.Log.AutoCommit = false;
        _juliet.Session.CountHandled();
        release = _juliet.Session.ReleaseAsync(StreamError.Conflict, TimeSpan.FromSeconds(10)).AsTask();
        _core.Log.Fail();
        Assert.That(await release, Is.False);
    }

    [Test]
    public async Task Session_that_was_away_for_too_much_ends_and_its_messages_wait_offline()
    {
        Acks.Enable(TimeSpan.FromMinutes(5));
        _juliet.Session.Detach(_juliet.Outbox, keep: true);
        var large = TestCore.Parse($"<message to='juliet@localhost' id='large'><body>{new string('x', (int)Device.OutboxSize)}</body></message>");
        Assert.That(_juliet.Session.Deliver(large, Durability.Account), Is.True);

        for (var tries = 0; _core.Host.Sessions.Count > 0 && tries < 6000; tries++) await Task.Delay(10);
        Assert.That(_core.Host.Sessions.Count, Is.Zero);
        Assert.That(_core.Log.Offline.Count(), Is.EqualTo(1));
    }

    [Test]
    public void Ended_session_takes_nothing()
    {
        Assert.That(_juliet.Session.End(), Is.Empty);
        Assert.That(_juliet.Session.End(), Is.Null);
        Assert.That(_juliet.Session.Send(Message("1")), Is.False);
        Assert.That(_juliet.Session.FlushedAsync().IsCompleted, Is.True);
    }

    private static XmppElement Answer(uint handled) => Device.Element("a").With("h", $"{handled}");

    private static Stanza Message(string id) => TestCore.Parse($"<message to='juliet@localhost/balcony' type='chat' id='{id}'><body>{id}</body></message>");
}
