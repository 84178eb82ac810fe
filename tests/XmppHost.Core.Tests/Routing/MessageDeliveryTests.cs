using XmppHost.Core.Tests.Support;
using XmppHost.Storage;

namespace XmppHost.Core.Tests.Routing;

/// <summary>RFC 6121 section 8.5 for messages, and what becomes of them when devices or the disk fail.</summary>
internal sealed class MessageDeliveryTests
{
    private TestCore _core = null!;
    private Device _romeo = null!;

    [SetUp]
    public void SetUp()
    {
        _core = new TestCore(new KeepAll());
        _romeo = _core.Bind("romeo@localhost/orchard");
    }

    [Test]
    public async Task Message_to_the_account_goes_to_every_session_that_takes_messages()
    {
        var (balcony, phone, absent, quiet) = (_core.Bind("juliet@localhost/balcony"), _core.Bind("juliet@localhost/phone", 5), _core.Bind("juliet@localhost/x", null), _core.Bind("juliet@localhost/y", -1));
        await _core.ChatAsync(_romeo, "juliet@localhost", "1");

        Assert.That((await balcony.IdsAsync(), await phone.IdsAsync(), await absent.IdsAsync(), await quiet.IdsAsync()), Is.EqualTo((Ids("1"), Ids("1"), Ids(), Ids())));
        Assert.That(_core.Log.Rows, Is.Empty);
    }

    [Test]
    public async Task Chat_to_a_resource_that_is_gone_falls_back_to_the_account()
    {
        var phone = _core.Bind("juliet@localhost/phone");
        await _core.ChatAsync(_romeo, "juliet@localhost/balcony", "1");
        Assert.That(await phone.IdsAsync(), Is.EqualTo(Ids("1")));
    }

    [TestCase("normal", "service-unavailable")]
    [TestCase("groupchat", "service-unavailable")]
    [TestCase("headline", null)]
    [TestCase("error", null)]
    public async Task Other_types_to_a_resource_that_is_gone_are_refused_or_dropped(string type, string? condition)
    {
        var phone = _core.Bind("juliet@localhost/phone");
        await _core.SendAsync(_romeo, $"<message to='juliet@localhost/balcony' type='{type}' id='1'><body>x</body></message>");
        Assert.That(await phone.IdsAsync(), Is.Empty);
        Assert.That(await _romeo.ReadAsync(), condition is null ? Is.Empty : Does.Contain(condition));
    }

    [Test]
    public async Task Message_for_nobody_is_kept_and_the_count_goes_with_it_in_one_append()
    {
        _romeo.Session.Reliability.Enable(TimeSpan.FromMinutes(1));
        _core.Log.AutoCommit = false;
        await _core.ChatAsync(_romeo, "juliet@localhost", "1");
        _core.Log.Commit();

        Assert.That(_core.Log.Offline.Select(r => TestCore.IdOf(r.Stanza)), Is.EqualTo(Ids("1")));
        Assert.That(_core.Log.Streams.Single().Handled, Is.EqualTo(1));
    }

    [Test]
    public async Task Sender_without_stream_management_hears_when_its_message_could_not_be_kept()
    {
        _core.Log.AutoCommit = false;
        await _core.ChatAsync(_romeo, "juliet@localhost", "1");
        Assert.That(await _romeo.ReadAsync(), Is.Empty, "not known yet");
        _core.Log.Fail();

        await AssertBouncedAsync();
    }

    [Test]
    public async Task Sender_hears_at_once_when_the_storage_is_behind()
    {
        _core.Log.Refusal = new StorageException("behind");
        await _core.ChatAsync(_romeo, "juliet@localhost", "1");
        await AssertBouncedAsync();
    }

    [Test]
    public async Task Sender_that_counts_is_not_told_but_never_gets_the_acknowledgement()
    {
        _romeo.Session.Reliability.Enable(TimeSpan.FromMinutes(1));
        _core.Log.AutoCommit = false;
        await _core.ChatAsync(_romeo, "juliet@localhost", "1");
        _core.Log.Fail();
        _core.Log.AutoCommit = true;
        await _core.ChatAsync(_romeo, "juliet@localhost", "2");

        Assert.That(async () => await _romeo.Session.Reliability.AnswerDurablyAsync(h => Device.Element("a")), Throws.InstanceOf<StorageException>());
        Assert.That(await _romeo.ReadAsync(), Is.Empty);
    }

    [Test]
    public async Task Sender_that_counts_has_its_message_on_disk_before_anybody_sees_it()
    {
        var juliet = _core.Bind("juliet@localhost/balcony");
        _romeo.Session.Reliability.Enable(TimeSpan.FromMinutes(1));
        _core.Log.AutoCommit = false;
        await _core.ChatAsync(_romeo, "juliet@localhost", "1");
        await Task.Delay(50);
        Assert.That(juliet.Outbox.DrainAsync().IsCompleted, Is.False);
        _core.Log.Commit();
        Assert.That(await juliet.IdsAsync(), Is.EqualTo(Ids("1")));
    }

    [Test]
    public async Task Device_that_dies_unread_leaves_what_no_other_device_got()
    {
        var juliet = _core.Bind("juliet@localhost/balcony");
        await _core.ChatAsync(_romeo, "juliet@localhost", "1");
        await juliet.HangAsync();
        foreach (var id in Ids("2", "3")) await _core.ChatAsync(_romeo, "juliet@localhost", id);
        await _core.Host.EndSessionAsync(juliet.Session);
        Assert.That(await Offline(), Is.EqualTo(Ids("2", "3")), "what waited behind the flush that hangs");
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Message_that_another_device_got_is_not_kept_when_the_first_dies_without_it(bool senderCounts)
    {
        if (senderCounts) _romeo.Session.Reliability.Enable(TimeSpan.FromMinutes(1));
        var (first, second) = (_core.Bind("juliet@localhost/first"), _core.Bind("juliet@localhost/second"));
        var seen = new List<string>();
        foreach (var id in Ids("1", "2", "3"))
        {
            await _core.ChatAsync(_romeo, "juliet@localhost", id);
            seen.AddRange(await second.IdsAsync());
        }

        await _core.Host.EndSessionAsync(first.Session);
        seen.AddRange(await second.IdsAsync());
        Assert.That(seen, Is.EqualTo(Ids("1", "2", "3")), "each once");
        Assert.That(_core.Log.Rows, Is.Empty);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Message_that_no_device_got_is_kept_once(bool resumable)
    {
        var (first, second) = (_core.Bind("juliet@localhost/first"), _core.Bind("juliet@localhost/second"));
        if (resumable)
        {
            first.Session.Reliability.Enable(TimeSpan.FromMinutes(1));
            second.Session.Reliability.Enable(TimeSpan.FromMinutes(1));
        }

        await _core.ChatAsync(_romeo, "juliet@localhost", "1");
        await first.HangAsync();
        await second.HangAsync();
        foreach (var id in Ids("2", "3")) await _core.ChatAsync(_romeo, "juliet@localhost", id);
        await _core.Host.EndSessionAsync(first.Session);
        Assert.That(await Offline(), Is.Empty, "the second may get it yet");
        await _core.Host.EndSessionAsync(second.Session);
        Assert.That(await Offline(), Is.EqualTo(Ids("1", "2", "3")));
    }

    [Test]
    public async Task Message_that_a_device_acknowledged_goes_with_the_other_ones_stream()
    {
        var (first, second) = (_core.Bind("juliet@localhost/first"), _core.Bind("juliet@localhost/second"));
        first.Session.Reliability.Enable(TimeSpan.FromMinutes(1));
        second.Session.Reliability.Enable(TimeSpan.FromMinutes(1));
        await _core.ChatAsync(_romeo, "juliet@localhost", "1");
        await second.ReadAsync();
        Assert.That(second.Session.Reliability.Acknowledge(1), Is.True);
        Assert.That(_core.Log.Rows, Has.Count.EqualTo(1), "the first is still to get it");

        await _core.Host.EndSessionAsync(first.Session);
        Assert.That(_core.Log.Rows, Is.Empty);
    }

    [Test]
    public async Task Device_whose_outbox_is_full_takes_nothing_and_its_message_is_kept_once()
    {
        _romeo.Session.Reliability.Enable(TimeSpan.FromMinutes(1));
        var juliet = _core.Bind("juliet@localhost/balcony");
        var filler = TestCore.Parse($"<presence from='a@b' id='p'><status>{new string('x', (int)Device.OutboxSize - 200)}</status></presence>");
        juliet.Session.Send(filler);
        juliet.Session.Send(filler);
        await _core.ChatAsync(_romeo, "juliet@localhost", "1");

        Assert.That(juliet.Failures, Is.GreaterThan(0));
        Assert.That(await Offline(), Is.EqualTo(Ids("1")));
        Assert.That(_core.Log.Rows, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Session_that_catches_up_gets_no_message_before_those_that_waited()
    {
        var juliet = _core.Bind("juliet@localhost/balcony");
        juliet.Session.IsCatchingUp = true;
        await _core.ChatAsync(_romeo, "juliet@localhost", "1");
        Assert.That(await juliet.IdsAsync(), Is.Empty);
        Assert.That((await Offline(), juliet.Session.KeptMeanwhile), Is.EqualTo((Ids("1"), 1)));

        var phone = _core.Bind("juliet@localhost/phone");
        await _core.ChatAsync(_romeo, "juliet@localhost", "2");
        Assert.That((await juliet.IdsAsync(), await phone.IdsAsync()), Is.EqualTo((Ids("2"), Ids("2"))), "it need not be kept where another session takes it");
    }

    private async Task AssertBouncedAsync()
    {
        var bounce = "";
        for (var tries = 0; bounce.Length == 0 && tries < 6000; tries++)
        {
            bounce = await _romeo.ReadAsync();
            await Task.Delay(1);
        }

        Assert.That(bounce, Does.Contain("resource-constraint").And.Contains("wait").And.Contains("from='juliet@localhost'").Or.Contains("from=\"juliet@localhost\""));
        Assert.That(_core.Log.Rows, Is.Empty);
    }

    private static string[] Ids(params string[] ids) => ids;

    private Task<string[]> Offline() => Task.FromResult(_core.Log.Offline.OrderBy(r => r.Id).Select(r => TestCore.IdOf(r.Stanza)).ToArray());
}
