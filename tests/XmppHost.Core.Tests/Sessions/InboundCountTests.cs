using XmppHost.Addressing;
using XmppHost.Core.Sessions;
using XmppHost.Core.Tests.Support;
using XmppHost.Storage;

namespace XmppHost.Core.Tests.Sessions;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class InboundCountTests
{
    private readonly InboundCount _count = new();
    private readonly ManualLog _log = new() { AutoCommit = false };

    [Test]
    public void Count_without_effects_is_safe_at_once_where_no_stream_is_stored()
    {
        _count.Count();
        Assert.That(_count.OnDisk(null, _log).IsCompletedSuccessfully, Is.True);
    }

    [Test]
    public void Count_of_a_stored_stream_is_written_first_and_once()
    {
        _log.SaveStream(new StreamRecord(1, Jid.Parse("a@localhost/b"), "", 0, default, ""));
        _count.Count();
        var safe = _count.OnDisk(1, _log);
        Assert.That(safe.IsCompleted, Is.False);
        Assert.That(_log.Streams.Single().Handled, Is.EqualTo(1));
        _log.Commit();
        Assert.That(safe.IsCompletedSuccessfully, Is.True);
        Assert.That(_count.OnDisk(1, _log), Is.SameAs(Task.CompletedTask));
    }

    [Test]
    public void All_batches_under_way_are_waited_for()
    {
        var (first, second) = (new TaskCompletionSource(), new TaskCompletionSource());
        _count.Note(first.Task);
        _count.Note(second.Task);
        var safe = _count.OnDisk(null, _log);
        second.SetResult();
        Assert.That(safe.IsCompleted, Is.False);
        first.SetResult();
        Assert.That(safe.IsCompletedSuccessfully, Is.True);
        Assert.That(_count.OnDisk(null, _log).IsCompletedSuccessfully, Is.True);
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Append_that_failed_is_never_passed_over(bool failsBeforeTheNext)
    {
        var (first, second) = (new TaskCompletionSource(), new TaskCompletionSource());
        _count.Note(first.Task);
        if (failsBeforeTheNext) first.SetException(new StorageException("full"));
        _count.Note(second.Task);
        first.TrySetException(new StorageException("full"));
        second.SetResult();

        Assert.That(_count.OnDisk(null, _log).IsFaulted, Is.True);
        _count.Note(Task.CompletedTask);
        Assert.That(_count.OnDisk(null, _log).IsFaulted, Is.True, "for good");
    }
}
