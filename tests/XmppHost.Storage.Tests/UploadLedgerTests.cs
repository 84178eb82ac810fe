using XmppHost.Addressing;

namespace XmppHost.Storage.Tests;

[TestFixture(Database.Sqlite)]
[TestFixture(Database.PostgreSql)]
public sealed class UploadLedgerTests(Database database) : StorageTest(database)
{
    private const string Host = "capulet.example";

    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, 123, TimeSpan.Zero);
    private static readonly UploadEntry Plain = new(Host, "k/a.txt", "s3", Juliet, "a.txt", 5, null, "message", Noon, null, null, UploadState.Issued);

    private IUploadLedger Ledger => Storage.Uploads;

    [Test]
    public async Task An_entry_is_found_as_it_was_also_after_a_restart()
    {
        var full = Plain with
        {
            Key = "ephemeral/00ff/très 𝔘 #?%.jpg",
            Name = "très 𝔘 #?%.jpg",
            Size = 5L << 30,
            ContentType = "image/jpeg; a=\"b\"",
            Purpose = "ephemeral",
            SlotEnds = Noon.AddMinutes(5),
            Expires = Noon.AddDays(1).AddTicks(10),
            State = UploadState.Held,
        };
        var unknown = Plain with { Key = "other", Uploader = null };
        await Ledger.AddAsync(full, Ct);
        await Ledger.AddAsync(unknown, Ct);
        await ReopenAsync();
        Assert.Multiple(async () =>
        {
            Assert.That(await Ledger.FindAsync(Host, full.Key, Ct), Is.EqualTo(full));
            Assert.That(await Ledger.FindAsync(Host, "other", Ct), Is.EqualTo(unknown));
            Assert.That(await Ledger.FindAsync(Host, "Other", Ct), Is.Null);
            Assert.That(await Ledger.FindAsync("montague.example", "other", Ct), Is.Null);
        });
    }

    [Test]
    public async Task An_uploader_s_resource_is_not_kept()
    {
        await Ledger.AddAsync(Plain with { Uploader = Juliet.WithResource("balcony") }, Ct);
        Assert.That((await Ledger.FindAsync(Host, Plain.Key, Ct))!.Uploader, Is.EqualTo(Juliet));
    }

    [Test]
    public async Task A_key_is_there_once_in_a_host_and_others_are_not_disturbed()
    {
        await Ledger.AddAsync(Plain, Ct);
        var same = Ledger.AddAsync(Plain with { Size = 6 }, Ct).AsTask();
        var other = Ledger.AddAsync(Plain with { Key = "other" }, Ct).AsTask();
        var elsewhere = Ledger.AddAsync(Plain with { Host = "montague.example" }, Ct).AsTask();
        Assert.That(async () => await same, Throws.InvalidOperationException);
        await Task.WhenAll(other, elsewhere);
        Assert.That((await Ledger.FindAsync(Host, Plain.Key, Ct))!.Size, Is.EqualTo(5));
        Assert.That(await KeysAsync(new UploadQuery(Host)), Is.EqualTo(new[] { "k/a.txt", "other" }));
    }

    [Test]
    public async Task An_entry_moves_only_from_the_states_that_are_named()
    {
        await Ledger.AddAsync(Plain, Ct);
        Assert.Multiple(async () =>
        {
            Assert.That(await Ledger.MoveAsync(Host, Plain.Key, UploadState.Deleted, Ct, UploadState.Stored, UploadState.Held), Is.False);
            Assert.That(await Ledger.MoveAsync(Host, Plain.Key, UploadState.Stored, Ct, UploadState.Issued), Is.True);
            Assert.That(await Ledger.MoveAsync(Host, Plain.Key, UploadState.Stored, Ct, UploadState.Issued), Is.False);
            Assert.That(await StateAsync(), Is.EqualTo(UploadState.Stored));
            Assert.That(await Ledger.MoveAsync(Host, Plain.Key, UploadState.Deleted, Ct, UploadState.Deleted, UploadState.Stored), Is.True);
            Assert.That(await Ledger.MoveAsync(Host, Plain.Key, UploadState.Quarantined, Ct), Is.True);
            Assert.That(await StateAsync(), Is.EqualTo(UploadState.Quarantined));
            Assert.That(await Ledger.MoveAsync(Host, "unknown", UploadState.Stored, Ct), Is.False);
            Assert.That(await Ledger.MoveAsync("montague.example", Plain.Key, UploadState.Stored, Ct), Is.False);
        });
    }

    [Test]
    public async Task Entries_are_removed_by_the_hundred()
    {
        var keys = Enumerable.Range(0, 100).Select(i => $"k/{i:000}").ToArray();
        await Task.WhenAll(keys.Select(key => Ledger.AddAsync(Plain with { Key = key }, Ct).AsTask()));
        await Ledger.AddAsync(Plain with { Host = "montague.example", Key = keys[0] }, Ct);
        await Ledger.RemoveAsync(Host, [], Ct);
        await Ledger.RemoveAsync(Host, [.. keys[..70], "unknown"], Ct);
        Assert.That(await KeysAsync(new UploadQuery(Host)), Is.EqualTo(keys[70..]));
        Assert.That(await KeysAsync(new UploadQuery("montague.example")), Is.EqualTo(keys[..1]));
    }

    [Test]
    public async Task Entries_are_listed_by_what_is_asked()
    {
        await AddAsync("a", Plain with { Backend = "external" });
        await AddAsync("b", Plain with { Uploader = Romeo, State = UploadState.Stored });
        await AddAsync("c", Plain with { Uploader = null, State = UploadState.Deleted });
        await AddAsync("d", Plain with { Issued = Noon.AddDays(-2), State = UploadState.Held });
        await AddAsync("e", Plain with { SlotEnds = Noon.AddMinutes(5) });
        await AddAsync("f", Plain with { Expires = Noon.AddDays(7), State = UploadState.Quarantined });
        await AddAsync("g", Plain with { Host = "montague.example" });
        var all = new UploadQuery(Host);
        Assert.Multiple(async () =>
        {
            Assert.That(await KeysAsync(all), Is.EqualTo(Keys("abdef")));
            Assert.That(await KeysAsync(all with { Backend = "s3" }), Is.EqualTo(Keys("bdef")));
            Assert.That(await KeysAsync(all with { Uploader = Romeo.WithResource("x") }), Is.EqualTo(Keys("b")));
            Assert.That(await KeysAsync(all with { States = [UploadState.Deleted] }), Is.EqualTo(Keys("c")));
            Assert.That(await KeysAsync(all with { States = [UploadState.Held] }), Is.EqualTo(Keys("d")));
            Assert.That(await KeysAsync(all with { States = [UploadState.Stored, UploadState.Quarantined] }), Is.EqualTo(Keys("bf")));
            Assert.That(await KeysAsync(all with { States = [UploadState.Issued, UploadState.Deleted] }), Is.EqualTo(Keys("ace")));
            Assert.That(await KeysAsync(all with { IssuedBefore = Noon }), Is.EqualTo(Keys("d")));
            Assert.That(await KeysAsync(all with { IssuedSince = Noon }), Is.EqualTo(Keys("abef")));
            Assert.That(await KeysAsync(all with { SlotEndedBy = Noon.AddMinutes(5) }), Is.EqualTo(Keys("e")));
            Assert.That(await KeysAsync(all with { SlotEndedBy = Noon.AddMinutes(5).AddTicks(-10) }), Is.Empty);
            Assert.That(await KeysAsync(all with { ExpiredBy = Noon.AddDays(7) }), Is.EqualTo(Keys("f")));
            Assert.That(await KeysAsync(all with { ExpiredBy = Noon.AddDays(7).AddTicks(-10) }), Is.Empty);
            Assert.That(await KeysAsync(all with { Limit = 2 }), Is.EqualTo(Keys("ab")));
            Assert.That(await KeysAsync(all with { After = "b", Limit = 2 }), Is.EqualTo(Keys("de")));
            Assert.That(await KeysAsync(all with { Backend = "s3", Uploader = Juliet, States = [UploadState.Issued], IssuedBefore = Noon.AddDays(1), SlotEndedBy = Noon.AddDays(1), After = "d" }), Is.EqualTo(Keys("e")));
        });
    }

    [Test]
    public async Task Entries_of_an_account_that_ends_are_nobody_s_and_expire()
    {
        await AddAsync("a", Plain);
        await AddAsync("b", Plain with { State = UploadState.Stored, Expires = Noon.AddDays(1) });
        await AddAsync("c", Plain with { State = UploadState.Held, Expires = Noon.AddDays(-1) });
        await AddAsync("d", Plain with { State = UploadState.Deleted });
        await AddAsync("e", Plain with { Uploader = Romeo });
        await AddAsync("f", Plain with { Host = "montague.example" });
        await Ledger.ReleaseAsync(Host, Juliet.WithResource("balcony")!, Noon, Ct);
        Assert.Multiple(async () =>
        {
            Assert.That(await KeysAsync(new UploadQuery(Host) { Uploader = Juliet }), Is.Empty);
            Assert.That(await KeysAsync(new UploadQuery(Host) { States = [UploadState.Deleted] }), Is.Empty);
            var released = await Ledger.ListAsync(new UploadQuery(Host) { ExpiredBy = Noon }, Ct);
            Assert.That(released.Select(e => (e.Key, e.Uploader, e.Expires)), Is.EqualTo(new[] { ("a", (Jid?)null, Noon), ("b", null, Noon), ("c", null, Noon.AddDays(-1)) }));
            Assert.That((await Ledger.FindAsync(Host, "e", Ct))!.Expires, Is.Null);
            Assert.That((await Ledger.FindAsync("montague.example", "f", Ct))!.Uploader, Is.EqualTo(Juliet));
        });
    }

    [Test]
    public async Task Usage_counts_what_is_there_and_what_was_promised_lately()
    {
        await AddAsync("a", Plain with { Size = 1 });
        await AddAsync("b", Plain with { Size = 20, State = UploadState.Stored, Issued = Noon.AddHours(-30) });
        await AddAsync("c", Plain with { Size = 300, State = UploadState.Deleted, Issued = Noon.AddHours(-1) });
        await AddAsync("d", Plain with { Size = 4000, State = UploadState.Held, Purpose = "profile" });
        await AddAsync("e", Plain with { Size = 50_000, State = UploadState.Quarantined });
        await AddAsync("f", Plain with { Size = 600_000, Uploader = Romeo });
        await AddAsync("g", Plain with { Size = 7_000_000, Host = "montague.example" });
        var since = Noon.AddHours(-24);
        Assert.Multiple(async () =>
        {
            Assert.That(await Ledger.UsageAsync(Host, Juliet, null, since, Ct), Is.EqualTo(new UploadUsage(4, 54_021, 4, 54_301, Noon.AddHours(-1))));
            Assert.That(await Ledger.UsageAsync(Host, Juliet.WithResource("x")!, "message", since, Ct), Is.EqualTo(new UploadUsage(3, 50_021, 3, 50_301, Noon.AddHours(-1))));
            Assert.That(await Ledger.UsageAsync(Host, Juliet, "permanent", since, Ct), Is.EqualTo(new UploadUsage(0, 0, 0, 0, null)));
            Assert.That(await Ledger.UsageAsync(Host, Juliet, null, Noon, Ct), Is.EqualTo(new UploadUsage(4, 54_021, 3, 54_001, Noon)));
            Assert.That(await Ledger.UsageAsync(Host, Jid.Parse("nurse@capulet.example"), null, since, Ct), Is.EqualTo(new UploadUsage(0, 0, 0, 0, null)));
        });
    }

    [Test]
    public async Task Totals_are_of_files_that_are_there()
    {
        await AddAsync("a", Plain with { Size = 5L << 40, State = UploadState.Stored });
        await AddAsync("b", Plain with { Size = 5L << 40, State = UploadState.Held });
        await AddAsync("c", Plain with { Size = 7, State = UploadState.Quarantined, Purpose = "profile" });
        await AddAsync("d", Plain with { Size = 8, State = UploadState.Stored, Uploader = null });
        await AddAsync("e", Plain with { State = UploadState.Issued, Uploader = Romeo });
        await AddAsync("f", Plain with { State = UploadState.Deleted });
        await AddAsync("g", Plain with { State = UploadState.Stored, Host = "montague.example" });
        Assert.That(
            await Ledger.TotalsAsync(Host, Ct),
            Is.EquivalentTo(new[] { new UploadTotal(null, "message", 1, 8), new UploadTotal(Juliet, "message", 2, 10L << 40), new UploadTotal(Juliet, "profile", 1, 7) }));
    }

    [Test]
    public async Task What_is_queued_is_seen_and_survives_the_process()
    {
        var adding = Enumerable.Range(0, 50).Select(i => Ledger.AddAsync(Plain with { Key = $"{i:00}" }, Ct).AsTask()).ToArray();
        Assert.That(await KeysAsync(new UploadQuery(Host)), Has.Length.EqualTo(50));
        await Task.WhenAll(adding);
        var other = await OpenAsync();
        Assert.That(await other.Uploads.ListAsync(new UploadQuery(Host), Ct), Has.Count.EqualTo(50));
    }

    [Test]
    public void What_a_database_cannot_keep_or_add_up_is_refused()
    {
        Assert.That(async () => await Ledger.AddAsync(Plain with { Name = "a\0b" }, Ct), Throws.ArgumentException);
        Assert.That(async () => await Ledger.AddAsync(Plain with { Size = -1 }, Ct), Throws.ArgumentException);
        Assert.That(async () => await Ledger.AddAsync(Plain with { Size = UploadEntry.MaxSize + 1 }, Ct), Throws.ArgumentException);
    }

    private static string[] Keys(string letters) => [.. letters.Select(letter => letter.ToString())];

    private ValueTask AddAsync(string key, UploadEntry entry) => Ledger.AddAsync(entry with { Key = key }, Ct);

    private async Task<UploadState> StateAsync() => (await Ledger.FindAsync(Host, Plain.Key, Ct))!.State;

    private async Task<string[]> KeysAsync(UploadQuery query) => [.. (await Ledger.ListAsync(query, Ct)).Select(entry => entry.Key)];
}
