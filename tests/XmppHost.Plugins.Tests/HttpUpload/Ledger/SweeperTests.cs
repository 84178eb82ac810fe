using XmppHost.Addressing;
using XmppHost.Hosting;
using XmppHost.Plugins.HttpUpload.Backends;
using XmppHost.Plugins.HttpUpload.Ledger;
using XmppHost.Storage;

namespace XmppHost.Plugins.Tests.HttpUpload.Ledger;

public sealed class SweeperTests
{
    private const string Host = "example.org";

    private static readonly CancellationToken Ct = CancellationToken.None;

    [Test]
    public async Task Slot_is_in_the_ledger_before_it_is_answered()
    {
        using var server = Start();
        await server.AskForSlotAsync("très cool.jpg", "23456", "image/jpeg");
        var entry = await OnlyAsync(server);
        var now = server.Time.GetUtcNow();
        Assert.That(
            entry,
            Is.EqualTo(new UploadEntry(Host, entry.Key, "s3", Jid.Parse("romeo@example.org"), "très cool.jpg", 23456, "image/jpeg", "message", now, now.AddMinutes(5), null, UploadState.Issued)));
        Assert.That(entry.Key, Does.Match("^[0-9a-f]{64}/très cool.jpg$"));
    }

    [Test]
    public async Task Slot_that_was_never_used_is_freed_when_nothing_can_arrive_any_more()
    {
        using var server = Start("filesPerUser=1");
        await server.AskForSlotAsync(size: "1048576");
        server.Time.Advance(TimeSpan.FromMinutes(5));
        await SweepAsync(server);
        Assert.That((await OnlyAsync(server)).State, Is.EqualTo(UploadState.Issued), "an upload that began in the last moment takes its time");
        Assert.That(Backend(server).Calls, Is.Zero);

        server.Time.Advance(TimeSpan.FromSeconds(60 + 64));
        await SweepAsync(server);
        Assert.That(await AllAsync(server), Is.Empty);
        Assert.That(await server.AskForSlotAsync(), Does.StartWith("<slot "), "it counts for nobody's quota");
    }

    [Test]
    public async Task Slot_that_was_used_is_known_to_be()
    {
        using var server = Start();
        await ArriveAsync(server);
        Assert.That((await OnlyAsync(server)).State, Is.EqualTo(UploadState.Stored));
        await SweepAsync(server);
        Assert.That(Backend(server).Calls, Is.EqualTo(1), "nobody asks again");
    }

    [Test]
    public async Task Where_nobody_can_say_it_goes_on_counting_and_nobody_asks_again()
    {
        using var server = Start(time => new FakeBackend(time) { Knows = false });
        await server.AskForSlotAsync();
        server.Time.Advance(TimeSpan.FromHours(1));
        await SweepAsync(server);
        await SweepAsync(server);
        Assert.That((await OnlyAsync(server)).State, Is.EqualTo(UploadState.Stored));
        Assert.That(Backend(server).Calls, Is.EqualTo(1));
    }

    [Test]
    public async Task What_the_embedded_store_did_not_move_on_was_not_used()
    {
        using var server = Start(time => new FakeBackend(time) { Name = "fileStore", KeepsLedger = true, Knows = false });
        await server.AskForSlotAsync();
        Assert.That((await OnlyAsync(server)).SlotEnds, Is.EqualTo(server.Time.GetUtcNow().AddMinutes(5)));
        server.Time.Advance(TimeSpan.FromHours(1));
        await SweepAsync(server);
        Assert.That(await AllAsync(server), Is.Empty);
    }

    [Test]
    public async Task Files_are_deleted_before_they_expire_and_forgotten_a_day_after_they_were_issued()
    {
        using var server = Start("retention=2 h");
        var key = await ArriveAsync(server);
        server.Time.Advance((await OnlyAsync(server)).Expires!.Value - server.Time.GetUtcNow() - TimeSpan.FromSeconds(3));
        await SweepAsync(server);
        Assert.That(Backend(server).Files.Keys, Is.EqualTo(new[] { key }));

        server.Time.Advance(TimeSpan.FromSeconds(1));
        await SweepAsync(server);
        Assert.That(Backend(server).Files, Is.Empty);
        Assert.That((await server.Ledger.FindAsync(Host, key, Ct))!.State, Is.EqualTo(UploadState.Deleted));

        server.Time.Advance(TimeSpan.FromHours(22));
        await SweepAsync(server);
        Assert.That(await server.Ledger.FindAsync(Host, key, Ct), Is.Not.Null);
        server.Time.Advance(TimeSpan.FromSeconds(3));
        await SweepAsync(server);
        Assert.That(await server.Ledger.FindAsync(Host, key, Ct), Is.Null);
    }

    [Test]
    public async Task Running_sweeper_wakes_up_for_an_ephemeral_file()
    {
        using var server = Start("purposes:ephemeral:retention=1 day");
        var sweeper = server.Get<Sweeper>();
        await sweeper.StartAsync(Ct);
        await server.AskAsync("<request xmlns='urn:xmpp:http:upload:0' filename='a' size='1'><ephemeral xmlns='urn:xmpp:http:upload:purpose:0' expire-before='2026-01-02T03:04:15Z'/></request>");
        var key = (await OnlyAsync(server)).Key;
        Backend(server).Files[key] = 0;
        await UntilAsync(() => Task.FromResult(!Backend(server).Files.ContainsKey(key)), () => AdvanceTo(server, new DateTimeOffset(2026, 1, 2, 3, 4, 13, TimeSpan.Zero)));
        await sweeper.StopAsync(Ct);
        Assert.That(server.Time.GetUtcNow(), Is.LessThan(new DateTimeOffset(2026, 1, 2, 3, 4, 15, TimeSpan.Zero)));
    }

    [Test]
    public async Task Ephemeral_file_that_arrives_late_is_deleted_too()
    {
        using var server = Start("purposes:ephemeral:retention=1 day");
        await server.AskAsync("<request xmlns='urn:xmpp:http:upload:0' filename='a' size='1'><ephemeral xmlns='urn:xmpp:http:upload:purpose:0' expire-before='2026-01-02T03:04:15Z'/></request>");
        var key = (await OnlyAsync(server)).Key;
        server.Time.Advance(TimeSpan.FromSeconds(30));
        await SweepAsync(server);
        Backend(server).Files[key] = 0;
        server.Time.Advance(TimeSpan.FromSeconds(30));
        await SweepAsync(server);
        Assert.That(Backend(server).Files, Is.Empty);
        server.Time.Advance(TimeSpan.FromMinutes(5));
        await SweepAsync(server);
        Assert.That(await AllAsync(server), Is.Empty);
    }

    [Test]
    public async Task Deleted_file_that_its_slot_brought_back_goes_with_its_entry()
    {
        using var server = Start();
        await server.AskForSlotAsync();
        var entry = await OnlyAsync(server);
        await server.Get<UploadService>().DeleteAsync([entry], Ct);
        Backend(server).Files[entry.Key] = 0;
        server.Time.Advance(TimeSpan.FromDays(1) + TimeSpan.FromSeconds(1));
        await SweepAsync(server);
        Assert.That(Backend(server).Files, Is.Empty);
        Assert.That(await server.Ledger.FindAsync(Host, entry.Key, Ct), Is.Null);
    }

    [Test]
    public async Task While_the_store_is_down_nothing_is_forgotten_and_it_is_tried_again()
    {
        using var server = Start("retention=2 h");
        var key = await ArriveAsync(server);
        await server.AskForSlotAsync("b");
        server.Time.Advance(TimeSpan.FromHours(3));
        Backend(server).IsDown = true;
        Assert.That(await server.Get<Sweeper>().SweepAsync(server.Time.GetUtcNow(), Ct), Is.False);
        Assert.That(await AllAsync(server), Has.Count.EqualTo(2));

        Backend(server).IsDown = false;
        await SweepAsync(server);
        Assert.That(Backend(server).Deleted, Has.Member(key));
        Assert.That(await AllAsync(server), Is.Empty);
    }

    [Test]
    public async Task Pauses_grow_while_the_store_is_down()
    {
        using var server = Start();
        await server.AskForSlotAsync();
        server.Time.Advance(TimeSpan.FromHours(1));
        Backend(server).IsDown = true;
        var sweeper = server.Get<Sweeper>();
        await sweeper.StartAsync(Ct);

        var start = server.Time.GetUtcNow();
        for (var i = 0; i < 12_000 && Backend(server).Calls < 4; i++)
        {
            await Task.Delay(5);
            server.Time.Advance(TimeSpan.FromSeconds(10));
        }

        await sweeper.StopAsync(Ct);
        Assert.That(Backend(server).Calls, Is.EqualTo(4));
        Assert.That(server.Time.GetUtcNow() - start, Is.GreaterThanOrEqualTo(TimeSpan.FromMinutes(7)), "after 1, 2 and 4 minutes");
    }

    [Test]
    public async Task What_cannot_be_deleted_stays_and_the_rest_goes()
    {
        using var server = Start("retention=2 h");
        var keys = new[] { await ArriveAsync(server), await ArriveAsync(server), await ArriveAsync(server) };
        Backend(server).Refused.Add(keys[1]);
        server.Time.Advance(TimeSpan.FromHours(3));
        Assert.That(await server.Get<Sweeper>().SweepAsync(server.Time.GetUtcNow(), Ct), Is.False);
        Assert.That((await AllAsync(server)).Select(e => e.Key), Is.EqualTo(new[] { keys[1] }));
    }

    [Test]
    public async Task Service_that_deletes_by_itself_is_trusted_to()
    {
        using var server = Start(time => new FakeBackend(time) { CanDelete = false }, "retention=2 h");
        await ArriveAsync(server);
        server.Time.Advance(TimeSpan.FromHours(3));
        await SweepAsync(server);
        Assert.That(await AllAsync(server), Is.Empty);
    }

    [Test]
    public async Task Lifecycle_rules_are_left_to_it_but_not_with_ephemeral_files()
    {
        string[] options =
        [
            "backend=s3", "s3:region=eu-west-1", "s3:accessKeyId=AKIA", "s3:secretAccessKey=secret", "s3:bucketUrl=https://s3.example.org/bucket", "retention=2 h", "expiredFiles=lifecycle",
            "purposes:message:prefix=m", "purposes:ephemeral:retention=1 h",
        ];
        using var server = Start(options);
        var message = await ArriveAsync(server);
        var ephemeral = await ArriveAsync(server, "<ephemeral xmlns='urn:xmpp:http:upload:purpose:0' expire-before='2026-01-02T05:00:00Z'/>");
        server.Time.Advance(TimeSpan.FromHours(3));
        await SweepAsync(server);
        Assert.That(await AllAsync(server), Is.Empty);
        Assert.That(Backend(server).Files.Keys, Is.EqualTo(new[] { message }));
        Assert.That(Backend(server).Deleted, Is.All.EqualTo(ephemeral).And.Not.Empty);
    }

    [Test]
    public async Task Thousands_of_files_expire_at_once()
    {
        using var server = Start("retention=2 h");
        var now = server.Time.GetUtcNow();
        await Task.WhenAll(Enumerable.Range(0, 2500).Select(i => server.Ledger.AddAsync(
            new UploadEntry(Host, $"{i:0000}/a", "s3", Jid.Parse("romeo@example.org"), "a", 1, null, "message", now, now, now, UploadState.Stored), Ct).AsTask()));
        server.Time.Advance(TimeSpan.FromHours(3));
        await SweepAsync(server);
        Assert.That(await AllAsync(server), Is.Empty);
        Assert.That(Backend(server).Calls, Is.EqualTo(3), "a thousand each");
    }

    [TestCase(UploadVerdict.Serve, UploadState.Stored)]
    [TestCase(UploadVerdict.Hold, UploadState.Held)]
    [TestCase(UploadVerdict.Quarantine, UploadState.Deleted)]
    public async Task Observers_decide_of_what_arrived(UploadVerdict verdict, UploadState state)
    {
        var observer = new FakeObserver { Verdict = verdict };
        using var server = new UploadServer(true, [], time => new FakeBackend(time), new FakeObserver(), observer);
        var key = await ArriveAsync(server);
        Assert.That((await server.Ledger.FindAsync(Host, key, Ct))!.State, Is.EqualTo(state));
        Assert.That(observer.Seen, Is.EqualTo(new[] { $"https://get.example/{key}" }));
        Assert.That(Backend(server).Files.ContainsKey(key), Is.EqualTo(verdict != UploadVerdict.Quarantine));
    }

    [Test]
    public async Task Held_files_are_asked_about_again()
    {
        var observer = new FakeObserver { Fails = true };
        using var server = new UploadServer(true, [], time => new FakeBackend(time), observer);
        await ArriveAsync(server);
        Assert.That((await OnlyAsync(server)).State, Is.EqualTo(UploadState.Held), "an exception holds");
        observer.Fails = false;
        await SweepAsync(server);
        Assert.That(observer.Seen, Has.Count.EqualTo(1), "not at once");
        server.Time.Advance(TimeSpan.FromMinutes(1));
        await SweepAsync(server);
        Assert.That((await OnlyAsync(server)).State, Is.EqualTo(UploadState.Stored));
        Assert.That(observer.Seen, Has.Count.EqualTo(2));
    }

    private static UploadServer Start(params string[] options) => Start(time => new FakeBackend(time), options);

    private static UploadServer Start(Func<TimeProvider, IUploadBackend> backend, params string[] options) => new(true, options, backend);

    private static FakeBackend Backend(UploadServer server) => (FakeBackend)server.Get<IUploadBackend>();

    private static async Task SweepAsync(UploadServer server) =>
        Assert.That(await server.Get<Sweeper>().SweepAsync(server.Time.GetUtcNow() + Sweeper.Interval, Ct), Is.True);

    /// <summary>A slot is used, and the sweeper finds that out; the file's key.</summary>
    private static async Task<string> ArriveAsync(UploadServer server, string purpose = "")
    {
        var before = (await AllAsync(server)).Select(e => e.Key).ToHashSet();
        Assert.That(await server.AskAsync($"<request xmlns='urn:xmpp:http:upload:0' filename='a' size='1'>{purpose}</request>"), Does.StartWith("<slot "));
        var key = (await AllAsync(server)).Single(e => !before.Contains(e.Key)).Key;
        Backend(server).Files[key] = 0;
        server.Time.Advance(TimeSpan.FromMinutes(6) + TimeSpan.FromSeconds(1));
        await SweepAsync(server);
        return key;
    }

    private static ValueTask<IReadOnlyList<UploadEntry>> AllAsync(UploadServer server) => server.Ledger.ListAsync(new UploadQuery(Host), Ct);

    private static async Task<UploadEntry> OnlyAsync(UploadServer server) => (await AllAsync(server)).Single();

    private static void AdvanceTo(UploadServer server, DateTimeOffset time)
    {
        if (time > server.Time.GetUtcNow()) server.Time.Advance(time - server.Time.GetUtcNow());
    }

    private static async Task UntilAsync(Func<Task<bool>> condition, Action step)
    {
        for (var i = 0; i < 3000 && !await condition(); i++)
        {
            step();
            await Task.Delay(10);
        }

        Assert.That(await condition(), Is.True);
    }

    private sealed class FakeObserver : IUploadObserver
    {
        internal UploadVerdict Verdict { get; init; }

        internal bool Fails { get; set; }

        internal List<string> Seen { get; } = [];

        public async ValueTask<UploadVerdict> UploadedAsync(FinishedUpload upload, CancellationToken ct)
        {
            Seen.Add(upload.Url.AbsoluteUri);
            if (Fails) throw new InvalidOperationException("the scanner is down");
            await using var content = await upload.OpenAsync(ct);
            Assert.That(content.Length, Is.EqualTo(upload.Entry.Size));
            return Verdict;
        }
    }
}
