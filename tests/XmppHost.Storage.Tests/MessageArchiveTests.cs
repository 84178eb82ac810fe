using System.Text;
using XmppHost.Addressing;

namespace XmppHost.Storage.Tests;

[TestFixture(Database.Sqlite)]
[TestFixture(Database.PostgreSql)]
public sealed class MessageArchiveTests(Database database) : StorageTest(database)
{
    private static readonly Jid Balcony = Jid.Parse("juliet@capulet.example/balcony");

    private IMessageArchive Archive => Storage.Archive;

    [Test]
    public async Task A_message_is_found_as_it_was_also_after_a_restart()
    {
        var (bare, full) = (Archived(Romeo, Juliet, "to the account"), Archived(Romeo, Balcony, "to a device"));
        await Archive.Append([bare, full]);
        await ReopenAsync();
        var rows = await Archive.ReadAsync(Romeo, new ArchiveQuery(), last: false, 10, Ct);
        Assert.That(rows.Select(r => (r.Id, r.Account, r.Peer, r.Nonce, Text(r))), Is.EqualTo(new[]
        {
            (bare.Id, Romeo, Juliet, bare.Nonce, "to the account"), (full.Id, Romeo, Balcony, full.Nonce, "to a device"),
        }));
        Assert.That(rows[0].Stamp, Is.EqualTo(DateTimeOffset.UtcNow).Within(TimeSpan.FromHours(1)));
        Assert.That(Log.NextId(), Is.GreaterThan(full.Id));
    }

    [Test]
    public async Task Rows_of_a_message_are_written_with_its_log_row_though_that_is_gone_before_it_is_written()
    {
        var row = Row(Juliet, "waits") with { Archived = [Archived(Romeo, Juliet, "sent"), Archived(Juliet, Romeo, "received")] };
        var written = Log.Append([row]);
        _ = Log.Remove(row.Id);
        await written;
        Assert.That(await OfflineAsync(Juliet), Is.Empty);
        Assert.That(await TextsAsync(Romeo), Is.EqualTo(new[] { "sent" }));
        Assert.That(await TextsAsync(Juliet), Is.EqualTo(new[] { "received" }));
    }

    [Test]
    public async Task Count_of_the_sender_is_written_with_the_rows()
    {
        var stream = Stream(Romeo);
        await Log.SaveStream(stream);
        await Archive.Append([Archived(Romeo, Juliet, "x")], stream.Key, 7);
        await ReopenAsync();
        Assert.That((await Log.LoadStreamsAsync(Ct)).Single().Handled, Is.EqualTo(7));
    }

    [Test]
    public async Task Pages_go_both_ways_and_are_in_order()
    {
        var rows = await FillAsync(10);
        Assert.That(await TextsAsync(Romeo, new ArchiveQuery(), last: false, 3), Is.EqualTo(new[] { "0", "1", "2" }));
        Assert.That(await TextsAsync(Romeo, new ArchiveQuery(), last: true, 3), Is.EqualTo(new[] { "7", "8", "9" }));
        Assert.That(await TextsAsync(Romeo, new ArchiveQuery(After: rows[2].Id), last: false, 3), Is.EqualTo(new[] { "3", "4", "5" }));
        Assert.That(await TextsAsync(Romeo, new ArchiveQuery(Before: rows[7].Id), last: true, 3), Is.EqualTo(new[] { "4", "5", "6" }));
        Assert.That(await TextsAsync(Romeo, new ArchiveQuery(After: rows[2].Id, Before: rows[5].Id), last: false, 9), Is.EqualTo(new[] { "3", "4" }));
        Assert.That(await TextsAsync(Juliet), Is.Empty);
    }

    [Test]
    public async Task Times_are_bounds_that_belong_to_what_they_bound()
    {
        var rows = await FillAsync(5);
        Assert.That(await TextsAsync(Romeo, new ArchiveQuery(Start: rows[1].Stamp, End: rows[3].Stamp)), Is.EqualTo(new[] { "1", "2", "3" }));
    }

    [Test]
    public async Task Bare_peer_stands_for_all_its_resources_and_a_full_one_for_itself()
    {
        await Archive.Append([Archived(Romeo, Juliet, "bare"), Archived(Romeo, Balcony, "balcony"), Archived(Romeo, Jid.Parse("nurse@capulet.example"), "nurse")]);
        Assert.That(await TextsAsync(Romeo, new ArchiveQuery(With: Juliet)), Is.EqualTo(new[] { "bare", "balcony" }));
        Assert.That(await TextsAsync(Romeo, new ArchiveQuery(With: Balcony)), Is.EqualTo(new[] { "balcony" }));
    }

    [Test]
    public async Task Ids_find_what_is_there_in_this_archive()
    {
        var rows = await FillAsync(3);
        var other = Archived(Juliet, Romeo, "other");
        await Archive.Append([other]);
        var found = await Archive.FindAsync(Romeo, [rows[2].Id, rows[0].Id, other.Id, 5], Ct);
        Assert.That(found.Select(Text), Is.EqualTo(new[] { "0", "2" }));
        Assert.That(await Archive.FindAsync(Romeo, [], Ct), Is.Empty);
    }

    [Test]
    public async Task Counting_goes_no_further_than_asked()
    {
        var rows = await FillAsync(7);
        Assert.That(await Archive.CountAsync(Romeo, new ArchiveQuery(), 100, Ct), Is.EqualTo(7));
        Assert.That(await Archive.CountAsync(Romeo, new ArchiveQuery(After: rows[4].Id), 100, Ct), Is.EqualTo(2));
        Assert.That(await Archive.CountAsync(Romeo, new ArchiveQuery(), 5, Ct), Is.EqualTo(5));
        Assert.That(await Archive.CountAsync(Juliet, new ArchiveQuery(), 5, Ct), Is.Zero);
    }

    [Test]
    public async Task What_is_too_old_goes_from_this_host_alone()
    {
        var rows = await FillAsync(2500);
        await Archive.Append([Archived(Juliet, Romeo, "elsewhere")]);
        var expired = await Archive.ExpireAsync(Romeo.Domain, rows[2400].Stamp, Ct);
        Assert.That(expired, Is.EqualTo(2400));
        Assert.That((await TextsAsync(Romeo, limit: 200))[0], Is.EqualTo("2400"));
        Assert.That(await TextsAsync(Juliet), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Erased_archive_is_empty_and_others_stay()
    {
        await FillAsync(3);
        await Archive.Append([Archived(Juliet, Romeo, "x")]);
        await Archive.Erase(Romeo);
        Assert.That(await TextsAsync(Romeo), Is.Empty);
        Assert.That(await TextsAsync(Juliet), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Erasing_an_account_s_log_leaves_nothing_for_whoever_has_the_name_next()
    {
        await FillAsync(3);
        await Log.Erase(Romeo);
        await Archive.Append([Archived(Romeo, Juliet, "new")]);
        Assert.That(await TextsAsync(Romeo), Is.EqualTo(new[] { "new" }));
    }

    private ArchiveRow Archived(Jid account, Jid peer, string text) => new(Log.NextId(), account, peer, Random.Shared.NextInt64(), Encoding.UTF8.GetBytes(text));

    private async Task<ArchiveRow[]> FillAsync(int count)
    {
        ArchiveRow[] rows = [.. Enumerable.Range(0, count).Select(i => Archived(Romeo, Juliet, $"{i}"))];
        await Archive.Append(rows);
        return rows;
    }

    private async Task<string[]> TextsAsync(Jid account, ArchiveQuery? query = null, bool last = false, int limit = 100) =>
        [.. (await Archive.ReadAsync(account, query ?? new ArchiveQuery(), last, limit, Ct)).Select(Text)];

    private static string Text(ArchiveRow row) => Encoding.UTF8.GetString(row.Stanza.Span);
}
