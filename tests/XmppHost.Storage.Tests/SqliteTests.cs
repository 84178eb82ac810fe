using System.Buffers.Binary;
using System.Runtime.Versioning;
using Microsoft.Extensions.Logging.Abstractions;
using XmppHost.Storage.Sql;
using XmppHost.Storage.Sql.Writing;

namespace XmppHost.Storage.Tests;

public sealed class SqliteTests() : StorageTest(Database.Sqlite)
{
    private string File => Path.Combine(Folder, "xmpphost.db");

    [Test]
    public async Task A_full_disk_fails_the_write_clearly_and_later_writes_succeed()
    {
        await Log.Append([Row(Juliet, "before")]);
        var pages = await OnWriterAsync("PRAGMA page_count");
        await OnWriterAsync($"PRAGMA max_page_count = {pages + 3}");
        Assert.That(async () => await Log.Append([Row(Juliet, new string('x', 100_000))]), Throws.TypeOf<StorageException>().With.Message.Contains("full").And.Message.Contains(File));
        var values = Storage.Values;
        Assert.That(async () => await values.WriteAsync("o", "s", [new KeyValueChange("k", new string('x', 100_000))], Ct), Throws.TypeOf<StorageException>());
        Assert.That(await OfflineAsync(Juliet), Is.EqualTo(new[] { "before" }));

        await OnWriterAsync("PRAGMA max_page_count = 1000000");
        await Log.Append([Row(Juliet, "after")]);
        Assert.That(await OfflineAsync(Juliet), Is.EqualTo(new[] { "before", "after" }));
    }

    [Test]
    public async Task A_failed_batch_leaves_no_half_of_itself()
    {
        // Work does not wait for the window, and takes the message along that does.
        Options = Options with { CommitWindow = TimeSpan.FromMinutes(1) };
        await ReopenAsync();
        await Log.Append([Row(Juliet, "0")]);
        var appended = Log.Append([Row(Juliet, "1")]);
        var work = Storage.Queue.Run(new SqlWork<int>(session => session.Execute("INSERT INTO meta (name, value) VALUES ('id_floor', 0)"), WriteKinds.Log));
        Assert.That(async () => await work, Throws.TypeOf<StorageException>());
        Assert.That(async () => await appended, Throws.TypeOf<StorageException>());
        Assert.That(await OfflineAsync(Juliet), Is.EqualTo(new[] { "0" }));
    }

    [Test]
    public async Task Commits_reach_the_disk_and_the_log_is_moved_by_somebody_else()
    {
        Assert.Multiple(async () =>
        {
            Assert.That(await OnWriterAsync("PRAGMA synchronous"), Is.EqualTo(2), "FULL");
            Assert.That(await OnWriterAsync("PRAGMA foreign_keys"), Is.EqualTo(1));
            Assert.That(await OnWriterAsync("PRAGMA wal_autocheckpoint"), Is.EqualTo(0));
        });
    }

    [TestCase("upload_slot", "state <> 4 AND state = 0 AND slot_ends <= $2 ORDER BY key LIMIT $3")]
    [TestCase("upload_expiry", "state <> 4 AND expires <= $2 ORDER BY key LIMIT $3")]
    [TestCase("upload_held", "state <> 4 AND state = 2 AND key > $2 ORDER BY key LIMIT $3")]
    [TestCase("upload_deleted", "state = 4 AND issued < $2 ORDER BY key LIMIT $3")]
    [TestCase("upload_uploader", "uploader = $2 AND state <> 4 ORDER BY key LIMIT $3")]
    public async Task Uploads_to_look_after_are_found_by_an_index_of_their_own(string index, string condition)
    {
        var plan = await Storage.Queue.Run(new SqlWork<string>(
            session => string.Join("; ", session.Query($"EXPLAIN QUERY PLAN SELECT * FROM upload WHERE host = $1 AND {condition}", row => row.Text(3), "h", 1L, 1L)), WriteKinds.None));
        Assert.That(plan, Does.Contain($"USING INDEX {index} "));
    }

    [Test]
    public async Task The_write_ahead_log_starts_over_while_writes_go_on()
    {
        await Log.Append([Row(Juliet, "first")]);
        var writing = true;
        var writer = Task.Run(async () =>
        {
            while (Volatile.Read(ref writing)) await Log.Append([Row(Juliet, new string('x', 50_000))]);
        });
        var starts = WalStarts();
        for (var i = 0; i < 600 && WalStarts() < starts + 2; i++) await Task.Delay(50);
        Volatile.Write(ref writing, false);
        await writer;
        Assert.That(WalStarts(), Is.GreaterThanOrEqualTo(starts + 2), $"{new FileInfo(File + "-wal").Length:N0} bytes");
    }

    [Test]
    public async Task A_clean_end_leaves_one_file()
    {
        await Log.Append([Row(Juliet, "1")]);
        await Storage.DisposeAsync();
        Assert.That(Directory.GetFiles(Folder).Select(Path.GetFileName), Is.EqualTo(new[] { "xmpphost.db" }));
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    public async Task The_files_are_for_their_owner_only()
    {
        await Log.Append([Row(Juliet, "1")]);
        foreach (var file in Directory.GetFiles(Folder)) Assert.That(System.IO.File.GetUnixFileMode(file), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite), file);
    }

    [Test]
    public async Task A_file_that_is_no_database_is_refused_in_one_line()
    {
        await Storage.DisposeAsync();
        await System.IO.File.WriteAllTextAsync(File, new string('x', 10_000));
        Assert.That(async () => await OpenAsync(), Throws.TypeOf<StorageException>().With.Message.Contains(File).And.Message.Contains("not a database"));
    }

    [Test]
    public void A_folder_that_cannot_be_made_is_refused_in_one_line()
    {
        var storage = SqlStorage.Create(new StorageOptions(), Path.Combine(File, "below-a-file"), TimeProvider.System, NullLoggerFactory.Instance);
        Assert.That(async () => await storage.OpenAsync(Ct), Throws.TypeOf<StorageException>().With.Message.Contains("could not be opened"));
    }

    [Test]
    public async Task Offline_rows_are_found_by_an_index_that_has_them_in_order()
    {
        var plan = await Storage.Queue.Run(new SqlWork<List<string>>(
            session => session.Query("EXPLAIN QUERY PLAN SELECT id FROM log WHERE account = (SELECT id FROM address WHERE jid = 'a') AND stream IS NULL AND id > 5 ORDER BY id LIMIT 10", row => row.Text(3)),
            WriteKinds.None));
        Assert.That(string.Join('\n', plan), Does.Contain("USING INDEX log_offline (account=? AND id>?)").And.Not.Contain("TEMP B-TREE"));
    }

    // The checkpoint sequence number in the header: how often it started over.
    private uint WalStarts()
    {
        using var wal = new FileStream(File + "-wal", FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var header = new byte[16];
        return wal.ReadAtLeast(header, 16, throwOnEndOfStream: false) == 16 ? BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(12)) : 0;
    }

    private Task<long> OnWriterAsync(string pragma) =>
        Storage.Queue.Run(new SqlWork<long>(session => session.Query(pragma, row => row.Int64(0)).FirstOrDefault(), WriteKinds.None));
}
