using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Abstractions;
using XmppHost.Addressing;
using XmppHost.Storage.Sql;
using XmppHost.Storage.Sql.Writing;

namespace XmppHost.Storage.Tests;

/// <summary>What goes into which transaction, seen from the database's side.</summary>
[TestFixture]
internal sealed class WriteQueueTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(1), Long = TimeSpan.FromMinutes(1);
    private static readonly Jid Juliet = Jid.Parse("juliet@capulet.example");

    private readonly List<string> _written = [];
    private readonly List<BatchWriter> _writers = [];
    private SemaphoreSlim _mayWrite = new(1000);
    private SemaphoreSlim _writing = new(0);
    private Exception? _failure;

    [SetUp]
    public void Reset()
    {
        _written.Clear();
        (_mayWrite, _writing, _failure) = (new SemaphoreSlim(1000), new SemaphoreSlim(0), null);
    }

    [TearDown]
    public async Task StopQueues()
    {
        _mayWrite.Release(1000);
        foreach (var writer in _writers) await writer.DisposeAsync();
        _writers.Clear();
        _mayWrite.Dispose();
        _writing.Dispose();
    }

    [Test]
    public async Task Writes_that_come_while_a_batch_is_written_share_the_next_one()
    {
        var queue = await BusyQueueAsync();
        var tasks = Enumerable.Range(1, 5).Select(id => Append(queue, id)).ToList();
        _mayWrite.Release(1000);
        await Task.WhenAll(tasks);
        Assert.Multiple(() =>
        {
            Assert.That(_written, Is.EqualTo(new[] { "+99", "+1 +2 +3 +4 +5" }));
            Assert.That(tasks.Distinct().Count(), Is.EqualTo(1), "one task for all of them");
        });
    }

    [Test]
    public async Task Writes_that_nobody_waits_for_are_gathered_for_the_window()
    {
        var queue = Queue(Long);
        var first = queue.Remove(1);
        await Task.Delay(20);
        Assert.That(queue.Remove(2), Is.SameAs(first));
        Assert.That(_written, Is.Empty);
        await queue.WaitForAsync(WriteKinds.Log, default);
        Assert.That(_written, Is.EqualTo(new[] { "-1 -2" }));
    }

    [Test]
    public async Task A_message_does_not_wait_when_there_is_nothing_to_do_and_takes_the_rest_along()
    {
        var queue = Queue(Long);
        var removed = queue.Remove(1);
        await Task.Delay(20);
        await Append(queue, 2);
        await removed;
        Assert.That(_written, Is.EqualTo(new[] { "-1 +2" }));
    }

    [Test]
    public async Task Messages_that_follow_each_other_closely_share_a_batch()
    {
        var queue = Queue(Long);
        await Append(queue, 1);
        var second = Append(queue, 2);
        await Task.Delay(20);
        Assert.That(Append(queue, 3), Is.SameAs(second));
        await queue.WaitForAsync(WriteKinds.Log, default);
        Assert.That(_written, Is.EqualTo(new[] { "+1", "+2 +3" }));
    }

    [Test]
    public async Task A_row_removed_before_it_was_written_is_never_written()
    {
        var queue = await BusyQueueAsync();
        var appended = Append(queue, 1);
        var removed = queue.Remove(1);
        _mayWrite.Release(1000);
        await Task.WhenAll(appended, removed);
        Assert.That(_written, Is.EqualTo(new[] { "+99" }));
    }

    [Test]
    public async Task A_row_removed_while_it_is_written_is_removed_by_the_next_batch()
    {
        var queue = await BusyQueueAsync();
        var removed = queue.Remove(99);
        _mayWrite.Release(1000);
        await removed;
        Assert.That(_written, Is.EqualTo(new[] { "+99", "-99" }));
    }

    [Test]
    public async Task Writes_of_one_batch_are_folded()
    {
        var queue = await BusyQueueAsync();
        _ = Append(queue, 1);
        _ = queue.Assign(1, new Assignment(50, 3));
        _ = queue.Assign(7, new Assignment(50, 4));
        _ = queue.Assign(7, new Assignment(null, 0));
        _ = queue.Assign(8, new Assignment(50, 5));
        _ = queue.Remove(8);
        _ = queue.SaveHandled(50, 10);
        var last = queue.SaveHandled(50, 11);
        _mayWrite.Release(1000);
        await last;
        Assert.That(_written[1], Is.EqualTo("-8 +1@50/3 7>offline h50=11"));
    }

    [Test]
    public async Task What_follows_the_end_of_a_stream_is_written_after_it_in_the_same_transaction()
    {
        var queue = await BusyQueueAsync();
        _ = queue.EndStream(50);
        _ = Append(queue, 1);
        _ = queue.Remove(3);
        _ = queue.Append([new LogRow(2, Juliet, default, default, 50, 1)], null, 0);
        _ = queue.EndStream(51);
        var last = queue.Append([new LogRow(4, Juliet, default, default)], 51, 7);
        _mayWrite.Release(1000);
        await last;
        Assert.That(_written, Is.EqualTo(new[] { "+99", "-3 +1 end50 | +2@50/1 end51 | +4 h51=7" }));
    }

    [Test]
    public async Task What_follows_an_erasure_is_written_after_it()
    {
        var queue = await BusyQueueAsync();
        _ = Append(queue, 1);
        _ = queue.Run(new SqlWork<int>(_ => 0, WriteKinds.Log, endsBatch: true));
        var last = Append(queue, 2);
        _mayWrite.Release(1000);
        await last;
        Assert.That(_written, Is.EqualTo(new[] { "+99", "+1 work | +2" }));
    }

    [Test]
    public async Task A_failed_batch_fails_its_writes_and_no_others()
    {
        var queue = await BusyQueueAsync();
        _failure = new InvalidOperationException("the disk is gone");
        var appended = Append(queue, 1);
        var work = queue.Run(new SqlWork<int>(_ => 0, WriteKinds.Values));
        _mayWrite.Release(2);
        Assert.That(async () => await appended, Throws.TypeOf<StorageException>().With.Message.Contains("the disk is gone"));
        Assert.That(async () => await work, Throws.TypeOf<StorageException>().With.Message.Contains("the disk is gone"));

        _failure = null;
        _mayWrite.Release(1000);
        await Append(queue, 2);
        Assert.That(_written[^1], Is.EqualTo("+2"));
    }

    [Test]
    public async Task Too_much_is_refused_until_there_is_room_again()
    {
        var queue = await BusyQueueAsync(limit: 1 << 20);
        Assert.That(queue.WaitForRoomAsync(default).AsTask().IsCompleted, Is.True);
        var id = 0;
        while (id < 1000 && Append(queue, ++id, bytes: 10_000) is { IsFaulted: false })
        {
        }

        Assert.That(id, Is.EqualTo(104), "1 MiB of rows with their 10,000 bytes each");
        Assert.That(async () => await Append(queue, 1001), Throws.TypeOf<StorageException>().With.Message.Contains("behind"));
        Assert.That(async () => await queue.Run(new SqlWork<int>(_ => 0, WriteKinds.Values)), Throws.TypeOf<StorageException>());
        Assert.That(queue.Remove(98).IsFaulted, Is.False, "what takes no memory is taken");
        var room = queue.WaitForRoomAsync(default).AsTask();
        await Task.Delay(20);
        Assert.That(room.IsCompleted, Is.False);

        _mayWrite.Release(1000);
        await room;
        await Append(queue, 2000);
    }

    [Test]
    public async Task A_removal_makes_room()
    {
        var queue = await BusyQueueAsync(limit: 1 << 20);
        for (var id = 1; id <= 1000; id++)
        {
            Assert.That(Append(queue, id, bytes: 10_000).IsFaulted, Is.False);
            _ = queue.Remove(id);
        }
    }

    [Test]
    public async Task Work_does_not_wait_for_the_window()
    {
        var queue = Queue(Long);
        var removed = queue.Remove(1);
        await queue.Run(new SqlWork<int>(_ => 0, WriteKinds.Values));
        await removed;
        Assert.That(_written, Is.EqualTo(new[] { "-1 work" }));
    }

    [Test]
    public async Task A_read_does_not_wait_for_the_window()
    {
        var queue = Queue(Long);
        _ = queue.Remove(1);
        await queue.WaitForAsync(WriteKinds.Log, default);
        Assert.That(_written, Is.EqualTo(new[] { "-1" }));
    }

    [Test]
    public async Task A_read_waits_for_the_batches_that_concern_it_only()
    {
        var queue = await BusyQueueAsync();
        Assert.That(queue.WaitForAsync(WriteKinds.Accounts | WriteKinds.Values, default).AsTask().IsCompleted, Is.True);
        var log = queue.WaitForAsync(WriteKinds.Log, default).AsTask();
        Assert.That(log.IsCompleted, Is.False);
        using var cancelled = new CancellationTokenSource();
        var impatient = queue.WaitForAsync(WriteKinds.Log, cancelled.Token).AsTask();
        await cancelled.CancelAsync();
        Assert.That(async () => await impatient, Throws.InstanceOf<OperationCanceledException>());
        _mayWrite.Release(1000);
        await log;
        Assert.That(queue.WaitForAsync(WriteKinds.Log, default).AsTask().IsCompleted, Is.True);
    }

    [Test]
    public async Task A_read_goes_on_after_a_failed_batch()
    {
        var queue = await BusyQueueAsync();
        _failure = new InvalidOperationException("no");
        var read = queue.WaitForAsync(WriteKinds.Log, default).AsTask();
        _mayWrite.Release(1000);
        await read;
    }

    [Test]
    public async Task A_large_batch_is_split()
    {
        var queue = await BusyQueueAsync();
        var tasks = Enumerable.Range(1, 10_000).Select(id => Append(queue, 100 + id)).ToList();
        _mayWrite.Release(1000);
        await Task.WhenAll(tasks);
        Assert.That(_written.Select(batch => batch.Count(c => c == '+')), Is.EqualTo(new[] { 1, 4096, 4096, 1808 }));
    }

    [Test]
    public async Task Disposal_writes_what_is_queued_at_once_and_refuses_more()
    {
        var queue = Queue(Long);
        var removed = queue.Remove(1);
        var start = Stopwatch.GetTimestamp();
        await _writers[0].DisposeAsync();
        await removed;
        Assert.That(Stopwatch.GetElapsedTime(start), Is.LessThan(Long / 2));
        Assert.That(_written, Is.EqualTo(new[] { "-1" }));
        Assert.That(async () => await queue.Remove(1), Throws.TypeOf<StorageException>());
    }

    private static Task Append(WriteQueue queue, long id, int bytes = 0) => queue.Append([new LogRow(id, Juliet, default, new byte[bytes])], null, 0);

    /// <summary>A queue whose writer is at the batch "+99" until <see cref="_mayWrite"/> lets it on.</summary>
    private async Task<WriteQueue> BusyQueueAsync(long limit = WriteQueue.DefaultLimit)
    {
        _mayWrite = new SemaphoreSlim(0);
        var queue = Queue(Short, limit);
        _ = Append(queue, 99);
        await _writing.WaitAsync();
        return queue;
    }

    private WriteQueue Queue(TimeSpan window, long limit = WriteQueue.DefaultLimit)
    {
        var line = new BatchLine(window);
        var queue = new WriteQueue(line, limit);
        var writer = new BatchWriter(line, Write, new IdSource(TimeProvider.System), new StorageMetrics(new Meter("tests"), () => 0), NullLogger.Instance);
        _writers.Add(writer);
        queue.Open();
        writer.Start();
        return queue;
    }

    private void Write(IReadOnlyList<WriteBatch> batches, long? idFloor)
    {
        _writing.Release();
        _mayWrite.Wait();
        if (_failure is { } failure) throw failure;
        _written.Add(string.Join(" | ", batches.Select(Show)));
    }

    private static string Show(WriteBatch batch)
    {
        var parts = batch.Removes.Select(id => $"-{id}").ToList();
        foreach (var pending in batch.Rows)
        {
            if (pending.Row is { } row) parts.Add($"+{row.Id}" + (pending.Stream is { } stream ? $"@{stream}/{pending.Sequence}" : ""));
        }

        parts.AddRange(batch.Assignments.Select(entry => $"{entry.Key}>{(entry.Value.Stream is { } stream ? $"{stream}/{entry.Value.Sequence}" : "offline")}"));
        parts.AddRange(batch.Handled.Select(entry => $"h{entry.Key}={entry.Value}"));
        parts.AddRange(batch.Ends.Select(stream => $"end{stream}"));
        parts.AddRange(batch.Work.Select(_ => "work"));
        return string.Join(' ', parts);
    }
}
