using System.IO.Pipelines;
using System.Text;
using XmppHost.Addressing;
using XmppHost.Core.Sessions;
using XmppHost.Core.Tests.Support;

namespace XmppHost.Core.Tests.Sessions;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class OutboxTests
{
    private readonly ManualLog _log = new();

    [Test]
    public async Task What_is_queued_while_a_flush_is_under_way_goes_out_in_order_and_together()
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1));
        var outbox = new Outbox(pipe.Writer, 1000, _log);
        Enqueue(outbox, "1");
        Assert.That(await ReadAsync(pipe, held: true), Is.EqualTo("1"));
        foreach (var text in (string[])["2", "3", "4"]) Enqueue(outbox, text);
        pipe.Reader.AdvanceTo((await pipe.Reader.ReadAsync()).Buffer.End);

        Assert.That(await ReadAsync(pipe), Is.EqualTo("234"));
        await outbox.DrainAsync();
    }

    [Test]
    public async Task Gate_holds_back_what_follows_it_and_lets_go_when_it_has_completed_well_or_not()
    {
        var pipe = new Pipe();
        var outbox = new Outbox(pipe.Writer, 1000, _log);
        var (first, second) = (new TaskCompletionSource(), new TaskCompletionSource());
        Enqueue(outbox, "a");
        Enqueue(outbox, "b", first.Task);
        Enqueue(outbox, "c");
        Enqueue(outbox, "d", second.Task);
        Assert.That(await ReadAsync(pipe), Is.EqualTo("a"));

        first.SetException(new IOException());
        _ = first.Task.Exception;
        Assert.That(await ReadAsync(pipe), Is.EqualTo("bc"));
        Assert.That(outbox.DrainAsync().IsCompleted, Is.False);

        second.SetResult();
        Assert.That(await ReadAsync(pipe), Is.EqualTo("d"));
        await outbox.DrainAsync();
    }

    [Test]
    public void Overflow_gives_the_connection_up_once_and_takes_nothing_more()
    {
        var failures = 0;
        var outbox = new Outbox(new Pipe().Writer, 10, _log) { Failed = () => failures++ };
        FlushScope.Enter();
        try
        {
            Assert.That(outbox.Enqueue(Item("12345678")), Is.True);
            Assert.That(outbox.Enqueue(Item("123")), Is.False);
            Assert.That(outbox.Enqueue(Item("1")), Is.False, "though it would fit");
        }
        finally
        {
            FlushScope.Exit();
        }

        Assert.That(failures, Is.EqualTo(1));
    }

    [Test]
    public async Task Room_is_free_again_once_it_was_written()
    {
        var pipe = new Pipe();
        var outbox = new Outbox(pipe.Writer, 10, _log);
        for (var i = 0; i < 100; i++)
        {
            Assert.That(outbox.Enqueue(Item("1234567890")), Is.True);
            await outbox.DrainAsync();
        }
    }

    [Test]
    public async Task Broken_connection_is_told_and_takes_nothing_more()
    {
        var pipe = new Pipe();
        var failed = new TaskCompletionSource();
        var outbox = new Outbox(pipe.Writer, 1000, _log) { Failed = () => failed.TrySetResult() };
        await pipe.Reader.CompleteAsync();
        Enqueue(outbox, "a");

        await failed.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await outbox.DrainAsync();
        Assert.That(outbox.Enqueue(Item("b")), Is.False);
    }

    [Test]
    public async Task Log_row_is_removed_after_the_flush_and_not_before()
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1));
        var outbox = new Outbox(pipe.Writer, 1000, _log);
        await _log.Append([new(7, Jid.Parse("juliet@localhost"), default, "x"u8.ToArray())]);
        Assert.That(outbox.Enqueue(new OutboundItem("x"u8.ToArray(), RemoveFromLog: 7)), Is.True);
        Assert.That(await ReadAsync(pipe, held: true), Is.EqualTo("x"));
        Assert.That(_log.Rows, Has.Count.EqualTo(1), "written, and not flushed yet");

        pipe.Reader.AdvanceTo((await pipe.Reader.ReadAsync()).Buffer.End);
        await outbox.DrainAsync();
        Assert.That(_log.Rows, Is.Empty);
    }

    [Test]
    public async Task Messages_that_wait_behind_a_flush_can_be_taken_out_and_the_last_words_stay()
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1));
        var outbox = new Outbox(pipe.Writer, 1000, _log);
        Enqueue(outbox, "stuck");
        Assert.That(await ReadAsync(pipe, held: true), Is.EqualTo("stuck"));
        foreach (var id in (string[])["m1", "m2"])
        {
            var message = TestCore.Parse($"<message id='{id}'/>");
            outbox.Enqueue(new OutboundItem(message.Bytes, Origin: Origin.Of(message, null)));
        }

        Enqueue(outbox, "</end>");

        Assert.That(outbox.TakeMessages().Select(m => TestCore.IdOf(m.Bytes)), Is.EqualTo(new[] { "m1", "m2" }));
        Assert.That(outbox.TakeMessages(), Is.Empty);
        pipe.Reader.AdvanceTo((await pipe.Reader.ReadAsync()).Buffer.End);
        Assert.That(await ReadAsync(pipe), Is.EqualTo("</end>"));
    }

    [Test]
    public async Task Another_pipe_takes_over_when_the_first_is_drained()
    {
        var (plain, tls) = (new Pipe(), new Pipe());
        var outbox = new Outbox(plain.Writer, 1000, _log);
        Enqueue(outbox, "<proceed/>");
        await outbox.DrainAsync();
        outbox.SwitchTo(tls.Writer);
        Enqueue(outbox, "secret");
        await outbox.DrainAsync();

        Assert.That(await ReadAsync(plain), Is.EqualTo("<proceed/>"));
        Assert.That(await ReadAsync(tls), Is.EqualTo("secret"));
    }

    [Test]
    public async Task Everything_of_many_writers_arrives_once_and_in_each_writers_order()
    {
        const int writers = 4, each = 2000;
        var pipe = new Pipe();
        var outbox = new Outbox(pipe.Writer, 1 << 20, _log);
        var writing = Task.WhenAll(Enumerable.Range(0, writers).Select(w => Task.Run(() =>
        {
            for (var i = 0; i < each; i++) Enqueue(outbox, $"{w}:{i};");
        })));
        var text = new StringBuilder();
        while (text.ToString().Count(c => c == ';') < writers * each) text.Append(await ReadAsync(pipe));
        await writing;

        var lines = text.ToString().Split(';', StringSplitOptions.RemoveEmptyEntries).GroupBy(l => l[0]).ToList();
        Assert.That(lines, Has.Count.EqualTo(writers));
        foreach (var writer in lines) Assert.That(writer, Is.EqualTo(Enumerable.Range(0, each).Select(i => $"{writer.Key}:{i}")));
    }

    private static void Enqueue(Outbox outbox, string text, Task? gate = null) => Assert.That(outbox.Enqueue(Item(text) with { Gate = gate }), Is.True);

    private static OutboundItem Item(string text) => new(Encoding.UTF8.GetBytes(text));

    private static async Task<string> ReadAsync(Pipe pipe, bool held = false)
    {
        var read = await pipe.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));
        var text = Encoding.UTF8.GetString(read.Buffer);
        pipe.Reader.AdvanceTo(held ? read.Buffer.Start : read.Buffer.End);
        return text;
    }
}
