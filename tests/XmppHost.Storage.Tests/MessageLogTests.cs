using XmppHost.Addressing;

namespace XmppHost.Storage.Tests;

[TestFixture(Database.Sqlite)]
[TestFixture(Database.PostgreSql)]
public sealed class MessageLogTests(Database database) : StorageTest(database)
{
    [Test]
    public async Task An_appended_row_is_read_back_as_it_was_also_after_a_restart()
    {
        var row = Row(Juliet, "<message><body>Ça ira ✓ 𝔘</body></message>");
        await Log.Append([row]);
        await ReopenAsync();
        var read = (await Log.ReadOfflineAsync(Juliet, 0, 10, Ct)).Single();
        Assert.Multiple(() =>
        {
            Assert.That(read with { Stanza = default }, Is.EqualTo(row with { Stanza = default }));
            Assert.That(read.Stanza.ToArray(), Is.EqualTo(row.Stanza.ToArray()));
        });
    }

    [Test]
    public async Task A_row_of_a_stream_is_read_back_with_its_sequence_and_copy_mark()
    {
        var stream = Stream(Juliet);
        _ = Log.SaveStream(stream);
        var row = Row(Juliet, "x", stream.Key, ulong.MaxValue, copy: true);
        await Log.Append([row]);
        var read = (await Log.ReadStreamAsync(stream.Key, Ct)).Single();
        Assert.That(read with { Stanza = default }, Is.EqualTo(row with { Stanza = default }));
    }

    [Test]
    public async Task An_empty_stanza_and_one_of_megabytes_are_kept()
    {
        var big = new string('x', 3_000_000);
        _ = Log.Append([Row(Juliet, "")]);
        await Log.Append([Row(Juliet, big)]);
        Assert.That(await OfflineAsync(Juliet), Is.EqualTo(new[] { "", big }));
    }

    [Test]
    public async Task Rows_of_one_account_are_not_those_of_another()
    {
        await Log.Append([Row(Juliet, "1"), Row(Romeo, "2"), Row(Juliet, "3")]);
        Assert.Multiple(async () =>
        {
            Assert.That(await OfflineAsync(Juliet), Is.EqualTo(new[] { "1", "3" }));
            Assert.That(await OfflineAsync(Romeo), Is.EqualTo(new[] { "2" }));
            Assert.That(await OfflineAsync(Jid.Parse("nurse@capulet.example")), Is.Empty);
        });
    }

    [Test]
    public async Task A_full_JID_means_its_account()
    {
        await Log.Append([Row(Juliet.WithResource("balcony")!, "1")]);
        Assert.That(await OfflineAsync(Juliet.WithResource("garden")!), Is.EqualTo(new[] { "1" }));
    }

    [Test]
    public async Task Reads_see_what_was_queued_and_not_awaited()
    {
        for (var i = 0; i < 500; i++)
        {
            var row = Row(Juliet, $"{i}");
            _ = Log.Append([row]);
            if (i % 2 == 0) _ = Log.Remove(row.Id);
            Assert.That(await Log.CountOfflineAsync(Juliet, Ct), Is.EqualTo((i + 1) / 2));
        }
    }

    [Test]
    public async Task Offline_rows_come_in_pages_by_id()
    {
        for (var i = 0; i < 25; i++) _ = Log.Append([Row(Juliet, $"{i}"), Row(Romeo, "other")]);
        var pages = new List<string>();
        long after = 0;
        while (await Log.ReadOfflineAsync(Juliet, after, 10, Ct) is { Count: > 0 } page)
        {
            pages.Add(string.Join(' ', page.Select(row => System.Text.Encoding.UTF8.GetString(row.Stanza.Span))));
            after = page[^1].Id;
        }

        Assert.That(pages, Is.EqualTo(new[] { "0 1 2 3 4 5 6 7 8 9", "10 11 12 13 14 15 16 17 18 19", "20 21 22 23 24" }));
    }

    [Test]
    public async Task A_removed_row_is_gone_whether_it_was_written_before_or_not()
    {
        var (written, pending, kept) = (Row(Juliet, "written"), Row(Juliet, "pending"), Row(Juliet, "kept"));
        await Log.Append([written, kept]);
        _ = Log.Append([pending]);
        _ = Log.Remove(pending.Id);
        await Log.Remove(written.Id);
        await ReopenAsync();
        Assert.That(await OfflineAsync(Juliet), Is.EqualTo(new[] { "kept" }));
    }

    [Test]
    public async Task A_row_goes_to_a_stream_and_back()
    {
        var stream = Stream(Juliet);
        _ = Log.SaveStream(stream);
        var row = Row(Juliet, "1");
        await Log.Append([row]);
        await Log.Assign(row.Id, stream.Key, 7);
        Assert.That(await OfflineAsync(Juliet), Is.Empty);
        Assert.That((await Log.ReadStreamAsync(stream.Key, Ct)).Single().Sequence, Is.EqualTo(7));

        await Log.Assign(row.Id, null, 0);
        Assert.That(await OfflineAsync(Juliet), Is.EqualTo(new[] { "1" }));
        Assert.That(await OfStreamAsync(stream.Key), Is.Empty);
    }

    [Test]
    public async Task A_row_assigned_before_it_was_written_is_written_where_it_belongs()
    {
        var stream = Stream(Juliet);
        _ = Log.SaveStream(stream);
        var (first, second) = (Row(Juliet, "first"), Row(Juliet, "second"));
        _ = Log.Append([first, second]);
        _ = Log.Assign(second.Id, stream.Key, 1);
        await Log.Assign(first.Id, stream.Key, 2);
        Assert.That(await OfStreamAsync(stream.Key), Is.EqualTo(new[] { "second", "first" }));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task The_end_of_a_stream_drops_its_copies_and_makes_the_rest_offline(bool writtenBefore)
    {
        var (ending, other) = (Stream(Juliet), Stream(Juliet));
        _ = Log.SaveStream(ending);
        _ = Log.SaveStream(other);
        var appended = Log.Append([Row(Juliet, "mine", ending.Key, 1), Row(Juliet, "copy", ending.Key, 2, copy: true), Row(Juliet, "theirs", other.Key, 1)]);
        if (writtenBefore) await appended;
        await Log.EndStream(ending.Key);
        var streams = await Log.LoadStreamsAsync(Ct);
        Assert.Multiple(async () =>
        {
            Assert.That(await OfflineAsync(Juliet), Is.EqualTo(new[] { "mine" }));
            Assert.That(await OfStreamAsync(ending.Key), Is.Empty);
            Assert.That(await OfStreamAsync(other.Key), Is.EqualTo(new[] { "theirs" }));
            Assert.That(streams.Select(stream => stream.Key), Is.EqualTo(new[] { other.Key }));
        });
    }

    [Test]
    public async Task What_follows_the_end_of_a_stream_applies_after_it()
    {
        var (first, second) = (Stream(Juliet), Stream(Juliet));
        _ = Log.SaveStream(first);
        _ = Log.SaveStream(second);
        var (row, copy) = (Row(Juliet, "row", first.Key, 1), Row(Juliet, "copy", first.Key, 2, copy: true));
        _ = Log.Append([row, copy]);
        _ = Log.EndStream(first.Key);
        _ = Log.Assign(row.Id, second.Key, 1);
        _ = Log.Assign(copy.Id, second.Key, 2);
        _ = Log.SaveStream(first with { State = "again" });
        await Log.Append([Row(Juliet, "late", first.Key, 9)]);
        Assert.Multiple(async () =>
        {
            Assert.That(await OfStreamAsync(second.Key), Is.EqualTo(new[] { "row" }));
            Assert.That(await OfStreamAsync(first.Key), Is.EqualTo(new[] { "late" }));
            Assert.That((await Log.LoadStreamsAsync(Ct)).Single(stream => stream.Key == first.Key).State, Is.EqualTo("again"));
        });
    }

    [Test]
    public async Task A_stream_is_loaded_as_it_was_saved_with_the_last_count()
    {
        var stream = Stream(Juliet, handled: 5, state: "<state>ü</state>");
        await Log.SaveStream(stream);
        _ = Log.SaveHandled(stream.Key, 6);
        await Log.SaveHandled(stream.Key, uint.MaxValue);
        await ReopenAsync();
        Assert.That(await Log.LoadStreamsAsync(Ct), Is.EqualTo(new[] { stream with { Handled = uint.MaxValue } }));

        await Log.SaveStream(stream with { Handled = 1, State = "new", Window = TimeSpan.FromSeconds(1) });
        Assert.That(await Log.LoadStreamsAsync(Ct), Is.EqualTo(new[] { stream with { Handled = 1, State = "new", Window = TimeSpan.FromSeconds(1) } }));
    }

    [Test]
    public async Task A_count_of_an_unknown_stream_makes_none()
    {
        await Log.SaveHandled(Log.NextId(), 3);
        Assert.That(await Log.LoadStreamsAsync(Ct), Is.Empty);
    }

    [Test]
    public async Task A_message_and_its_senders_count_are_written_together()
    {
        var sender = Stream(Romeo);
        await Log.SaveStream(sender);
        await Log.Append([Row(Juliet, "1"), Row(Juliet, "2")], sender.Key, 17);
        await Log.Append([], sender.Key, 18);
        await ReopenAsync();
        Assert.That(await OfflineAsync(Juliet), Is.EqualTo(new[] { "1", "2" }));
        Assert.That((await Log.LoadStreamsAsync(Ct)).Single().Handled, Is.EqualTo(18));
    }

    [Test]
    public async Task Rows_of_streams_that_were_never_saved_are_offline_after_a_restart()
    {
        var unsaved = Log.NextId();
        await Log.Append([Row(Juliet, "mine", unsaved, 1), Row(Juliet, "copy", unsaved, 2, copy: true)]);
        await ReopenAsync();
        Assert.That(await Log.LoadStreamsAsync(Ct), Is.Empty);
        Assert.That(await OfflineAsync(Juliet), Is.EqualTo(new[] { "mine" }));
    }

    [Test]
    public async Task Erasing_an_account_takes_its_rows_and_streams_and_nothing_else()
    {
        var (hers, his) = (Stream(Juliet), Stream(Romeo));
        _ = Log.SaveStream(hers);
        _ = Log.SaveStream(his);
        await Log.Append([Row(Juliet, "1"), Row(Juliet, "2", hers.Key, 1), Row(Romeo, "3"), Row(Romeo, "4", his.Key, 1)]);
        _ = Log.Append([Row(Juliet, "5")]);
        _ = Log.Erase(Juliet);
        await Log.Append([Row(Juliet, "6")]);
        Assert.Multiple(async () =>
        {
            Assert.That(await OfflineAsync(Juliet), Is.EqualTo(new[] { "6" }));
            Assert.That(await OfStreamAsync(hers.Key), Is.Empty);
            Assert.That(await OfflineAsync(Romeo), Is.EqualTo(new[] { "3" }));
            Assert.That(await OfStreamAsync(his.Key), Is.EqualTo(new[] { "4" }));
            Assert.That((await Log.LoadStreamsAsync(Ct)).Select(stream => stream.Key), Is.EqualTo(new[] { his.Key }));
        });
    }

    [Test]
    public async Task An_account_erased_by_another_process_can_have_messages_again()
    {
        await Log.Append([Row(Juliet, "old")]);
        await (await OpenAsync()).Log.Erase(Juliet);
        await Log.Append([Row(Juliet, "new")]);
        Assert.That(await OfflineAsync(Juliet), Is.EqualTo(new[] { "new" }));
        await ReopenAsync();
        Assert.That(await OfflineAsync(Juliet), Is.EqualTo(new[] { "new" }));
    }

    [Test]
    public async Task Appends_of_many_connections_are_all_there_in_the_order_of_each()
    {
        var senders = Enumerable.Range(0, 8).Select(sender => Task.Run(async () =>
        {
            var account = Jid.Parse($"a{sender}@capulet.example");
            var last = Task.CompletedTask;
            for (var i = 0; i < 500; i++) last = Log.Append([Row(account, $"{i}")]);
            await last;
        }));
        await Task.WhenAll(senders);
        await ReopenAsync();
        for (var sender = 0; sender < 8; sender++)
            Assert.That(await OfflineAsync(Jid.Parse($"a{sender}@capulet.example")), Is.EqualTo(Enumerable.Range(0, 500).Select(i => $"{i}")));
    }

    [Test]
    public async Task What_is_queued_when_the_storage_closes_is_written()
    {
        var appends = Enumerable.Range(0, 1000).Select(i => Log.Append([Row(Juliet, $"{i}")])).ToList();
        await ReopenAsync();
        Assert.That(appends, Is.All.Matches<Task>(append => append is { IsCompletedSuccessfully: true }));
        Assert.That(await Log.CountOfflineAsync(Juliet, Ct), Is.EqualTo(1000));
    }

    [Test]
    public async Task A_closed_storage_refuses_writes()
    {
        await Storage.DisposeAsync();
        Assert.That(async () => await Log.Append([Row(Juliet, "1")]), Throws.TypeOf<StorageException>());
        var values = Storage.Values;
        Assert.That(async () => await values.WriteAsync("o", "s", [new KeyValueChange("k", "v")], Ct), Throws.TypeOf<StorageException>());
    }
}
