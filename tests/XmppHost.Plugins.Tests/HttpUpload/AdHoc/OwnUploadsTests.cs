using XmppHost.Addressing;
using XmppHost.Commands;
using XmppHost.Handlers;
using XmppHost.Plugins.HttpUpload.Backends;
using XmppHost.Plugins.Tests.Support;
using XmppHost.Stanzas;
using XmppHost.Storage;

namespace XmppHost.Plugins.Tests.HttpUpload.AdHoc;

/// <summary>What people are shown of their files, and what deleting them does, on a store that can be down.</summary>
public sealed class OwnUploadsTests
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    private UploadServer _server = null!;

    [SetUp]
    public void Start() => _server = Make();

    [TearDown]
    public void Stop() => _server.Dispose();

    [Test]
    public async Task List_has_the_newest_first_with_what_is_known_of_each()
    {
        var first = await StoreAsync("first.txt", UploadState.Stored);
        await StoreAsync("second.txt", UploadState.Held);
        await StoreAsync("third.txt", UploadState.Quarantined);
        await StoreAsync("fourth.txt", null);
        await StoreAsync("hers.txt", UploadState.Stored, "juliet@example.org/x");
        await StoreAsync("gone.txt", UploadState.Deleted);

        var step = await RunAsync("list-uploads");

        Assert.That(step.Form!.Items.Select(i => $"{Cell(i, "name")}: {Cell(i, "state")}"), Is.EqualTo(new[] { "fourth.txt: not seen yet", "third.txt: blocked as harmful", "second.txt: being checked", "first.txt: available" }));
        Assert.That(Cell(step.Form.Items[^1], "url"), Is.EqualTo($"https://get.example/{first}"));
        Assert.That(Cell(step.Form.Items[^1], "uploaded"), Is.EqualTo("2026-01-02 03:04:06Z"));
        Assert.That(step.Form.Items.Select(i => i.Select(f => f.Var)), Is.All.EqualTo(step.Form.Reported.Select(f => f.Var)));
        Assert.That(step.Notes.Single().Text, Is.EqualTo("You have 4 files here."));
    }

    [Test]
    public async Task Of_many_files_the_newest_200_are_shown()
    {
        for (var i = 0; i < 201; i++) await StoreAsync($"{i}.txt", null);

        var list = await RunAsync("list-uploads");
        var choice = await RunAsync("delete-uploads");

        Assert.That((list.Form!.Items.Count, Cell(list.Form.Items[0], "name"), Cell(list.Form.Items[^1], "name")), Is.EqualTo((200, "200.txt", "1.txt")));
        Assert.That(list.Notes.Single().Text, Is.EqualTo("You have 201 files here; these are the newest 200."));
        Assert.That(choice.Form!.Fields.Single().Options, Has.Count.EqualTo(200));
        Assert.That(choice.Form.Instructions, Does.Contain("these are the newest 200 of 201"));
        Assert.That((await RunAsync("delete-all-uploads")).Form!.Fields[0].Values.Single(), Does.StartWith("You have 201 files here, 1005 bytes."));
    }

    [Test]
    public async Task Nobody_deletes_what_is_of_somebody_else()
    {
        var (his, hers) = (await StoreAsync("his.txt", UploadState.Stored), await StoreAsync("hers.txt", UploadState.Stored, "juliet@example.org/x"));

        var step = await RunAsync("delete-uploads", ("files", [his, hers, "no/such"]));

        Assert.That(step.Notes.Select(n => n.Text), Is.EqualTo(new[] { "Deleted 1 file, 5 bytes." }));
        Assert.That(Backend.Deleted, Is.EqualTo(new[] { his }));
        await RunAsync("delete-all-uploads", ("sure", ["1"]));
        Assert.That(Backend.Files.Keys, Is.EqualTo(new[] { hers }));
    }

    [Test]
    public async Task Deleted_file_counts_no_longer_and_is_not_shown()
    {
        var key = await StoreAsync("a.txt", UploadState.Stored);

        await RunAsync("delete-uploads", ("files", [key]));

        Assert.That((await _server.Ledger.FindAsync("example.org", key, Ct))!.State, Is.EqualTo(UploadState.Deleted));
        Assert.That((await RunAsync("list-uploads")).Notes.Single().Text, Is.EqualTo("You have no files here."));
        Assert.That((await RunAsync("delete-uploads")).IsCompleted, "there is nothing to choose from");
        Assert.That((await RunAsync("delete-uploads", ("files", [key]))).Notes.Single().Text, Is.EqualTo("Nothing was deleted."));
    }

    [Test]
    public async Task What_the_store_refuses_is_told_and_stays()
    {
        var (one, two) = (await StoreAsync("one.txt", UploadState.Stored), await StoreAsync("two.txt", UploadState.Stored));
        Backend.Refused.Add(two);

        var step = await RunAsync("delete-uploads", ("files", [one, two]));

        Assert.That(step.Notes.Select(n => (n.Text, n.Type)), Is.EqualTo(new[]
        {
            ("Deleted 1 file, 5 bytes.", CommandNoteType.Info), ("1 file could not be deleted now. Try again later.", CommandNoteType.Error),
        }));
        Assert.That((await RunAsync("list-uploads")).Notes.Single().Text, Is.EqualTo("You have 1 file here."));
    }

    [TestCase("delete-uploads")]
    [TestCase("delete-all-uploads")]
    public async Task Store_that_is_down_is_told_and_nothing_is_forgotten(string node)
    {
        var key = await StoreAsync("a.txt", UploadState.Stored);
        Backend.IsDown = true;

        var step = await RunAsync(node, ("files", [key]), ("sure", ["true"]));

        Assert.That(step.Notes.Select(n => n.Text), Is.EqualTo(new[] { "Nothing was deleted.", "1 file could not be deleted now. Try again later." }));
        Assert.That((await _server.Ledger.FindAsync("example.org", key, Ct))!.State, Is.EqualTo(UploadState.Stored));
    }

    [Test]
    public async Task All_are_deleted_only_when_that_is_meant()
    {
        await StoreAsync("a.txt", UploadState.Stored);

        Assert.That((await RunAsync("delete-all-uploads", ("sure", ["0"]))).Notes.Single().Text, Is.EqualTo("Nothing was deleted."));
        Assert.That(Backend.Deleted, Is.Empty);
        Assert.That((await RunAsync("delete-all-uploads", ("sure", ["1"]))).Notes.Single().Text, Is.EqualTo("Deleted 1 file, 5 bytes."));
    }

    [TestCase("delete-uploads")]
    [TestCase("delete-all-uploads")]
    public async Task Store_that_cannot_delete_says_so(string node)
    {
        using var server = Make(canDelete: false);

        var step = await RunAsync(server, node);

        Assert.That((step.IsCompleted, step.Notes.Single().Type), Is.EqualTo((true, CommandNoteType.Error)));
        Assert.That(step.Notes.Single().Text, Does.StartWith("Files cannot be deleted from here"));
    }

    [TestCase("romeo@example.org/x", true, false, true)]
    [TestCase("4f2d@example.org/x", true, true, false)]
    [TestCase("romeo@example.net/x", false, false, false)]
    [TestCase("friend@example.com/x", false, false, true)]
    public void Commands_are_for_whoever_may_upload(string from, bool isLocal, bool isAnonymous, bool expected)
    {
        using var server = Make(options: "access:0=friend@example.com");

        foreach (var command in server.All<IAdHocCommand>()) Assert.That(command.IsFor(Request(server, from, isLocal, isAnonymous)), Is.EqualTo(expected));
        Assert.That(server.All<IAdHocCommand>().Select(c => c.Service), Is.All.EqualTo("upload.example.org"));
    }

    private FakeBackend Backend => (FakeBackend)_server.Get<IUploadBackend>();

    private static UploadServer Make(bool canDelete = true, params string[] options) => new(hasStore: true, options, time => new FakeBackend(time) { CanDelete = canDelete });

    // Each a second after the other; a state of null leaves it as the slot was given.
    private async Task<string> StoreAsync(string name, UploadState? state, string from = "romeo@example.org/orchard")
    {
        _server.Time.Advance(TimeSpan.FromSeconds(1));
        await _server.AskAsync($"<request xmlns='urn:xmpp:http:upload:0' filename='{name}' size='5'/>", from: from);
        var key = $"{Backend.Last!.Prefix}{Backend.Last.Token}/{name}";
        if (state is null) return key;
        Backend.Files[key] = 1;
        await _server.Ledger.MoveAsync("example.org", key, state.Value, Ct);
        return key;
    }

    private Task<CommandStep> RunAsync(string node, params (string Var, string[] Values)[] fields) => RunAsync(_server, node, fields);

    private static async Task<CommandStep> RunAsync(UploadServer server, string node, params (string Var, string[] Values)[] fields)
    {
        var form = fields.Length == 0 ? null : new DataForm("submit", null, [.. fields.Select(f => new DataFormField(f.Var, null, f.Values))]);
        return await server.All<IAdHocCommand>().Single(c => c.Node == node).RunAsync(new CommandCall(Request(server, "romeo@example.org/orchard"), form, null, null), Ct);
    }

    private static IqRequest Request(UploadServer server, string from, bool isLocal = true, bool isAnonymous = false)
    {
        var host = (FakeVHost)server.Get<Hosting.IVHost>();
        var stanza = Wire.Stanza($"<iq type='set' id='1' from='{from}' to='upload.example.org'><command xmlns='http://jabber.org/protocol/commands'/></iq>");
        return new IqRequest(stanza, stanza.Element.FirstElement()!, host, isLocal ? new FakeSession(Jid.Parse(from), host) { IsAnonymous = isAnonymous } : null);
    }

    private static string Cell(IReadOnlyList<DataFormField> row, string name) => row.Single(f => f.Var == name).Values.Single();
}
