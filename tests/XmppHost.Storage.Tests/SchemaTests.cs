using XmppHost.Storage.Sql;
using XmppHost.Storage.Sql.Writing;

namespace XmppHost.Storage.Tests;

[TestFixture(Database.Sqlite)]
[TestFixture(Database.PostgreSql)]
public sealed class SchemaTests(Database database) : StorageTest(database)
{
    [Test]
    public async Task A_newer_schema_is_refused_in_one_line()
    {
        await Storage.Queue.Run(new SqlWork<int>(session => session.Execute("INSERT INTO schema_version (version, applied) VALUES ($1, $2)", 99L, 0L), WriteKinds.None));
        await Storage.DisposeAsync();
        Assert.That(async () => await OpenAsync(), Throws.TypeOf<StorageException>().With.Message.Contains("version 99").And.Message.Not.Contains("\n"));
    }

    [Test]
    public async Task Several_processes_may_find_an_empty_database_at_once()
    {
        await Storage.Queue.Run(new SqlWork<bool>(DropEverything, WriteKinds.None));
        var storages = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => OpenAsync())));
        await Task.WhenAll(storages.Select((storage, i) => storage.Values.WriteAsync("o", "s", [new KeyValueChange($"{i}", "v")], Ct).AsTask()));
        Assert.That(await storages[0].Values.ListAsync("o", "s", Ct), Has.Count.EqualTo(4));
    }

    [Test]
    public async Task Ids_grow_also_when_the_clock_goes_back_over_a_restart_and_nothing_was_left_in_the_log()
    {
        await ReopenAsync(new SetClock(new DateTimeOffset(2031, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        long last = 0;
        for (var i = 0; i < 100; i++)
        {
            var row = Row(Juliet, "");
            var written = Log.Append([row]);
            _ = Log.Remove(row.Id);
            if (i % 10 == 0) await written;
            Assert.That(row.Id, Is.GreaterThan(last));
            last = row.Id;
        }

        await ReopenAsync(new SetClock(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        Assert.That(Log.NextId(), Is.GreaterThan(last));
        await ReopenAsync(new SetClock(new DateTimeOffset(2032, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        Assert.That(Log.NextId(), Is.InRange(Micros.From(new DateTimeOffset(2032, 1, 1, 0, 0, 0, TimeSpan.Zero)), Micros.From(new DateTimeOffset(2032, 1, 1, 0, 0, 1, TimeSpan.Zero))));
    }

    [Test]
    public async Task Ids_of_many_threads_are_unique()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Enumerable.Range(0, 20_000).Select(_ => Log.NextId()).ToList())));
        Assert.That(ids.SelectMany(list => list).Distinct().Count(), Is.EqualTo(80_000));
        Assert.That(ids, Is.All.Ordered);
    }

    private static bool DropEverything(Sql.Dialects.ISqlSession session)
    {
        foreach (var table in new[] { "schema_version", "meta", "credential", "account", "value", "address", "log", "stream", "upload", "archive" }) session.ExecuteScript($"DROP TABLE {table}");
        return true;
    }

    private sealed class SetClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
