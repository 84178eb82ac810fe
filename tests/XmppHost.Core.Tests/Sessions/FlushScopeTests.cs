using System.IO.Pipelines;
using XmppHost.Core.Sessions;
using XmppHost.Core.Tests.Support;

namespace XmppHost.Core.Tests.Sessions;

internal sealed class FlushScopeTests
{
    [Test]
    public void Writers_are_flushed_together_at_the_end_of_the_scope_on_the_same_thread()
    {
        var pipe = new Pipe();
        var outbox = new Outbox(pipe.Writer, 1000, new ManualLog());
        FlushScope.Enter();
        outbox.Enqueue(new OutboundItem("a"u8.ToArray()));
        outbox.Enqueue(new OutboundItem("b"u8.ToArray()));
        Assert.That(pipe.Reader.TryRead(out _), Is.False);
        FlushScope.Exit();

        Assert.That(pipe.Reader.TryRead(out var read), Is.True);
        Assert.That(read.Buffer.Length, Is.EqualTo(2));
    }

    [Test]
    public void Nothing_is_noted_outside_of_a_scope_or_on_another_thread()
    {
        var outbox = new Outbox(new Pipe().Writer, 1000, new ManualLog());
        Assert.That(FlushScope.TryNote(outbox), Is.False);
        FlushScope.Enter();
        try
        {
            var noted = true;
            var other = new Thread(() => noted = FlushScope.TryNote(outbox));
            other.Start();
            other.Join();
            Assert.That(noted, Is.False);
            Assert.That(FlushScope.TryNote(outbox), Is.True);
        }
        finally
        {
            FlushScope.Exit();
        }

        Assert.That(FlushScope.TryNote(outbox), Is.False);
    }
}
