using XmppHost.Addressing;
using XmppHost.Hosting;
using XmppHost.Plugins.HttpUpload.Backends;
using XmppHost.Plugins.HttpUpload.Ledger;
using XmppHost.Plugins.HttpUpload.Policy;
using XmppHost.Plugins.HttpUpload.Slots;
using XmppHost.Plugins.Tests.Support;
using XmppHost.Storage;

namespace XmppHost.Plugins.Tests.HttpUpload.Ledger;

public sealed class UploadServiceTests
{
    private const string Host = "example.org";

    private static readonly CancellationToken Ct = CancellationToken.None;
    private static readonly Jid Romeo = Jid.Parse("romeo@example.org");

    [Test]
    public async Task Operator_gets_a_slot_of_his_own_lifetime_that_is_nobody_s()
    {
        using var server = Start();
        var order = new SlotOrder("a b.txt", 5, "text/plain", server.Get<Purposes>().Message) { Lifetime = TimeSpan.FromHours(2) };
        var slot = await Uploads(server).IssueAsync(order, Ct);
        var entry = await Uploads(server).WhoseAsync(new Uri(slot.GetUrl), Ct);
        Assert.That((entry!.Key, entry.Uploader, entry.SlotEnds), Is.EqualTo((slot.Key, (Jid?)null, (DateTimeOffset?)server.Time.GetUtcNow().AddHours(2))));
        Assert.That(Uploads(server).UrlOf(entry), Is.EqualTo(slot.GetUrl));
    }

    [TestCase("https://get.example/unknown/a")]
    [TestCase("https://elsewhere.example/a/b")]
    public async Task Url_that_no_slot_had_is_nobody_s(string url)
    {
        using var server = Start();
        Assert.That(await Uploads(server).WhoseAsync(new Uri(url), Ct), Is.Null);
    }

    [Test]
    public async Task Account_s_uploads_are_exported()
    {
        using var server = Start("retention=1 day");
        await server.AskForSlotAsync("a&b.txt", "5", "text/plain");
        await server.AskAsync("<request xmlns='urn:xmpp:http:upload:0' filename='other' size='1'/>", from: "juliet@example.org/x");
        var owner = server.All<IAccountDataOwner>().Single();
        var elements = new List<string>();
        await foreach (var element in owner.ExportAsync(Romeo, Ct)) elements.Add(Wire.Text(element));
        Assert.That(owner.DataName, Is.EqualTo("uploads"));
        Assert.That(elements, Has.Count.EqualTo(1));
        Assert.That(elements[0], Does.Match(
            "^<upload xmlns='https://xmpphost.org/uploads' content-type='text/plain' expires='2026-01-03T03:04:05Z' issued='2026-01-02T03:04:05Z' name='a&amp;b.txt' purpose='message' size='5' state='issued' url='https://get.example/[0-9a-f]{64}/a%26b.txt'/>$"));
    }

    [Test]
    public async Task Account_that_ends_takes_its_files_along()
    {
        using var server = Start();
        var key = await StoreAsync(server);
        await server.AskAsync("<request xmlns='urn:xmpp:http:upload:0' filename='other' size='1'/>", from: "juliet@example.org/x");
        await EraseAsync(server);
        Assert.That(Backend(server).Deleted, Is.EqualTo(new[] { key }));
        Assert.That((await AllAsync(server)).Select(e => e.Uploader?.Local), Is.EqualTo(new[] { "juliet" }));
    }

    [Test]
    public async Task Files_of_an_account_that_ends_while_the_store_is_down_go_later()
    {
        using var server = Start();
        var key = await StoreAsync(server);
        Backend(server).IsDown = true;
        await EraseAsync(server);
        var entry = await server.Ledger.FindAsync(Host, key, Ct);
        Assert.That((entry!.Uploader, entry.Expires), Is.EqualTo(((Jid?)null, (DateTimeOffset?)server.Time.GetUtcNow())));

        Backend(server).IsDown = false;
        await server.Get<Sweeper>().SweepAsync(server.Time.GetUtcNow(), Ct);
        Assert.That(Backend(server).Files, Is.Empty);
        Assert.That(await AllAsync(server), Is.Empty);
    }

    [Test]
    public async Task Files_of_another_backend_are_left_alone()
    {
        using var server = Start();
        var now = server.Time.GetUtcNow();
        var entry = new UploadEntry(Host, "old/a", "external", Romeo, "a", 1, null, "message", now, null, null, UploadState.Stored);
        await server.Ledger.AddAsync(entry, Ct);
        Assert.That(await Uploads(server).DeleteAsync([entry], Ct), Is.Empty);
        Assert.That(Uploads(server).UrlOf(entry), Is.Null);
        Assert.That(Backend(server).Calls, Is.Zero);
    }

    private static async Task EraseAsync(UploadServer server)
    {
        foreach (var owner in server.All<IAccountDataOwner>()) await owner.EraseAsync(Romeo, Ct);
    }

    private static async Task<string> StoreAsync(UploadServer server)
    {
        await server.AskForSlotAsync();
        var key = (await AllAsync(server)).Single().Key;
        Backend(server).Files[key] = 0;
        server.Time.Advance(TimeSpan.FromMinutes(10));
        await server.Get<Sweeper>().SweepAsync(server.Time.GetUtcNow(), Ct);
        return key;
    }

    private static UploadServer Start(params string[] options) => new(true, options, time => new FakeBackend(time));

    private static UploadService Uploads(UploadServer server) => server.Get<UploadService>();

    private static FakeBackend Backend(UploadServer server) => (FakeBackend)server.Get<IUploadBackend>();

    private static ValueTask<IReadOnlyList<UploadEntry>> AllAsync(UploadServer server) => server.Ledger.ListAsync(new UploadQuery(Host), Ct);
}
