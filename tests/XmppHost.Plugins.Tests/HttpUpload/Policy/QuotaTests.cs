using XmppHost.Addressing;
using XmppHost.Plugins.HttpUpload.Backends;
using XmppHost.Plugins.HttpUpload.Ledger;
using XmppHost.Storage;

namespace XmppHost.Plugins.Tests.HttpUpload.Policy;

/// <summary>It is 03:04:05 on 2 January 2026 when they start.</summary>
public sealed class QuotaTests
{
    private static readonly Jid Romeo = Jid.Parse("romeo@example.org");

    [Test]
    public async Task Burst_of_ten_slots_is_granted_where_nothing_is_limited()
    {
        using var server = new UploadServer();
        for (var i = 0; i < 10; i++) Assert.That(await server.AskForSlotAsync(), Does.StartWith("<slot "));
        Assert.That(await server.Ledger.ListAsync(new UploadQuery("example.org") { Uploader = Romeo }, default), Has.Count.EqualTo(10));
    }

    [Test]
    public async Task Too_many_slots_in_a_minute_are_told_when_to_come_back()
    {
        using var server = new UploadServer("slotsPerMinute=3");
        for (var i = 0; i < 3; i++)
        {
            Assert.That(await server.AskForSlotAsync(), Does.StartWith("<slot "));
            server.Time.Advance(TimeSpan.FromSeconds(10.25));
        }

        Assert.That(await server.AskForSlotAsync(), Is.EqualTo(Wait("You can upload 3 files in a minute. Please wait a moment.", "2026-01-02T03:05:05Z")));
        server.Time.Advance(TimeSpan.FromSeconds(29.24));
        Assert.That(await server.AskForSlotAsync(), Does.Contain("<retry "), "10 ms before");
        server.Time.Advance(TimeSpan.FromSeconds(0.01));
        Assert.That(await server.AskForSlotAsync(), Does.StartWith("<slot "));
        Assert.That(await server.AskForSlotAsync(), Does.Contain("stamp='2026-01-02T03:05:16Z'"), "15.25, rounded up");
    }

    [Test]
    public async Task Slots_of_a_minute_are_known_after_a_restart()
    {
        using var server = new UploadServer("slotsPerMinute=2");
        for (var i = 0; i < 2; i++) await server.AskForSlotAsync();
        var restarted = server.Restarted("slotsPerMinute=2");
        Assert.That(await restarted.AskForSlotAsync(), Does.Contain("<retry xmlns='urn:xmpp:http:upload:0' stamp='2026-01-02T03:05:05Z'/>"));
    }

    [Test]
    public async Task Bytes_of_a_day_are_told_with_what_is_left_and_when_they_count_no_more()
    {
        using var server = new UploadServer("bytesPerDay=100 MiB");
        await server.AskForSlotAsync(size: "62914560");
        server.Time.Advance(TimeSpan.FromHours(1));
        await server.AskForSlotAsync(size: "31457280");
        const string Refusal = "You can upload 100 MiB in 24 hours, of which 10 MiB are left. Please try again later.";
        Assert.That(await server.AskForSlotAsync(size: "20971520"), Is.EqualTo(Wait(Refusal, "2026-01-03T03:05:00Z")));
        Assert.That(await server.AskForSlotAsync(size: "94371840"), Is.EqualTo(Wait(Refusal, "2026-01-03T04:05:00Z")), "the second has to go too");
        Assert.That(await server.AskForSlotAsync(size: "10485776"), Does.StartWith("<slot "), "10 MiB and the tag of an encrypted file");

        server.Time.Advance(new DateTimeOffset(2026, 1, 3, 3, 4, 59, TimeSpan.Zero) - server.Time.GetUtcNow());
        Assert.That(await server.AskForSlotAsync(size: "20971520"), Does.Contain("<retry "));
        server.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(await server.AskForSlotAsync(size: "20971520"), Does.StartWith("<slot "));
    }

    [Test]
    public async Task Bytes_of_a_day_are_known_after_a_restart_deleted_ones_included()
    {
        using var server = new UploadServer("bytesPerDay=100 KiB");
        await server.AskForSlotAsync(size: "61440");
        var entry = (await server.Ledger.ListAsync(new UploadQuery("example.org"), default)).Single();
        await server.Ledger.MoveAsync("example.org", entry.Key, UploadState.Deleted, default);
        var restarted = server.Restarted("bytesPerDay=100 KiB");
        Assert.That(await restarted.AskForSlotAsync(size: "61440"), Does.Contain("of which 40 KiB are left").And.Contain("stamp='2026-01-03T03:05:00Z'"));
    }

    [Test]
    public async Task File_that_no_quota_would_ever_take_is_too_large()
    {
        using var server = new UploadServer("bytesPerDay=10 KiB", "bytesPerUser=5 KiB");
        Assert.That(await server.AskForSlotAsync(size: "5137"), Does.Contain("The limit is 5 KiB.").And.Contain("<max-file-size>5136</max-file-size>"));
        Assert.That(await server.AskForSlotAsync(size: "5136"), Does.StartWith("<slot "));
    }

    [Test]
    public async Task Stored_bytes_are_told_with_the_time_at_which_enough_of_them_expire()
    {
        using var server = new UploadServer("bytesPerUser=100 KiB", "retention=7 days");
        await server.AskForSlotAsync(size: "51200");
        server.Time.Advance(TimeSpan.FromHours(30));
        await server.AskForSlotAsync(size: "40960");
        const string Refusal = "Your files can take 100 KiB here, of which 10 KiB are left. Delete some, or wait until old ones expire.";
        Assert.That(await server.AskForSlotAsync(size: "51200"), Is.EqualTo(Wait(Refusal, "2026-01-09T03:04:05Z")));
        Assert.That(await server.AskForSlotAsync(size: "92160"), Is.EqualTo(Wait(Refusal, "2026-01-10T09:04:05Z")));
    }

    [Test]
    public async Task Files_that_do_not_expire_have_no_time_to_come_back()
    {
        using var server = new UploadServer("filesPerUser=2");
        for (var i = 0; i < 2; i++) await server.AskForSlotAsync();
        Assert.That(await server.AskForSlotAsync(), Is.EqualTo(Wait("You can have 2 files here, and have them. Delete some, or wait until old ones expire.", null)));
    }

    [Test]
    public async Task Space_is_there_again_when_a_file_was_deleted_by_anybody()
    {
        using var server = new UploadServer("filesPerUser=1");
        await server.AskForSlotAsync();
        Assert.That(await server.AskForSlotAsync(), Does.Contain("resource-constraint"));
        await server.Get<UploadService>().DeleteAsync(await server.Ledger.ListAsync(new UploadQuery("example.org"), default), default);
        Assert.That(await server.AskForSlotAsync(), Does.StartWith("<slot "));

        await server.Ledger.MoveAsync("example.org", (await server.Ledger.ListAsync(new UploadQuery("example.org"), default)).Single().Key, UploadState.Deleted, default);
        server.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(await server.AskForSlotAsync(), Does.StartWith("<slot "), "another process deleted it");
    }

    [Test]
    public async Task Stored_bytes_are_known_after_a_restart()
    {
        using var server = new UploadServer("bytesPerUser=10 KiB");
        await server.AskForSlotAsync(size: "10000");
        var restarted = server.Restarted("bytesPerUser=10 KiB");
        Assert.That(await restarted.AskForSlotAsync(size: "1000"), Does.Contain("of which 240 bytes are left"));
    }

    [Test]
    public async Task Purpose_with_a_quota_of_its_own_counts_by_itself()
    {
        using var server = new UploadServer("filesPerUser=1", "purposes:profile:filesPerUser=2", "purposes:permanent:retention=1 day");
        Assert.Multiple(async () =>
        {
            Assert.That(await AskAsync(server, "profile"), Does.StartWith("<slot "));
            Assert.That(await AskAsync(server, "permanent"), Does.StartWith("<slot "));
            Assert.That(await AskAsync(server, "message"), Does.Contain("You can have 1 files here").And.Contain("stamp='2026-01-03T03:04:05Z'"), "shared with permanent");
            Assert.That(await AskAsync(server, "profile"), Does.StartWith("<slot "));
            Assert.That(await AskAsync(server, "profile"), Does.Contain("You can have 2 files here").And.Not.Contain("<retry "));
            var restarted = server.Restarted("filesPerUser=1", "purposes:profile:filesPerUser=3", "purposes:permanent:retention=1 day");
            Assert.That(await AskAsync(restarted, "message"), Does.Contain("resource-constraint"));
            Assert.That(await AskAsync(restarted, "profile"), Does.StartWith("<slot "));
        });
    }

    [Test]
    public async Task Everybody_has_his_own_quota_and_a_rule_may_lift_it()
    {
        using var server = new UploadServer("filesPerUser=1", "slotsPerMinute=1", "bytesPerDay=10", "rules:0:who:0=juliet@example.org", "rules:0:filesPerUser=0", "rules:0:slotsPerMinute=0", "rules:0:bytesPerDay=unlimited");
        const string Request = "<request xmlns='urn:xmpp:http:upload:0' filename='a' size='10'/>";
        for (var i = 0; i < 3; i++) Assert.That(await server.AskAsync(Request, from: "juliet@example.org/x"), Does.StartWith("<slot "));
        Assert.That(await server.AskAsync(Request, from: "romeo@example.org/x"), Does.StartWith("<slot "));
        Assert.That(await server.AskAsync(Request, from: "romeo@example.org/y"), Does.Contain("<retry "));
        Assert.That(await server.AskAsync(Request, from: "nurse@example.org/x"), Does.StartWith("<slot "));
    }

    [Test]
    public async Task Rate_is_looked_at_before_the_quota_and_size_before_both()
    {
        using var server = new UploadServer("maxFileSize=1 KiB", "filesPerUser=1", "slotsPerMinute=1");
        await server.AskForSlotAsync();
        Assert.That(await server.AskForSlotAsync(), Does.Contain("in a minute"));
        Assert.That(await server.AskForSlotAsync(size: "5000"), Does.Contain("file-too-large"));
    }

    [Test]
    public async Task Slot_that_the_backend_did_not_make_counts_for_nothing()
    {
        using var server = new UploadServer(true, ["filesPerUser=1", "slotsPerMinute=1"], time => new FakeBackend(time) { IsDown = true });
        var backend = (FakeBackend)server.Get<IUploadBackend>();
        Assert.That(
            await server.AskForSlotAsync(),
            Is.EqualTo("<error type='wait'><internal-server-error xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/><text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas' xml:lang='en'>There is no place for the file just now. Please try again later.</text></error>"));
        backend.IsDown = false;
        Assert.That(await server.AskForSlotAsync(), Does.StartWith("<slot "));
    }

    [Test]
    public async Task Requests_at_once_get_no_more_than_there_is()
    {
        using var server = new UploadServer("filesPerUser=7");
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => server.AskForSlotAsync())));
        Assert.That(answers.Count(a => a.StartsWith("<slot ", StringComparison.Ordinal)), Is.EqualTo(7));
        Assert.That(await server.Ledger.ListAsync(new UploadQuery("example.org"), default), Has.Count.EqualTo(7));
    }

    private static Task<string> AskAsync(UploadServer server, string purpose) =>
        server.AskAsync($"<request xmlns='urn:xmpp:http:upload:0' filename='a' size='1'><{purpose} xmlns='urn:xmpp:http:upload:purpose:0'/></request>");

    private static string Wait(string text, string? stamp) =>
        "<error type='wait'><resource-constraint xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>"
        + $"<text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas' xml:lang='en'>{text}</text>"
        + (stamp is null ? "" : $"<retry xmlns='urn:xmpp:http:upload:0' stamp='{stamp}'/>") + "</error>";
}
