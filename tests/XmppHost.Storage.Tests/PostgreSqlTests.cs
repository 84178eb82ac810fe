using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using XmppHost.Plugins;
using XmppHost.Storage.Sql;
using XmppHost.Storage.Sql.Writing;
using XmppHost.Testing.Services;

namespace XmppHost.Storage.Tests;

public sealed class PostgreSqlTests() : StorageTest(Database.PostgreSql)
{
    [Test]
    public async Task A_crash_of_the_database_server_loses_and_repeats_nothing()
    {
        await using var server = await PostgreSqlServer.StartAsync();
        await using var storage = SqlStorage.Create(OptionsFor(await server.CreateDatabaseAsync()), Folder, TimeProvider.System, NullLoggerFactory.Instance);
        await storage.OpenAsync(Ct);
        var appends = new List<Task>();
        var created = new List<Task<bool>>();
        for (var i = 0; i < 600; i++)
        {
            appends.Add(storage.Log.Append([new LogRow(storage.Log.NextId(), Juliet, DateTimeOffset.UnixEpoch, System.Text.Encoding.UTF8.GetBytes($"{i}"))]));
            if (i % 20 == 0) created.Add(storage.Accounts.TryCreateAsync(new StoredAccount(Addressing.Jid.Parse($"u{i}@capulet.example"), [], DateTimeOffset.UnixEpoch), Ct).AsTask());
            // The whole server goes down and recovers when one of its processes dies.
            if (i % 200 == 100) await KillABackendAsync(server);
            await Task.Delay(1);
        }

        await Task.WhenAll(appends);
        Assert.That(await Task.WhenAll(created), Is.All.True, "each account was created once");
        var rows = await storage.Log.ReadOfflineAsync(Juliet, 0, 1000, Ct);
        Assert.That(rows.Select(row => System.Text.Encoding.UTF8.GetString(row.Stanza.Span)), Is.EqualTo(Enumerable.Range(0, 600).Select(i => $"{i}")));
    }

    [Test]
    public async Task Reads_survive_lost_connections()
    {
        await Log.Append([Row(Juliet, "1")]);
        for (var i = 0; i < 5; i++)
        {
            Assert.That(await OfflineAsync(Juliet), Is.EqualTo(new[] { "1" }));
            await TerminateConnectionsAsync();
        }
    }

    [Test]
    public async Task Several_servers_on_one_database_never_give_out_the_same_id()
    {
        var others = new List<SqlStorage> { Storage, await OpenAsync(), await OpenAsync() };
        var ids = await Task.WhenAll(others.Select(storage => Task.Run(() => Enumerable.Range(0, 50_000).Select(_ => storage.Log.NextId()).ToList())));
        Assert.That(ids.SelectMany(list => list).Distinct().Count(), Is.EqualTo(150_000));
        Assert.That(ids, Is.All.Ordered);
    }

    [Test]
    public async Task A_slot_for_ids_is_free_again_when_its_server_has_gone()
    {
        for (var i = 0; i < 15; i++) await OpenAsync();
        Assert.That(async () => await OpenAsync(), Throws.TypeOf<StorageException>().With.Message.Contains("16 servers"));
        await Storage.DisposeAsync();
        Storage = await OpenAsync();
    }

    [Test]
    public async Task Commits_reach_the_disk_though_the_database_is_set_to_lose_them()
    {
        await ExecuteAsync("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off', current_database()); END $$");
        await ReopenAsync();
        var setting = await Storage.Queue.Run(new SqlWork<string>(session => session.Query("SELECT current_setting('synchronous_commit')", row => row.Text(0))[0], WriteKinds.None));
        Assert.That(setting, Is.EqualTo("on"));
    }

    [Test]
    public async Task A_database_without_UTF8_is_refused()
    {
        var name = "latin" + Guid.NewGuid().ToString("N")[..8];
        await ExecuteAsync($"CREATE DATABASE {name} ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0");
        var storage = SqlStorage.Create(OptionsFor(new NpgsqlConnectionStringBuilder(Options.ConnectionString!.Reveal()) { Database = name }.ConnectionString), Folder, TimeProvider.System, NullLoggerFactory.Instance);
        Assert.That(async () => await storage.OpenAsync(Ct), Throws.TypeOf<StorageException>().With.Message.Contains("LATIN1"));
        await storage.DisposeAsync();
    }

    [TestCase("Host=127.0.0.1;Port=1;Username=u;Password=hunter2;Database=d;Timeout=1", "127.0.0.1:1/d")]
    [TestCase("Host=127.0.0.1;Nonsense=hunter2", "connectionString")]
    public void A_database_that_cannot_be_opened_is_refused_in_one_line_without_the_password(string connectionString, string expected) =>
        Assert.That(
            async () =>
            {
                await using var storage = SqlStorage.Create(OptionsFor(connectionString), Folder, TimeProvider.System, NullLoggerFactory.Instance);
                await storage.OpenAsync(Ct);
            },
            Throws.TypeOf<StorageException>().With.Message.Contains(expected).And.Message.Not.Contains("hunter2").And.Message.Not.Contains("\n"));

    [Test]
    public async Task Offline_rows_are_found_by_the_index_among_many()
    {
        await Log.Append([Row(Juliet, "1")]);
        await ExecuteAsync("INSERT INTO log SELECT g, 1 + g % 1000, 0, NULL, 0, 0, '' FROM generate_series(1, 50000) g; ANALYZE log");
        var plan = await Storage.Queue.Run(new SqlWork<List<string>>(
            session => session.Query("EXPLAIN SELECT id FROM log WHERE account = (SELECT id FROM address WHERE jid = 'a') AND stream IS NULL AND id > 5 ORDER BY id LIMIT 10", row => row.Text(0)),
            WriteKinds.None));
        Assert.That(string.Join('\n', plan), Does.Contain("log_offline").And.Not.Contain("Sort"));
    }

    private static StorageOptions OptionsFor(string connectionString) => new(StorageProvider.PostgreSql, new Secret(connectionString));

    private static async Task KillABackendAsync(PostgreSqlServer server)
    {
        await using var source = NpgsqlDataSource.Create(server.ConnectionString);
        await using var command = source.CreateCommand("SELECT pg_backend_pid()");
        using var killed = Process.GetProcessById((int)(await command.ExecuteScalarAsync())!);
        killed.Kill();
    }

    private Task TerminateConnectionsAsync() => ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");

    private async Task ExecuteAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(Options.ConnectionString!.Reveal());
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
